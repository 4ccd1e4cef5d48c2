"""A child who must not be found: nobody but the lead can tell."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import protection
from belisha.people.models import Protection, protected

WHY = "Lives in a refuge."


def seen(browser, urls):
    """What each page shows, without the forms' own random keys."""
    return {
        url: re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', b"", page.content)
        for url in urls
        if (page := browser.get(url)).status_code in (200, 404)
    }


@pytest.fixture
def pages(maisie, ada, dana, robins, wrens, staff):
    tie = dana.relations.get(pupil=maisie)
    return [
        reverse("people"),
        reverse("people") + "?q=mai",
        reverse("people_left"),
        reverse("pupils_csv"),
        reverse("class", args=[robins.pk]),
        reverse("class_csv", args=[robins.pk]),
        reverse("class_change", args=[robins.pk]),
        reverse("class_move", args=[robins.pk]),
        reverse("pupil", args=[maisie.pk]),
        reverse("pupil", args=[ada.pk]),
        reverse("pupil_change", args=[maisie.pk]),
        reverse("pupil_leave", args=[maisie.pk]),
        reverse("pupil_erase", args=[maisie.pk]),
        reverse("parent_add", args=[maisie.pk]),
        reverse("parent", args=[dana.pk]),
        reverse("relation_change", args=[tie.pk]),
        reverse("relation_end", args=[tie.pk]),
        reverse("staff_list"),
        reverse("staff", args=[staff.lead.pk]),
        reverse("staff", args=[staff.teacher.pk]),
        reverse("school"),
        reverse("protected"),
        reverse("protection", args=[maisie.pk]),
    ]


@pytest.mark.parametrize("who", ["head", "office", "teacher", "other_teacher", "governor"])
def test_every_page_is_the_same_to_the_byte_with_and_without(staff, enter, who, pages, maisie, now):
    browser = enter(getattr(staff, who))
    before = seen(browser, pages)
    protection.protect(maisie, why=WHY, by=staff.lead.user, at=now)
    assert seen(browser, pages) == before
    assert len(before) == len(pages)


def test_the_leads_other_pages_are_the_same_too(staff, enter, pages, maisie, now):
    lead = enter(staff.lead)
    others = [page for page in pages if not page.startswith("/protected/")]
    before = seen(lead, others)
    protection.protect(maisie, why=WHY, by=staff.lead.user, at=now)
    assert seen(lead, others) == before
    assert reverse("protected").encode() in before[reverse("people")]


def test_the_lead_protects_with_a_reason_and_lifts_with_a_reason(staff, enter, maisie):
    lead, url = enter(staff.lead), reverse("protection", args=[maisie.pk])
    assert url in lead.get(reverse("protected"), {"q": "tarmac"}).content.decode()
    assert lead.post(url, {"why": ""}).status_code == 422
    lead.post(url, {"why": WHY})
    assert protected([maisie.pk]) == {maisie.pk}
    assert "Maisie T" in lead.get(reverse("protected")).content.decode()
    lead.post(url, {"why": "The order has ended."})
    assert protected([maisie.pk]) == frozenset()
    page = lead.get(url).content.decode()
    assert WHY in page
    assert "The order has ended." in page


@pytest.mark.parametrize("who", ["head", "office", "teacher"])
def test_nobody_else_protects_or_lifts(staff, enter, maisie, now, who):
    person = getattr(staff, who)
    for url in (reverse("protected"), reverse("protection", args=[maisie.pk])):
        assert enter(person).get(url).status_code == 404
    enter(person).post(reverse("protection", args=[maisie.pk]), {"why": WHY})
    assert not Protection.objects.exists()
    for act in (protection.protect, protection.lift):
        with pytest.raises(Refused):
            act(maisie, why=WHY, by=person.user, at=now)


def test_a_child_is_protected_once_and_lifted_once(staff, maisie, now):
    protection.protect(maisie, why=WHY, by=staff.lead.user, at=now)
    with pytest.raises(ValidationError, match="already"):
        protection.protect(maisie, why=WHY, by=staff.lead.user, at=now)
    protection.lift(maisie, why=WHY, by=staff.lead.user, at=now)
    with pytest.raises(ValidationError, match="not protected now"):
        protection.lift(maisie, why=WHY, by=staff.lead.user, at=now)


def test_the_record_tells_when_the_lead_acted_and_not_what_or_about_whom(staff, maisie, now):
    protection.protect(maisie, why=WHY, by=staff.lead.user, at=now)
    protection.lift(maisie, why=WHY, by=staff.lead.user, at=now)
    entries = Entry.objects.values_list("verb", "about", "facts").distinct()
    assert list(entries) == [("safeguarding.noted", f"school:{maisie.school_id}", {})]
