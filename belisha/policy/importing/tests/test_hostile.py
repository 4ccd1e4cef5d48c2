"""Whatever is sent: an outline or one sentence, never anything else."""

# ruff: noqa: E501 -- documents stand here as they are printed

import io
import json
import subprocess
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from belisha.policy.importing import Unreadable, read
from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.marks import written
from belisha.policy.importing.tests.corpus import LETTERS, ROMAN
from belisha.policy.importing.tests.making import (
    FORMATS,
    Bullet,
    Clause,
    Heading,
    Made,
    Para,
    as_docx,
    as_odt,
    found_in,
)

BEGINNINGS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<html><body><p>",
    b"<?xml version='1.0'?>",
    b"\xff\xfe",
    b"# ",
)
WHOLE = {ending: render(LETTERS) for ending, render in FORMATS.items()}
# What is found is long already, and to make it shorter takes minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def sent(data, name):
    """What comes of a file: how many clauses, or the sentence."""
    try:
        return len(outline_from(data, name).items)
    except Unreadable as error:
        assert str(error).endswith(".")
        assert len(str(error).split()) < 30
        return str(error)


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from([*FORMATS, "doc", ""]))
@example(b"", b"\x00", "txt")
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
def test_any_bytes_give_an_outline_or_a_sentence(beginning, rest, ending):
    sent(beginning + rest, f"file.{ending}")


@given(
    st.sampled_from(sorted(WHOLE)),
    st.floats(0, 1),
    st.floats(0, 1),
    st.binary(max_size=12),
)
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
def test_a_document_with_a_hole_gives_an_outline_or_a_sentence(ending, start, end, instead):
    data = WHOLE[ending]
    first, last = sorted((int(start * len(data)), int(end * len(data))))
    sent(data[:first] + instead + data[last:], f"file.{ending}")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_content_tells_what_a_file_is_and_not_its_name(ending):
    for wrong in ("doc", "pdf", "docx", "txt"):
        if ending not in ("txt", "md"):
            assert found_in(outline_from(WHOLE[ending], f"file.{wrong}")) == found_in(
                outline_from(WHOLE[ending], f"file.{ending}")
            )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old word processor"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.4 broken", "damaged"),
        (zipped(readme="Hello"), "no document"),
        (zipped(**{"[Content_Types]_xml": "<x/>", "xl__workbook_xml": "<x/>"}), "table or slides"),
        (zipped(word__document_xml="<w/>"), "no text"),
        (zipped(word__document_xml="<w><body>"), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "Save it as DOCX"),
        (b"word " * 450_000, "far more than a policy"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data, says):
    assert says in sent(data, "file.docx")


def test_a_document_behind_a_password_is_told_apart():
    manifest = (
        '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><file-entry full-path="content.xml">'
        "<encryption-data/></file-entry></manifest>"
    )
    data = zipped(content_xml=b"\x01\x02", **{"META-INF__manifest_xml": manifest})
    assert "password" in sent(data, "file.odt")


def test_xml_that_grows_is_refused():
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    assert "damaged" in sent(zipped(word__document_xml=bomb), "file.docx")


def test_xml_cannot_name_a_file_of_this_machine(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("nobody may read this")
    asking = (
        f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    assert "damaged" in sent(zipped(word__document_xml=asking), "file.docx")


def test_a_zip_that_grows_is_refused():
    data = zipped(word__document_xml=b" " * 25_000_000)
    assert len(data) < 100_000
    assert "far more" in sent(data, "file.docx")
    assert "far more" in sent(zipped(**{f"part{n}": b"" for n in range(5_001)}), "file.docx")


def test_what_is_nested_without_end_is_refused_or_read():
    deep = "<w:sdt><w:sdtContent>" * 240 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 240
    sent(
        zipped(word__document_xml=f'<w:document xmlns:w="x"><w:body>{deep}</w:body></w:document>'),
        "a.docx",
    )
    sent(b"<div>" * 5_000 + b"Words in the middle of it all." + b"</div>" * 5_000, "a.html")
    sent(b"<ul><li>" * 3_000 + b"Words in the middle of it all.", "a.html")
    sent(b"> " * 3_000 + b"Words.", "a.md")
    sent(b"- " * 3_000 + b"Words.", "a.md")


@pytest.mark.parametrize(
    "filling", ["**a", "[a](", ". " * 3, "\t", "a:", "1. ", "(", "A. ", "_" * 9, "…"]
)
def test_a_long_line_of_marks_takes_no_long_time(filling):
    """A child of its own may take 60 seconds; each of these takes a moment."""
    done = subprocess.run(
        [sys.executable, "-m", "belisha.policy.importing.child", "file.txt"],
        input=b"Camera Policy\n\n" + (filling * 20_000).encode(),
        capture_output=True,
        timeout=50,
    )
    assert done.returncode == 0
    json.loads(done.stdout)


def test_a_child_reads_what_this_process_reads():
    for data in (as_docx(ROMAN), as_odt(ROMAN)):
        assert read(data, "file") == outline_from(data, "file")
    with pytest.raises(Unreadable, match="empty"):
        read(b"")


def test_a_path_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError):
        read(tmp_path / "nothing.docx")


WORDS = st.lists(
    st.builds(
        "".join,
        st.lists(
            st.sampled_from("ba lo mi tu re sa no ki du fe ga pol".split()), min_size=2, max_size=4
        ),
    ),
    min_size=8,
    max_size=30,
    unique=True,
)


@st.composite
def documents(draw):
    """Sections, each with an introduction and then a list that counts in the style of the document."""
    style = draw(st.sampled_from(["i.", "(a)", "1)", "(i)", "a.", "1.1", "bullet"]))
    section = draw(st.sampled_from(["1.", "A.", "", "SECTION 1 –"]))
    parts = []
    for at in range(draw(st.integers(2, 5))):
        name = draw(
            st.sampled_from(["Aims", "Duties of Staff", "Use of Phones", "Pictures", "Help"])
        )
        parts.append(
            Heading(
                f"{name} {'of the School' * (at % 2)}".strip() + f" Part {at}",
                numbered(section, at),
            )
        )
        parts.append(Para(sentence([*draw(WORDS), f"of{at}"])))
        for place in range(draw(st.integers(2, 12))):
            text = sentence([*draw(WORDS), f"of{at}and{place}"])  # no two are the same
            number = f"{at + 1}.{place + 1}" if style == "1.1" else numbered(style, place)
            parts.append(Bullet(text) if style == "bullet" else Clause(number, text))
    return Made("Policy of Everything", tuple(parts))


def numbered(style, at):

    for kind in "1aAi":
        if kind in style.replace("SECTION", ""):
            return (
                style.replace("SECTION", "S#")
                .replace(kind, written(at + 1, kind))
                .replace("S#", "SECTION")
            )
    return ""


def sentence(words):
    return f"{' '.join(words).capitalize()}."


@given(documents(), st.sampled_from(sorted(FORMATS)))
@settings(max_examples=120, deadline=None, suppress_health_check=SLOW, phases=UNSHRUNK)
def test_a_random_document_comes_out_as_it_was_written(made, ending):
    assert found_in(outline_from(FORMATS[ending](made), f"file.{ending}")) == made.expected
