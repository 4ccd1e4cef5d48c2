"""What is public now, how close, how old, with what words; and its review each term."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.calendar import Calendar, Days, Mark
from belisha.people.models import Staff
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import copies, reviewing
from belisha.photos.exposure import CLOSE, by_place, exposed, figures, review_of
from belisha.photos.models import ExposureReview, Place, Publication, Selection
from belisha.photos.rules import PlaceKind
from belisha.photos.tests.conftest import MALIK, same_robins, same_school
from belisha.photos.todo import todo
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

TERM = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18))


@pytest.fixture
def public(robins):
    """A picture that left for the press, where Malik is seen and Tilly is covered."""
    robins.settle_all()
    robins.say(robins.malik, robins.mother, Kind.GIVEN, "press")
    now, press = timezone.now(), Purpose.objects.get(key="press")
    word = {"by": robins.teacher, "at": now, "on": timezone.localdate(now)}
    school = robins.teacher.school
    place = Place.objects.create(
        school=school,
        kind=PlaceKind.PRESS,
        name="The Zebra Post",
        purpose=press,
        stays=365,
        keeper=Staff.objects.get(user=robins.teacher),
        made_at=now,
        made_by=robins.teacher,
    )
    selection = Selection.objects.create(
        school=school,
        album=robins.album,
        place=place,
        title="Our bridge",
        from_on=timezone.localdate(now),
        until_on=timezone.localdate(now) + timedelta(days=90),
        made_at=now,
        made_by=robins.teacher,
        published_at=now,
        published_by=robins.teacher,
    )
    robins.publication = Publication.objects.create(
        school=school,
        selection=selection,
        photo=robins.photo,
        copy=copies.make(robins.photo, press, **word),
        caption="A bridge of paper",
        alt="Two children behind a bridge",
        left_at=now,
        left_by=robins.teacher,
    )
    return robins


def test_a_public_picture_counts_with_the_children_whom_it_shows(public):
    today = timezone.localdate()
    (one,) = exposed(on=today)
    assert one.children == 1, "who is covered is not seen"
    assert one.largest == pytest.approx(MALIK.area)
    assert one.close
    assert MALIK.area > CLOSE
    found = figures([one], on=today)
    assert (found.pictures, found.with_children, found.close, found.old) == (1, 1, 1, 0)
    assert [place.place.name for place in by_place([one], on=today)] == ["The Zebra Post"]


def test_a_picture_is_old_a_year_after_it_was_taken(public):
    public.album.taken_on = timezone.localdate() - timedelta(days=366)
    public.album.save()
    assert figures(exposed(on=timezone.localdate()), on=timezone.localdate()).old == 1


def test_what_is_out_there_and_may_not_be_is_counted_and_said(public):
    public.say(public.malik, public.mother, Kind.REFUSED, "press")
    assert figures(exposed(on=timezone.localdate()), on=timezone.localdate()).wrong == 1


def test_words_that_name_a_child_are_said(public):
    Publication.objects.update(caption="Malik Wayfinder at the bridge")
    found = exposed(on=timezone.localdate())
    assert figures(found, on=timezone.localdate()).words == 1


def test_what_is_inside_the_school_is_not_public(public):
    Place.objects.update(kind=PlaceKind.DISPLAY)
    assert exposed(on=timezone.localdate()) == []


@pytest.mark.parametrize(
    ("last", "done"), [(None, False), (date(2026, 9, 1), False), (date(2026, 9, 2), True)]
)
def test_a_review_is_due_within_six_weeks_of_each_term(last, done):
    row = ExposureReview(on=last) if last else None
    review = review_of(Calendar(marked=(TERM,)), row, on=date(2026, 11, 20))
    assert review.done is done
    assert review.due == date(2026, 10, 14)
    assert review.is_late(date(2026, 11, 20)) is not done


def test_the_head_reviews_and_is_asked_no_more_this_term(public, school, client):
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    today = timezone.localdate()
    asked = "Review what is public"
    assert asked in [task.title for task in todo(head, today)]
    assert asked not in [task.title for task in todo(public.teacher, today)]
    with pytest.raises(Refused):
        reviewing.review(school, "x", by=public.teacher, at=timezone.now(), on=today)
    client.force_login(head)
    assert "The Zebra Post" in client.get("/exposure/").text
    assert client.post("/exposure/review/", {"note": ""}).status_code == 422
    client.post("/exposure/review/", {"note": "All is well."})
    row = ExposureReview.objects.get()
    assert (row.pictures, row.close) == (1, 1)
    assert "All is well." in client.get("/exposure/").text
    assert asked not in [task.title for task in todo(head, today)]


def test_governors_read_the_figures_and_no_picture_nor_note(public, school, client):
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    now = timezone.now()
    reviewing.review(school, "About the bridge", by=head, at=now, on=timezone.localdate(now))
    client.force_login(make_staff(school, "Dr Pegasus", Role.GOVERNOR).user)
    text = client.get("/exposure/").text
    assert "Pictures that are public" in text
    for word in ("Our bridge", "A bridge of paper", "About the bridge", "/pictures/"):
        assert word not in text
    assert client.get("/exposure/exposure.csv").status_code == 404
