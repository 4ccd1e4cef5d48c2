"""A child who must not be found cannot be told from one whose family has not answered."""

import re
from datetime import date

import pytest

from belisha.consent.actions import set_aside
from belisha.consent.models import Answer, facts
from belisha.consent.rules import Fact, Kind
from belisha.people.rules import Role

YES, NO = Kind.GIVEN, Kind.REFUSED
ROLES = [Role.HEAD, Role.OFFICE, Role.TEACHER]
SEPT, OCT = date(2026, 9, 1), date(2026, 10, 1)


def nothing(*_):
    """The family has not answered."""


def yes(child, parent, say, office, now):
    say(child, parent, YES, on=SEPT)


def yes_set_aside(child, parent, say, office, now):
    set_aside(say(child, parent, YES, on=SEPT), why="Wrong", by=office, at=now)


def no(child, parent, say, office, now):
    say(child, parent, NO, on=OCT)


def yes_taken_back(child, parent, say, office, now):
    say(child, parent, YES, on=SEPT)
    say(child, parent, NO, on=OCT)


def no_then_yes(child, parent, say, office, now):
    say(child, parent, NO, on=OCT)
    say(child, parent, YES, on=date(2026, 11, 1))


def no_set_aside(child, parent, say, office, now):
    set_aside(say(child, parent, NO, on=OCT), why="Wrong", by=office, at=now)


def yes_taken_back_set_aside(child, parent, say, office, now):
    say(child, parent, YES, on=SEPT)
    set_aside(say(child, parent, NO, on=OCT), why="Wrong", by=office, at=now)


SAME = [
    (yes, nothing),
    (yes_set_aside, nothing),
    (yes_taken_back, no),
    (no_then_yes, no),
    (yes_taken_back_set_aside, no_set_aside),
]


@pytest.fixture
def pair(people):
    """A protected child and an ordinary one, who differ in nothing but their names."""
    hidden, plain = people.pupil("Hidden", "Xaaa"), people.pupil("Plains", "Xbbb")
    hers, his = people.parent(hidden, name="Pa Xaaa"), people.parent(plain, name="Pa Xbbb")
    people.protect(hidden)
    return (hidden, hers), (plain, his)


def without_names(text, pair):
    """The page with ids, names and the keys of forms taken out."""
    for pupil, parent in pair:
        for word in (pupil.first_name, pupil.last_name, str(pupil.pk), str(parent.pk)):
            text = text.replace(word, "…")
    text = re.sub(r'"[A-Za-z0-9]{64}"', "…", text)  # the keys of forms
    # Who comes next in the class is a matter of the alphabet, and the last has nobody.
    text = re.sub(r'<button[^>]*name="go_on">.*?</button>', "", text)
    text = re.sub(r'\n<p><a href="[^"]*">No form from this family.*?</p>', "", text)
    return re.sub(r"set-aside/\d+/", "set-aside/…/", text)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("truth", "looks_like"), SAME)
def test_the_pages_of_a_protected_child_are_the_same_to_the_last_byte(
    truth, looks_like, role, pair, people, browse, say, now
):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    truth(*pair[0], say, office, now)
    looks_like(*pair[1], say, office, now)
    browser = browse(people.staff(role, "Mx Reader", teaches=people.robins))
    pages = []
    for child, _ in pair:
        paths = [
            f"/consent/pupil/{child.pk}/",
            f"/consent/?words={child.first_name}",
            f"/consent/answers.csv?words={child.first_name}",
            *(
                f"/consent/?words={child.first_name}&state={fact}"
                for fact in (Fact.GIVEN, Fact.NONE)
            ),
            f"/consent/pupil/{child.pk}/record/",
        ]
        answers = [browser.get(path) for path in paths]
        status = [answer.status_code for answer in answers]
        pages.append((status, [without_names(answer.text, pair) for answer in answers]))
    assert pages[0][0][:2] == [200, 200]
    assert pages[0][0] == pages[1][0]
    for one, other in zip(*(texts for _, texts in pages), strict=True):
        assert one == other


@pytest.mark.parametrize(("truth", "looks_like"), SAME)
def test_what_counts_for_a_protected_child_is_the_same(truth, looks_like, pair, people, say, now):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    truth(*pair[0], say, office, now)
    looks_like(*pair[1], say, office, now)
    (hidden, _), (plain, _) = pair
    said = facts([hidden.pk, plain.pk], on=date(2026, 11, 20))
    assert said[hidden.pk, "newsletter"] is said[plain.pk, "newsletter"]


def test_counts_do_not_betray_a_protected_child(pair, people, browse, say):
    (hidden, parent), _ = pair
    say(hidden, parent, YES)
    page = browse(people.staff(Role.HEAD, "Mrs Head")).get("/consent/?purpose=newsletter")
    assert "0 of 2 families have answered" in page.text


def test_a_hidden_answer_cannot_be_set_aside_by_its_number(pair, people, browse, say):
    (hidden, parent), _ = pair
    answer = say(hidden, parent, YES)
    path = f"/consent/set-aside/{answer.pk}/"
    assert browse(people.staff(Role.OFFICE, "Mrs Tern")).get(path).status_code == 404
    lead = people.staff(Role.SAFEGUARDING_LEAD, "Ms Lead")
    assert browse(lead).get(path).status_code == 200


def test_the_safeguarding_lead_sees_all_that_was_said(pair, people, browse, say):
    (hidden, parent), _ = pair
    say(hidden, parent, YES, on=SEPT)
    say(hidden, parent, NO, on=OCT)
    lead = people.staff(Role.SAFEGUARDING_LEAD, "Ms Lead")
    assert [one.shown for one in Answer.objects.shown_to(lead).newest_first()] == [
        "withdrawn",
        "given",
    ]
    page = browse(lead).get(f"/consent/pupil/{hidden.pk}/").text
    assert "No, taken back" in page
    assert "<b>Yes</b>, from Pa Xaaa" in page


def test_a_parent_of_a_protected_child_still_sees_their_own_yes(pair, browse, say):
    (hidden, parent), _ = pair
    say(hidden, parent, YES, on=SEPT)
    page = browse(parent.user).get(f"/children/{hidden.pk}/").text
    assert "You told us on 1 September 2026" in page
