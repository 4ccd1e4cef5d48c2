"""Faces are settled by people, and every step can be taken back."""

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.models import Pupil, School
from belisha.people.rules import Role
from belisha.people.tests.cast import make_pupil, make_staff
from belisha.photos.actions import faces
from belisha.photos.asking import ask_one
from belisha.photos.imaging.box import Box
from belisha.photos.models import Face
from belisha.photos.rules import Light, Who
from belisha.photos.tests.conftest import TODAY, same_robins, same_school
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

STATE = ("x", "y", "w", "h", "who", "pupil_id", "settled_by_id", "settled_at", "removed_at")


def first(robins):
    return robins.photo.faces.order_by("x").first()


def state(robins):
    present = robins.photo.faces.filter(removed_at=None).order_by("id")
    return list(present.values_list(*STATE))


def test_a_face_is_settled_with_who_said_so(robins):
    faces.settle(first(robins), Who.PUPIL, pupil=robins.malik, by=robins.teacher, at=robins.at)
    face = first(robins)
    assert (face.pupil, face.settled_by) == (robins.malik, robins.teacher)
    said = Entry.objects.filter(verb="face.settled").get()
    assert said.facts["pupil"] == robins.malik.pk
    assert "Malik" not in str(said.facts)


def test_a_child_who_left_cannot_be_named(robins):
    robins.malik.left_on = robins.at.date()
    robins.malik.save()
    with pytest.raises(Refused):
        faces.settle(first(robins), Who.PUPIL, pupil=robins.malik, by=robins.teacher, at=robins.at)


def test_a_child_of_another_school_or_one_who_was_removed_cannot_be_named(robins):
    elsewhere = School.objects.create(name="Another School", created_at=robins.at)
    with scope(school=elsewhere):
        stranger = make_pupil(elsewhere, "Owen", "Elsewhere")
    gone = make_pupil(robins.album.school, "Gus", "Gone", robins.school_class)
    Pupil.objects.filter(pk=gone.pk).delete()
    for pupil in (stranger, gone):
        with pytest.raises(Refused):
            faces.settle(first(robins), Who.PUPIL, pupil=pupil, by=robins.teacher, at=robins.at)
    assert first(robins).who == Who.UNSETTLED


def test_a_pupil_s_face_names_a_pupil(robins):
    with pytest.raises(Refused):
        faces.settle(first(robins), Who.PUPIL, by=robins.teacher, at=robins.at)


def test_another_class_s_teacher_settles_nothing(robins, school):
    other = make_staff(school, "Mr Tactile", Role.TEACHER).user
    with pytest.raises(Refused):
        faces.settle(first(robins), Who.ADULT, by=other, at=robins.at)


def test_a_missed_face_that_is_drawn_has_no_name_yet(robins):
    robins.settle_all()
    face = faces.draw(robins.photo, Box(0.4, 0.1, 0.1, 0.1), by=robins.teacher, at=robins.at)
    assert (face.who, face.score) == (Who.UNSETTLED, None)
    for purpose in Purpose.objects.all():
        assert ask_one(robins.photo, purpose, on=TODAY).light is Light.WAITS


def test_a_box_is_kept_within_the_picture_and_a_slip_of_the_finger_is_none(robins):
    face = faces.draw(robins.photo, Box(0.9, 0.9, 0.4, 0.4), by=robins.teacher, at=robins.at)
    assert (face.x + face.w, face.y + face.h) == pytest.approx((1, 1))
    for box in (Box(0.5, 0.5, 0.001, 0.1), Box(1.2, 0.5, 0.1, 0.1), Box(float("nan"), 0, 1, 1)):
        with pytest.raises(ValueError, match="too small"):
            faces.draw(robins.photo, box, by=robins.teacher, at=robins.at)


@pytest.mark.parametrize("act", ["move", "remove", "undo"])
def test_a_box_that_changed_makes_the_question_be_asked_again(robins, act):
    robins.settle_all()
    if act == "move":
        faces.move(first(robins), Box(0.1, 0.1, 0.2, 0.2), by=robins.teacher, at=robins.at)
    elif act == "remove":
        faces.remove(first(robins), by=robins.teacher, at=robins.at)
    else:
        faces.undo(robins.photo, by=robins.teacher, at=robins.at)
    robins.photo.refresh_from_db()
    assert robins.photo.boxed_at is None


def test_the_rest_is_said_to_be_unknown_at_once(robins):
    faces.settle(first(robins), Who.ADULT, by=robins.teacher, at=robins.at)
    assert faces.settle_rest(robins.photo, Who.UNKNOWN, by=robins.teacher, at=robins.at) == 1
    assert sorted(Face.objects.values_list("who", flat=True)) == ["adult", "unknown"]


def test_nothing_is_kept_of_a_face_but_where_it_is_and_who_people_say_it_is():
    fields = {field.name for field in Face._meta.get_fields()}
    assert fields == {
        *("id", "school", "photo", "x", "y", "w", "h", "score", "sure"),
        *("points", "strip"),  # where it is in a clip, and which of the clip's pictures show it
        *("who", "pupil", "settled_at", "settled_by", "removed_at"),
    }


ACTS = st.lists(st.sampled_from(["settle", "adult", "draw", "move", "remove"]), max_size=6)


@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_undo_leads_back_step_by_step_to_where_one_was(robins, acts):
    before = []
    for act in acts:
        face = robins.photo.faces.filter(removed_at=None).order_by("-x").first()
        then = state(robins)
        if act == "draw":
            faces.draw(robins.photo, Box(0.1, 0.1, 0.1, 0.1), by=robins.teacher, at=robins.at)
        elif face is None:
            continue
        elif act == "settle":
            faces.settle(face, Who.PUPIL, pupil=robins.tilly, by=robins.teacher, at=robins.at)
        elif act == "adult":
            faces.settle(face, Who.ADULT, by=robins.teacher, at=robins.at)
        elif act == "move":
            faces.move(face, Box(0.3, 0.3, 0.2, 0.2), by=robins.teacher, at=robins.at)
        else:
            faces.remove(face, by=robins.teacher, at=robins.at)
        before.append(then)
    while before:
        faces.undo(robins.photo, by=robins.teacher, at=robins.at)
        assert state(robins) == before.pop()
