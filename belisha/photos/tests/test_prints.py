"""A print holds safe copies alone, and is known until it is down (P.ii)."""

import subprocess
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import albums, prints
from belisha.photos.models import Print
from belisha.photos.printed import printed
from belisha.photos.rules import Layout
from belisha.photos.tests.conftest import MALIK, TILLY, same_robins, same_school
from belisha.photos.todo import todo
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

DISPLAY = "display"


@pytest.fixture
def shown(robins):
    """Malik's family said yes to the wall; Tilly's has not answered."""
    robins.settle_all()
    robins.say(robins.malik, robins.mother, Kind.GIVEN, DISPLAY)
    return robins


def make(robins, *, days=30, key=DISPLAY, layout=Layout.ONE, **more):
    today = timezone.localdate()
    draft = prints.Draft(
        "Bridge day",
        Purpose.objects.get(key=key),
        layout,
        today + timedelta(days=days),
        **more,
    )
    return prints.make(
        robins.album, [(1, robins.photo)], draft, by=robins.teacher, at=timezone.now(), on=today
    )


def give(robins, sheet):
    return prints.give(sheet, by=robins.teacher, at=timezone.now(), on=timezone.localdate())


def images(pdf, tmp_path):
    """The pictures in a PDF, as pixels."""
    (tmp_path / "x.pdf").write_bytes(pdf)
    subprocess.run(["pdfimages", "-all", "x.pdf", "image"], cwd=tmp_path, check=True)
    return [np.asarray(Image.open(one).convert("RGB")) for one in sorted(tmp_path.glob("image-*"))]


