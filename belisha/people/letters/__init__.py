"""Printed letters that let families in: one for each person, as one PDF.

No database: who is written to, and the codes, come as arguments. Names and words reach typst as
data, never as its language, so nothing that somebody is called can change the page. The same
letters give the same bytes. The PDF is tagged (PDF/UA-1) and names its languages for those who
have it read out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import qrcode
from qrcode.image.svg import SvgPathImage

from belisha.people.letters.typesetting import typeset
from belisha.people.letters.words import OTHER_LANGUAGES, Words, words_in

HERE = Path(__file__).parent
RIGHT_TO_LEFT = ("ar", "ur")


@dataclass(frozen=True)
class Letter:
    """One letter to one person about all the children for whom they answer.

    `hand_to` says for the office through which class and child it goes home; `language` is empty
    when the school does not know it.
    """

    to: str
    children: tuple[str, ...]
    hand_to: str
    code: str
    language: str = ""


def pdf_of(
    letters: Sequence[Letter],
    *,
    school: str,
    phone: str,
    address: str,
    on: date,
    answer_by: date | None = None,
) -> bytes:
    """Set the letters, each beginning on a page of its own, in the order given.

    `address` is that of the site, such as ``https://belisha.school.example``.
    """
    pages = [_page(letter, school, phone, address, on, answer_by) for letter in letters]
    data = {"title": f"{school}, {on.isoformat()}", "letters": pages}
    return typeset(HERE / "letter.typ", data)


def link_of(address: str, code: str) -> str:
    """Where the code on a letter leads. After ``#`` it stays in the browser and in no log."""
    return f"{address}/in/letter/#{code}"


def square(link: str) -> str:
    """A QR code as SVG that leads to a link."""
    drawn = qrcode.make(link, image_factory=SvgPathImage)
    return str(drawn.to_string(encoding="unicode"))


def _page(
    letter: Letter, school: str, phone: str, address: str, on: date, answer_by: date | None
) -> dict[str, Any]:
    words = words_in(
        letter.language, school=school, phone=phone, children=letter.children, answer_by=answer_by
    )
    others = [] if letter.language else OTHER_LANGUAGES
    return {
        "to": letter.to,
        "hand_to": letter.hand_to,
        "on": words.day(on),
        "school": school,
        "code": letter.code,
        "address": f"{address}/in/letter/",
        "qr": square(link_of(address, letter.code)),
        **_as_data(words),
        "others": [_as_data(words_in(language)) for language in others],
    }


def _as_data(words: Words) -> dict[str, Any]:
    return {
        "lang": words.language.partition("-")[0],
        "dir": "rtl" if words.language in RIGHT_TO_LEFT else "ltr",
        **words.said,
    }
