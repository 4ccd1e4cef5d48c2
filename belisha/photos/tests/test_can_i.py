"""What "Can I…?" says of posting is never looser than what making and giving a copy allows."""

from itertools import product

import pytest
from django.test import Client

from belisha.consent.rules import Kind
from belisha.lib.verdict import Outcome
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import copies, pictures
from belisha.photos.asking import ask_one
from belisha.photos.posting import posting_of
from belisha.photos.rules import Light
from belisha.photos.tests.conftest import TODAY, TWO, same_robins, same_school
from belisha.policy.asking import Asker, Deed, Of, Question, When, Where, With, answer
from belisha.policy.asking.pictures import PURPOSE_OF
from belisha.policy.asking.question import TAKING
from belisha.policy.models import Purpose
from belisha.policy.replies import asker_of

robins, school = same_robins, same_school  # the names by which tests ask for them

ROLES = (Role.HEAD, Role.TEACHER, Role.OTHER_STAFF, Role.OFFICE)


def is_refused(act):
    try:
        act()
    except (copies.NotNow, Refused):
        return True
    return False


def questions(asker, deed, on=None):
    """Every question of the asker about that deed in that place."""
    kinds = (Of, With, Where, When)
    for of, with_, where, when in product(*((None, *kind) for kind in kinds)):
        yield Question(asker, deed, of=of, on=on, with_=with_, where=where, when=when)


def terms():
    return [purpose.terms for purpose in Purpose.objects.all()]


def says_yes(asker, deed, on=None):
    known = terms()
    return any(answer(question, known) for question in questions(asker, deed, on))


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_is_yes_where_the_copy_is_refused(robins, school, role):
    user = make_staff(school, f"Mx {role.label}", role).user
    refused = []
    for place, key in PURPOSE_OF.items():
        purpose = Purpose.objects.get(key=key)

        def make(purpose=purpose):
            copies.make(robins.photo, purpose, by=user, at=robins.at, on=TODAY)

        if is_refused(make):
            refused.append(place)
            assert not says_yes(asker_of(user), Deed.POST_PICTURE, place), place
    assert refused == list(PURPOSE_OF), "no face is settled yet"


def test_nobody_outside_the_staff_is_told_yes_for_what_only_staff_do(robins):
    parent = robins.mother.user
    for key in PURPOSE_OF.values():
        purpose = Purpose.objects.get(key=key)
        with pytest.raises(Refused):
            copies.make(robins.photo, purpose, by=parent, at=robins.at, on=TODAY)
    with pytest.raises(Refused):
        pictures.add(robins.album, TWO, name="IMG_2.jpg", by=parent, at=robins.at)
    outside = (Asker.GOVERNOR, Asker.VOLUNTEER, Asker.VISITOR, Asker.PTA, Asker.PUPIL)
    for asker in outside:
        assert not any(says_yes(asker, Deed.POST_PICTURE, place) for place in (None, *PURPOSE_OF))
        assert not any(says_yes(asker, deed) for deed in TAKING)
    for question in questions(Asker.PARENT, Deed.TAKE_PICTURE):
        if question.with_ is With.SCHOOL_CAMERA:
            assert not answer(question), question


def test_the_clause_by_which_a_face_is_hidden_stands_in_the_answer(settled):
    for place, key in PURPOSE_OF.items():
        purpose = Purpose.objects.get(key=key)
        decision = ask_one(settled.photo, purpose, on=TODAY)
        hidden = {face.reason.clause for face in decision.faces if face.hidden}
        said = answer(Question(Asker.TEACHER, Deed.POST_PICTURE, of=Of.CLASS, on=place), terms())
        assert hidden
        assert hidden <= {reason.clause for reason in said.reasons}, place


def test_a_use_that_the_school_gave_up_is_no_in_both(settled):
    Purpose.objects.update(in_use=False)
    for place, key in PURPOSE_OF.items():
        decision = ask_one(settled.photo, Purpose.objects.get(key=key), on=TODAY)
        assert decision.verdict.outcome is Outcome.NO
        said = answer(Question(Asker.HEAD, Deed.POST_PICTURE, of=Of.CLASS, on=place), terms())
        assert said.outcome is Outcome.NO


def page(robins, user, place):
    client = Client()
    client.force_login(user)
    return client.get(f"/pictures/{robins.photo.ref}/can-i/", {"on": place})


def test_a_very_picture_is_answered_by_the_rule_about_it(robins):
    teacher = robins.teacher
    assert "2 faces have no name yet" in page(robins, teacher, "newsletter").content.decode()
    robins.settle_all()
    robins.say(robins.malik, robins.mother, Kind.GIVEN)
    text = page(robins, teacher, "newsletter").content.decode()
    assert "No, not as it is" in text
    assert "Tilly C: no answer from the family yet" in text
    assert "The head must agree" in text
    robins.say(robins.tilly, robins.father, Kind.GIVEN)
    text = page(robins, teacher, "newsletter").content.decode()
    assert ">Ask first</h2>" in text
    assert "Everyone in it may be seen" in text
    assert "No answer means no" not in text


def test_a_picture_that_may_go_on_the_wall_as_it_is_is_a_yes(settled):
    for pupil, parent in ((settled.malik, settled.mother), (settled.tilly, settled.father)):
        settled.say(pupil, parent, Kind.GIVEN, "display")
    assert ">Yes</h2>" in page(settled, settled.teacher, "display").content.decode()


@pytest.mark.parametrize("place", [None, *PURPOSE_OF])
def test_the_answer_about_a_picture_is_a_yes_only_where_the_rule_says_so(settled, place):
    settled.say(settled.tilly, settled.father, Kind.GIVEN)
    for key in PURPOSE_OF.values():
        decision = ask_one(settled.photo, Purpose.objects.get(key=key), on=TODAY)
        said = answer(Question(Asker.HEAD, Deed.POST_PICTURE, of=Of.CLASS, on=place), terms())
        joined = posting_of(decision, said)
        if decision.light is not Light.AS_IS:
            assert joined.outcome is not Outcome.YES
        assert joined.reasons


def test_only_who_may_see_the_picture_gets_an_answer(robins, school):
    other = make_staff(school, "Mr Wren", Role.TEACHER).user
    assert page(robins, other, "website").status_code == 404
    assert page(robins, robins.mother.user, "website").status_code == 404
    assert page(robins, robins.teacher, "website").status_code == 200
