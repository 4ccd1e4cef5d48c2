"""What people can rely on when a list of answers is read."""

from datetime import date

import pytest

from belisha.consent.reading import ConsentRow, read_consents
from belisha.consent.rules import Kind
from belisha.lib.tables import UnreadableTable
from belisha.policy.rules import PurposeTerms

HEADER = "pupil,parent,purpose,answer,on,expires\n"


def read(text, encoding="utf-8", **more):
    return read_consents(text.encode(encoding), "consents.csv", **more)


def test_each_line_becomes_an_answer():
    rows, bad = read(
        HEADER + "P1,A1,website,given,2026-09-01,2027-08-31\nP1,A2,press,no,01/10/2026"
    )
    assert bad == []
    assert rows == [
        ConsentRow(2, "P1", "A1", "website", Kind.GIVEN, date(2026, 9, 1), date(2027, 8, 31)),
        ConsentRow(3, "P1", "A2", "press", Kind.REFUSED, date(2026, 10, 1)),
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("given", Kind.GIVEN),
        ("Yes", Kind.GIVEN),
        ("refused", Kind.REFUSED),
        ("NO", Kind.REFUSED),
        ("withdrawn", Kind.WITHDRAWN),
    ],
)
def test_the_words_of_an_answer(word, kind):
    rows, _ = read(HEADER + f"P1,A1,website,{word},2026-09-01,")
    assert rows[0].kind is kind


@pytest.mark.parametrize("words", ["social-media", "Social media", "social_media", "SOCIAL  MEDIA"])
def test_a_purpose_may_be_spelt_in_many_ways(words):
    rows, _ = read(HEADER + f"P1,A1,{words},given,2026-09-01,")
    assert rows[0].purpose_key == "social-media"


def test_a_school_may_use_its_own_name_of_a_purpose():
    ours = [PurposeTerms("display", "On our walls", "Children and visitors.")]
    rows, _ = read(HEADER + "P1,A1,on our walls,given,2026-09-01,", purposes=ours)
    assert rows[0].purpose_key == "display"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",A1,website,given,2026-09-01,", "under “pupil” is empty"),
        ("P1,,website,given,2026-09-01,", "under “parent” is empty"),
        ("P1,A1,billboard,given,2026-09-01,", "no purpose called “billboard”"),
        ("P1,A1,website,maybe,2026-09-01,", "“maybe” is not given, refused or withdrawn"),
        ("P1,A1,website,given,1 Sept,", "“1 Sept” is not a date"),
        ("P1,A1,website,given,31/02/2026,", "“31/02/2026” is not a date"),
        ("P1,A1,website,given,2026-09-01,soon", "“soon” is not a date"),
        ("P1,A1,website,given,2026-09-01,2026-08-31", "runs out before it was given"),
        ("P1,A1,website,given,2026-09-01,,what", "7 cells but 6 columns"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, reason):
    rows, bad = read(HEADER + "P0,A0,website,given,2026-09-01,\n" + line)
    assert [row.pupil for row in rows] == ["P0"]
    assert [(one.file, one.line) for one in bad] == [("consents.csv", 3)]
    assert reason in bad[0].reason


def test_a_no_never_runs_out():
    rows, bad = read(HEADER + "P1,A1,website,refused,2026-09-01,2026-08-01")
    assert (rows[0].expires, bad) == (None, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_any_common_encoding_are_read(encoding):
    rows, _ = read(HEADER + "Zoë Müller,A1,website,given,2026-09-01,", encoding)
    assert rows[0].pupil == "Zoë Müller"


def test_a_list_without_a_column_is_refused():
    with pytest.raises(UnreadableTable, match="line 1: There is no column called “answer”"):
        read("pupil,parent,purpose,on\nP1,A1,website,2026-09-01")
