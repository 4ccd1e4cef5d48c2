"""What the three lists say, and that a line nobody understands stops everything."""

from datetime import date
from pathlib import Path

import pytest

from belisha.consent.rules import Fact
from belisha.lib.tables import UnreadableTable
from belisha.photos.clearing.lists import read_lists
from belisha.photos.imaging.box import Box
from belisha.photos.rules import Who

ON = date(2026, 11, 20)
PUPILS = (
    "pupil,first_name,last_name,class,protected\n1,Leo,Kerbstone,Robins,\n2,Zoë,Post,Robins,yes\n"
)
CONSENTS = "pupil,parent,purpose,answer,on,expires\n"
TAGS = "photo,x,y,w,h,who\n"


def read(consents="", tags=None, pupils=PUPILS, encoding="utf-8"):
    return read_lists(
        (pupils.encode(encoding), "pupils.csv"),
        ((CONSENTS + consents).encode(encoding), "consents.csv"),
        (((TAGS + tags).encode(encoding), "tags.csv") if tags is not None else None),
    )


@pytest.mark.parametrize(
    ("lines", "fact"),
    [
        ("", Fact.NONE),
        ("1,a,website,given,2026-09-01,\n", Fact.GIVEN),
        ("1,a,website,given,2026-09-01,2026-11-20\n", Fact.GIVEN),
        ("1,a,website,given,2026-09-01,2026-11-19\n", Fact.EXPIRED),
        ("1,a,website,refused,2026-09-01,\n", Fact.REFUSED),
        ("1,a,website,given,2026-09-01,\n1,a,website,withdrawn,2026-10-01,\n", Fact.WITHDRAWN),
        ("1,a,website,withdrawn,2026-10-01,\n1,a,website,given,2026-09-01,\n", Fact.WITHDRAWN),
        ("1,a,website,refused,2026-09-01,\n1,a,website,given,2026-10-01,\n", Fact.GIVEN),
        ("1,a,website,given,2026-09-01,\n1,b,website,refused,2026-08-01,\n", Fact.CONFLICT),
        ("1,a,website,given,2026-12-01,\n", Fact.NONE),
        ("1,a,website,given,2026-09-01,\n1,a,website,refused,2026-12-01,\n", Fact.GIVEN),
        ("1,a,newsletter,given,2026-09-01,\n", Fact.NONE),
    ],
)
def test_the_newest_answer_of_each_parent_counts_and_any_no_wins(lines, fact):
    assert read(lines).fact("1", "website", ON) is fact


def test_of_one_day_the_later_line_counts():
    lines = "1,a,website,given,2026-09-01,\n1,a,website,withdrawn,2026-09-01,\n"
    assert read(lines).fact("1", "website", ON) is Fact.WITHDRAWN


def test_a_protected_child_reads_like_one_without_an_answer():
    lists = read("2,a,website,given,2026-09-01,\n")
    assert lists.fact("2", "website", ON) is Fact.NONE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lists_are_read_as_schools_save_them(encoding):
    lists = read("1,a,website,given,01/09/2026,\n", "x.jpg,.1,.1,.2,.2,1\n", encoding=encoding)
    assert lists.children["2"].first_name == "Zoë"
    assert lists.tags["x.jpg"][0].who is Who.PUPIL


def test_a_list_of_a_spreadsheet_that_writes_commas_in_numbers_is_read():
    pupils, tags = PUPILS.encode(), b"photo;x;y;w;h;who\nx.jpg;0,1;0,2;0,3;0,4;1\n"
    lists = read_lists((pupils, "p.csv"), (CONSENTS.encode(), "c.csv"), (tags, "t.csv"))
    assert lists.tags["x.jpg"][0].box == Box(0.1, 0.2, 0.3, 0.4)


def test_tags_of_photographs_that_are_not_there_are_told():
    lists = read(tags="x.jpg,.1,.1,.2,.2,1\ny.jpg,.1,.1,.2,.2,1\n")
    assert lists.tagged_in_vain([Path("a/x.jpg")]) == ["y.jpg"]


@pytest.mark.parametrize(
    ("lists", "where"),
    [
        ({"consents": "1,a,website,maybe,2026-09-01,\n"}, "consents.csv, line 2"),
        ({"consents": "1,a,website,given,soon,\n"}, "consents.csv, line 2"),
        ({"consents": "1,a,the moon,given,2026-09-01,\n"}, "consents.csv, line 2"),
        ({"consents": "1,,website,given,2026-09-01,\n"}, "consents.csv, line 2"),
        ({"pupils": "pupil,first_name\n1,Leo\n"}, "pupils.csv, line 1"),
        ({"pupils": PUPILS + "1,Ada,Post,Robins,\n"}, "pupils.csv, line 4"),
        ({"pupils": PUPILS + "3,Ada,Post,Robins,perhaps\n"}, "pupils.csv, line 4"),
        ({"pupils": PUPILS + ",Ada,Post,Robins,\n"}, "pupils.csv, line 4"),
        ({"tags": "x.jpg,.1,.1,.2,.2,nobody\n"}, "tags.csv, line 2"),
        ({"tags": "x.jpg,.1,.1,.2,.2,1\nx.jpg,.9,.1,.2,.2,1\n"}, "tags.csv, line 3"),
        ({"tags": "x.jpg,nan,.1,.2,.2,1\n"}, "tags.csv, line 2"),
        ({"tags": "x.jpg,inf,.1,.2,.2,1\n"}, "tags.csv, line 2"),
        ({"tags": "x.jpg,.1,.1,0,.2,1\n"}, "tags.csv, line 2"),
        ({"tags": ",.1,.1,.2,.2,1\n"}, "tags.csv, line 2"),
    ],
)
def test_a_line_that_is_not_understood_is_named_with_its_reason(lists, where):
    with pytest.raises(UnreadableTable) as refusal:
        read(**lists)
    assert str(refusal.value).startswith(where)
    assert str(refusal.value).endswith(".")
