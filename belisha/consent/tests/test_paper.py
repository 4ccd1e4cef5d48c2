"""Families without a telephone: forms to hand out, and a pile of them typed in."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from belisha.people.rules import Role
from belisha.policy.models import Purpose


@pytest.fixture
def pile(people, family, browse):
    """Leo, Mia and Tess are the Robins; Tess comes last and has nobody to answer for her."""
    mia, tess = people.pupil("Mia", "Kerb"), people.pupil("Tess", "Kerb")
    return SimpleNamespace(
        leo=family.leo,
        mum=family.mum,
        mia=mia,
        eds=people.parent(mia, name="Ed Kerb"),
        tess=tess,
        office=browse(family.office),
    )


def record(child):
    return f"/consent/pupil/{child.pk}/record/"


def typed(parent, **more):
    day = timezone.localdate() - timedelta(days=1)
    return {"parent": parent.pk, "how": "paper", "happened_on": day, "to-press": "refused", **more}


def test_one_form_leads_to_the_next_child_of_the_class(pile):
    assert "Write it down and go on to Mia K" in pile.office.get(record(pile.leo)).text
    page = pile.office.post(record(pile.leo), typed(pile.mum, go_on=""), follow=True)
    assert page.redirect_chain[-1][0].startswith(f"{record(pile.mia)}?how=paper")
    assert "1 answer is written down for Leo Z." in page.text
    assert "What did the family of Mia K say?" in page.text
    form = page.context["form"]
    assert form["how"].value() == "paper"
    assert form["happened_on"].value() == str(timezone.localdate() - timedelta(days=1))
    assert page.text.count(" checked") == 1, "how it came stays, and no answer is ticked"


def test_without_going_on_one_sees_what_was_written_down(pile):
    page = pile.office.post(record(pile.leo), typed(pile.mum), follow=True)
    assert page.redirect_chain[-1][0] == f"/consent/pupil/{pile.leo.pk}/"


def test_a_family_without_a_form_is_passed_by_and_the_last_leads_nowhere(pile, people):
    una = people.pupil("Una", "Kerb")
    page = pile.office.get(f"{record(pile.tess)}?how=paper").text
    assert f"{record(una)}?how=paper" in page
    assert "go on to" not in pile.office.get(record(una)).text.lower()


def test_who_is_in_no_class_has_no_next_child(pile):
    pile.leo.school_class = None
    pile.leo.save()
    assert "go on to" not in pile.office.get(record(pile.leo)).text.lower()


def test_what_was_wrong_keeps_one_with_the_same_child(pile):
    page = pile.office.post(record(pile.leo), typed(pile.mum, go_on="", happened_on="soon"))
    assert page.status_code == 422
    assert "What did the family of Leo Z say?" in page.text


def test_forms_on_paper_name_the_child_the_uses_and_nobody_else(pile, people):
    page = pile.office.get(f"/consent/pupil/{pile.leo.pk}/form/").text
    assert "May we use pictures of Leo Z?" in page
    for purpose in Purpose.objects.all():
        assert purpose.name in page
    for words in ("Zebra", "Ada", "Bo ", "checked"):
        assert words not in page
    whole = pile.office.get(f"/consent/forms/{people.robins.pk}/").text
    places = [whole.index(f"pictures of {name}?") for name in ("Leo Z", "Mia K", "Tess K")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICE, 200),
        (Role.SENIOR_LEADER, 200),
        (Role.TEACHER, 404),
        (Role.OTHER_STAFF, 404),
        (Role.GOVERNOR, 404),
    ],
)
def test_only_those_who_write_answers_down_print_the_forms(role, status, pile, people, browse):
    reader = browse(people.staff(role, "Mx Reader", teaches=people.robins))
    for path in (f"/consent/pupil/{pile.leo.pk}/form/", f"/consent/forms/{people.robins.pk}/"):
        assert reader.get(path).status_code == status
