"""A version of a document as a PDF, of the same outline that its page shows.

No database. Words reach typst as data, never as its language. The PDF is tagged (PDF/UA-1): title,
headings, and the clauses as lists with their printed numbers.
"""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from belisha.people.letters.typesetting import typeset
from belisha.policy.outline import Item, Outline
from belisha.policy.reading import Standing

HERE = Path(__file__).parent


def pdf_of(
    outline: Outline, standing: Standing, *, school: str, commitment: str = "", address: str = ""
) -> bytes:
    """Set a version on A4. `address` is where the page of the document can be read, if anywhere."""
    return _set(
        "policy.typ",
        {
            "title": outline.title,
            "school": school,
            "version": standing.label,
            "facts": _facts(standing),
            "commitment": commitment,
            "address": address,
            "sections": [
                {"heading": heading, "runs": _runs(list(items))}
                for heading, items in groupby(outline.items, key=lambda item: item.heading)
            ],
        },
    )


def _facts(standing: Standing) -> list[list[str]]:
    facts = [
        ["Written by", standing.author],
        ["Checked by", standing.checker],
        *(["Approved by", f"{one.name}, {_day(one.approved_on)}"] for one in standing.approvals),
        ["Issued on", _day(standing.issued_on) if standing.issued_on else "Not issued: a draft"],
        ["Next review due", _day(standing.review_on) if standing.review_on else ""],
    ]
    return [fact for fact in facts if fact[1]]


def _runs(items: list[Item]) -> list[dict[str, Any]]:
    """Clauses that follow one another as a list; a paragraph without a number stands alone."""
    runs: list[dict[str, Any]] = []
    for item in items:
        listed = bool(item.number) or item.level > 0
        run = {"level": item.level, "listed": listed, "items": [[item.number or "•", item.text]]}
        if runs and listed and runs[-1]["listed"] and runs[-1]["level"] == item.level:
            runs[-1]["items"] += run["items"]
        else:
            runs.append(run)
    return runs


def _set(template: str, data: dict[str, Any]) -> bytes:
    return typeset(HERE / template, data)


def _day(on: date) -> str:
    return f"{on:%-d %B %Y}"