def words(pdf, tmp_path):
    (tmp_path / "x.pdf").write_bytes(pdf)
    said = subprocess.run(
        ["pdftotext", "x.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    )
    return said.stdout.decode()


def is_flat(pixels, box):
    left, top, right, bottom = box.pixels(pixels.shape[1], pixels.shape[0])
    inside = pixels[top:bottom, left:right].reshape(-1, 3).astype(int)
    return bool(inside.std(axis=0).max() < 4)


def test_a_face_without_a_yes_is_covered_on_paper(shown, tmp_path):
    (pixels,) = images(give(shown, make(shown)), tmp_path)
    assert is_flat(pixels, TILLY)
    assert not is_flat(pixels, MALIK)


def test_the_mark_says_what_it_is_for_and_until_when(shown, tmp_path):
    sheet = make(shown)
    pdf = give(shown, sheet)
    text = " ".join(words(pdf, tmp_path).split())
    assert f"For display in school until {sheet.until_on:%-d %B %Y}" in text
    assert sheet.ref[:8] in text
    assert "Bridge day" in text
    assert b"/StructTreeRoot" in pdf, "tagged"
    assert "Malik" not in text, "no name unless it was chosen"


def test_first_names_stand_only_beside_those_who_are_shown_inside_the_school(shown, tmp_path):
    text = words(give(shown, make(shown, with_names=True)), tmp_path)
    assert "Malik" in text
    assert "Tilly" not in text
    assert "Wayfinder" not in text
    shown.say(shown.malik, shown.mother, Kind.GIVEN, "newsletter")
    text = words(give(shown, make(shown, with_names=True, key="newsletter")), tmp_path)
    assert "Malik" not in text


def test_a_no_takes_the_picture_off_the_next_paper_and_calls_the_last_one_down(shown):
    sheet = make(shown, where="Corridor")
    today = timezone.localdate()
    assert not printed([sheet], on=today)[0].comes_down
    shown.say(shown.malik, shown.mother, Kind.REFUSED, DISPLAY)
    standing = printed([sheet], on=today)[0]
    assert standing.comes_down
    assert standing.wrong == (1,)
    assert [task.title for task in todo(shown.teacher, today) if "Bridge" in task.title] == [
        "Take down: Bridge day, Corridor"
    ]
    with pytest.raises(prints.NothingToPrint):
        give(shown, sheet)
    prints.take_down(sheet, by=shown.teacher, at=timezone.now())
    assert not [task for task in todo(shown.teacher, today) if "Take down" in task.title]


def test_a_no_while_the_sheet_is_set_is_heard(shown, monkeypatch, tmp_path):
    sheet, drawn = make(shown), prints._drawn

    def no_comes_after(one, *rest):
        data = drawn(one, *rest)
        shown.say(shown.malik, shown.mother, Kind.REFUSED, DISPLAY)
        return data

    monkeypatch.setattr(prints, "_drawn", no_comes_after)
    with pytest.raises(prints.NothingToPrint):
        give(shown, sheet)


def test_its_last_day_and_a_removed_album_call_it_down(shown):
    sheet, today = make(shown, days=0), timezone.localdate()
    assert not printed([sheet], on=today)[0].comes_down
    assert printed([sheet], on=today + timedelta(days=1))[0].comes_down
    albums.remove(shown.album, by=shown.teacher, at=timezone.now())
    sheet.refresh_from_db()
    assert sheet.album is None
    assert printed([sheet], on=today)[0].why == "Its pictures were removed from Belisha."


def test_what_may_not_be_shown_is_not_printed(robins):
    with pytest.raises(prints.NothingToPrint):
        make(robins)
    assert not Print.objects.exists()


def test_more_than_a_print_takes_is_told_and_not_left_out_in_silence(shown):
    today = timezone.localdate()
    draft = prints.Draft("x", Purpose.objects.get(key=DISPLAY), Layout.ONE, today)
    many = [(number, shown.photo) for number in range(21)]
    with pytest.raises(prints.NothingToPrint, match="20 pictures at most"):
        prints.make(shown.album, many, draft, by=shown.teacher, at=timezone.now(), on=today)


def test_who_has_left_the_school_comes_down(shown):
    sheet, today = make(shown), timezone.localdate()
    shown.malik.left_on = today
    shown.malik.save()
    assert printed([sheet], on=today)[0].comes_down
    with pytest.raises(prints.NothingToPrint):
        give(shown, sheet)


def test_a_colleague_of_another_class_prints_and_finds_nothing(shown, school, client):
    other = make_staff(school, "Mr Heron", Role.TEACHER).user
    sheet = make(shown)
    with pytest.raises(Refused):
        prints.give(sheet, by=other, at=timezone.now(), on=timezone.localdate())
    client.force_login(other)
    assert client.get(f"/prints/{sheet.ref}/").status_code == 404
    assert "Bridge day" not in client.get("/prints/?state=all").text


def test_the_pages_lead_from_the_album_to_the_wall_and_down(shown, client):
    client.force_login(shown.teacher)
    page = client.get(f"/albums/{shown.album.ref}/print/")
    assert "Goes with 1 face hidden" in page.text
    today = timezone.localdate()
    typed = {
        "for": DISPLAY,
        "title": "Our bridge",
        "layout": "1x2",
        "where": "Hall",
        "until_on": str(today - timedelta(days=1)),
        "pictures": shown.photo.ref,
    }
    late = client.post(f"/albums/{shown.album.ref}/print/", typed)
    assert late.status_code == 422
    assert "Our bridge" in late.text, "nothing typed is lost"
    none = client.post(
        f"/albums/{shown.album.ref}/print/", typed | {"until_on": str(today), "pictures": "x"}
    )
    assert none.status_code == 422
    made = client.post(f"/albums/{shown.album.ref}/print/", typed | {"until_on": str(today)})
    page = client.get(made["Location"])
    assert "Was the camera wiped?" in page.text
    assert client.get(f"{made['Location']}sheet.pdf").content.startswith(b"%PDF")
    client.post(f"{made['Location']}down/")
    assert "Our bridge" not in client.get("/prints/").text
    client.post(f"{made['Location']}up/")
    assert "Our bridge" in client.get("/prints/").text
    client.post(f"{made['Location']}change/", {"where": "Office", "until_on": str(today)})
    assert "Office" in client.get(made["Location"]).text
    rows = client.get("/prints/prints.csv").text
    assert "Our bridge" in rows


def test_pictures_that_wait_are_listed_with_the_reason(robins, client):
    client.force_login(robins.teacher)
    page = client.get(f"/albums/{robins.album.ref}/print/").text
    assert "1 picture left out, and why" in page
    assert "2 faces have no name yet" in page
