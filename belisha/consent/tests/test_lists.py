"""Taking over answers from a list, on the page and from the command line."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent.actions import set_aside
from belisha.consent.models import Answer, AnswerFile, Standing
from belisha.people.rules import Role

LIST = b"""pupil,parent,purpose,answer,on,expires
P1,A1,newsletter,given,2026-01-10,
P1,A2,newsletter,refused,10/01/2026,
leo zebra,ADA ZEBRA,School website,yes,2026-01-10,2030-08-31
"""
BAD = b"""P1,A9,newsletter,given,2026-01-10,
P9,A1,newsletter,given,2026-01-10,
P1,A1,newsletter,given,2999-01-10,
P1,A1,billboard,given,2026-01-10,
"""


def send(browser, data, name="answers.csv"):
    return browser.post("/consent/import/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_nothing_is_written_before_the_list_is_accepted(family, browse):
    browser = browse(family.office)
    page = send(browser, LIST)
    assert page.status_code == 200
    assert "Write down 3 answers" in page.text
    assert not Answer.objects.exists()
    done = browser.post(page.request["PATH_INFO"], follow=True)
    assert "3 answers are written down from the list." in done.text
    assert Answer.objects.count() == Standing.objects.count() == 3
    assert not AnswerFile.objects.exists()


def test_the_same_list_a_second_time_changes_nothing(family, browse):
    browser = browse(family.office)
    for _ in range(2):
        page = send(browser, LIST)
        browser.post(page.request["PATH_INFO"])
    before = set(Answer.objects.values_list("pk", "kind"))
    page = send(browser, LIST)
    assert "<b>3</b><span>there already" in page.text
    assert "Write down" not in page.text
    browser.post(page.request["PATH_INFO"])
    assert set(Answer.objects.values_list("pk", "kind")) == before
    assert len(before) == 3
    assert Entry.objects.filter(verb="answers.recorded").count() == 1


def test_a_second_time_does_not_undo_what_was_said_or_set_aside_since(family, browse, say, now):
    take_over(LIST)
    mums = Answer.objects.get(parent=family.mum, purpose__key="newsletter")
    dads = Answer.objects.get(parent=family.dad)
    say(family.leo, family.mum, "refused", on=mums.happened_on)
    set_aside(dads, why="Wrong", by=family.office, at=now)
    before = list(Standing.objects.order_by("pk").values_list("kind", "answer"))
    take_over(LIST)
    assert list(Standing.objects.order_by("pk").values_list("kind", "answer")) == before


def take_over(data):
    from belisha.consent import importing

    return importing.take_over(data, "answers.csv", by=None, at=timezone.now())


def test_each_bad_line_is_named_with_its_reason_and_the_others_are_taken(family, browse):
    page = send(browse(family.office), LIST + BAD)
    for line, reason in [
        (5, "No parent here has the number or name “A9”"),
        (6, "No child here has the number or name “P9”"),
        (7, "The day of the answer has not come yet"),
        (8, "There is no purpose called “billboard”"),
    ]:
        assert f'class="num">{line}</td><td>{reason}' in page.text
    assert "Write down 3 answers" in page.text


def test_a_name_that_two_children_share_needs_a_number(people, family):
    people.pupil("Leo")
    done = take_over(b"pupil,parent,purpose,answer,on\nLeo Zebra,A1,press,no,2026-01-10\n")
    assert not done.new
    assert "More than one child is called “Leo Zebra”" in done.bad[0].reason


def test_a_list_under_an_order_brings_only_a_no(people, family):
    people.parent(family.leo, name="Ed Zebra", no_contact=True, key="A3")
    lines = b"P1,A3,press,yes,2026-01-10\nP1,A3,press,no,2026-01-11\n"
    done = take_over(b"pupil,parent,purpose,answer,on\n" + lines)
    assert [one.line for one in done.bad] == [2]
    assert [one.draft.kind for one in done.new] == ["refused"]


def test_what_is_no_list_is_refused_with_a_sentence(family, browse):
    page = send(browse(family.office), b"name;class\nLeo;Robins\n")
    assert page.status_code == 422
    assert "There is no column called “pupil”" in page.text
    assert not AnswerFile.objects.exists()


def test_a_list_belongs_to_the_person_who_sent_it_and_for_a_day(people, family, browse, now):
    page = send(browse(family.office), LIST)
    path = page.request["PATH_INFO"]
    other = browse(people.staff(Role.HEAD, "Mrs Head"))
    assert other.post(path).headers["Location"] == "/consent/import/"
    AnswerFile.objects.update(at=timezone.now() - timedelta(hours=25))
    assert browse(family.office).post(path).headers["Location"] == "/consent/import/"
    assert not Answer.objects.exists()


def test_the_command_says_what_it_would_do_and_then_does_it(family, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_bytes(LIST)
    for words, written in (["--dry-run"], False), ([], True):
        out = StringIO()
        call_command("import_consents", str(file), "--json", *words, stdout=out)
        assert json.loads(out.getvalue()) == {
            "new": 3,
            "there_already": 0,
            "bad": [],
            "written": written,
        }
        assert Answer.objects.exists() is written


def test_the_command_names_bad_lines_and_ends_with_1(family, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_bytes(LIST + BAD)
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_consents", str(file), stdout=StringIO(), stderr=err)
    assert ended.value.code == 1
    assert "answers.csv, line 6: No child here" in err.getvalue()
    assert Answer.objects.count() == 3


@pytest.mark.parametrize("data", [None, b"", b"\x00\x01\x02", b"name\nLeo\n"])
def test_the_command_ends_with_2_when_the_list_is_of_no_use(family, tmp_path, data):
    file = tmp_path / "answers.csv"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(CommandError) as ended:
        call_command("import_consents", str(file))
    assert ended.value.returncode == 2
    assert not Answer.objects.exists()
