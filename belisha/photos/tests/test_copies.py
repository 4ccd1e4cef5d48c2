"""A safe copy hides whom it must, and is given only while it is right."""

from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from belisha.consent.rules import Kind
from belisha.people.actions.protection import protect
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import copies, faces
from belisha.photos.models import SafeCopy
from belisha.photos.rules import Light, Who
from belisha.photos.tests.conftest import MALIK, TILLY, TODAY, TWO, same_robins, same_school
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them


def make(robins, purpose="newsletter"):
    return copies.make(
        robins.photo,
        Purpose.objects.get(key=purpose),
        by=robins.teacher,
        at=robins.at,
        on=TODAY,
    )


def give(robins, copy, on=TODAY, **more):
    return copies.give(copy, by=robins.teacher, at=robins.at, on=on, **more)


def within(data, box):
    """The pixels of a box in a JPEG."""
    picture = np.asarray(Image.open(BytesIO(data)).convert("RGB"))
    left, top, right, bottom = box.pixels(picture.shape[1], picture.shape[0])
    return picture[top:bottom, left:right].astype(int)


def test_a_child_without_a_yes_is_covered_and_the_other_is_not(settled):
    data = give(settled, make(settled))
    covered = within(data, TILLY)
    assert covered.reshape(-1, 3).std(axis=0).max() < 3
    shown = np.abs(within(data, MALIK) - within(TWO, MALIK)).mean()
    assert shown < 5


def test_a_copy_holds_nothing_but_pixels(settled):
    data = give(settled, make(settled))
    assert Image.open(BytesIO(data)).size == (1600, 1200)
    for mark in (b"Exif", b"http", b"ICC_PROFILE", b"Photoshop", b"Pelican", b"2026"):
        assert mark not in data


def test_the_preview_is_small_and_is_no_delivery(settled):
    copy = make(settled)
    data = give(settled, copy, longest=400)
    assert max(Image.open(BytesIO(data)).size) == 400


def test_with_every_yes_a_picture_goes_as_it_is(settled):
    settled.say(settled.tilly, settled.father, Kind.GIVEN)
    copy = make(settled)
    assert copy.hidden == []
    assert np.abs(within(give(settled, copy), TILLY) - within(TWO, TILLY)).mean() < 5


@pytest.mark.parametrize("change", ["withdrawn", "protected", "ran out", "renamed", "looked again"])
def test_a_copy_that_is_no_longer_right_is_not_given(settled, school, change):
    settled.say(settled.malik, settled.mother, Kind.GIVEN, expires_on=TODAY)
    copy, on = make(settled), TODAY
    assert give(settled, copy)
    if change == "withdrawn":
        settled.say(settled.malik, settled.mother, Kind.REFUSED)
    elif change == "protected":
        lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
        protect(settled.malik, why="A court order", by=lead, at=settled.at)
    elif change == "ran out":
        on = TODAY + timedelta(days=1)
    elif change == "renamed":
        face = settled.photo.faces.get(pupil=settled.malik)
        faces.settle(face, Who.UNKNOWN, by=settled.teacher, at=settled.at)
    else:
        faces.ask_for_boxes_again(settled.photo, by=settled.teacher, at=settled.at)
    assert not copies.is_still_right(copy, on=on)
    with pytest.raises(copies.NotNow) as no:
        give(settled, copy, on=on)
    assert no.value.decision.light in (Light.SAFE_COPY, Light.WAITS)


def test_a_yes_that_came_later_does_not_spoil_a_copy(settled):
    copy = make(settled)
    settled.say(settled.tilly, settled.father, Kind.GIVEN)
    assert copies.is_still_right(copy, on=TODAY)


def test_no_copy_is_made_before_all_is_settled(robins):
    with pytest.raises(copies.NotNow):
        make(robins)
    assert not SafeCopy.objects.exists()


def test_a_copy_for_a_use_that_the_school_gave_up_is_not_given(settled):
    copy = make(settled)
    Purpose.objects.filter(key="newsletter").update(in_use=False)
    with pytest.raises(copies.NotNow) as no:
        give(settled, SafeCopy.objects.get(pk=copy.pk))
    assert no.value.decision.light is Light.NO
    with pytest.raises(copies.NotNow):
        make(settled)
    Purpose.objects.filter(key="newsletter").update(in_use=True)
    assert give(settled, SafeCopy.objects.get(pk=copy.pk))


def test_a_use_that_is_given_up_while_the_bytes_are_made_is_noticed(settled):
    """The copy that is asked for still remembers the use as it was."""
    copy = SafeCopy.objects.select_related("purpose").get(pk=make(settled).pk)
    assert copy.purpose.in_use
    Purpose.objects.filter(key="newsletter").update(in_use=False)
    with pytest.raises(copies.NotNow) as no:
        give(settled, copy)
    assert no.value.decision.light is Light.NO


def test_promotion_covers_every_child(settled):
    assert len(make(settled, "promotional").hidden) == 2


def test_an_error_in_deciding_is_a_no(settled):
    """A row that the rule does not understand, as a broken database might hold."""
    face = settled.photo.faces.first()
    type(face).objects.filter(pk=face.pk).update(who="ghost", pupil=None)
    with pytest.raises(copies.NotNow) as no:
        make(settled)
    assert no.value.decision.light is Light.NO
