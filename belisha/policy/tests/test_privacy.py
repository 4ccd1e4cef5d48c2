"""The review of one's own privacy settings: only its day is kept (B.v)."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.people.actions import staff as staff_acts
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy.actions import privacy as acts
from belisha.policy.models import PrivacyReview
from belisha.policy.platforms import PLATFORMS
from belisha.policy.readings import privacy_figures
from belisha.policy.todo import todo

DAY = timedelta(days=1)


@pytest.fixture
def head(school):
    return make_staff(school, "Mrs Zebrahart", Role.HEAD)


@pytest.fixture
def teacher(school, head):
    return make_staff(school, "Miss Puffin", Role.TEACHER)


@pytest.fixture
def is_now(now, monkeypatch):
    def is_now(at=now):
        monkeypatch.setattr(timezone, "now", lambda: at)

    is_now()
    return is_now


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client


def test_the_ticks_have_no_name_and_so_never_leave_the_browser(teacher, is_now):
    page = enter(teacher).get(reverse("privacy")).text
    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert len(boxes) == sum(len(platform.checks) for platform in PLATFORMS)
    assert [box for box in boxes if "name=" in box] == []
    for form in re.findall(r"<form.*?</form>", page, re.S):
        assert 'type="checkbox"' not in form


def test_only_the_day_is_kept_whatever_is_sent(teacher, is_now, now):
    enter(teacher).post(reverse("privacy"), {"facebook-1": "on", "note": "Xsecret"})
    (row,) = PrivacyReview.objects.values()
    assert set(row) == {"id", "school_id", "staff_id", "done_on"}
    assert row["done_on"] == now.date()
    rows = [repr(list(model._base_manager.values_list())) for model in apps.get_models()]
    assert not [said for said in rows if "Xsecret" in said or "facebook-1" in said]


def test_a_second_tap_on_a_day_writes_nothing_new_and_one_can_be_taken_back(teacher, now):
    for _ in range(2):
        acts.review_done(by=teacher.user, at=now)
    assert PrivacyReview.objects.count() == 1
    assert not acts.take_review_back(by=teacher.user, at=now + DAY), "only on the day itself"
    assert acts.take_review_back(by=teacher.user, at=now)
    assert not PrivacyReview.objects.exists()


def test_the_head_sees_who_is_overdue_and_nobody_else_does(head, teacher, is_now, now):
    is_now(now + 29 * DAY)
    acts.review_done(by=head.user, at=now)
    page = enter(head).get(reverse("privacy_overdue")).text
    assert "Miss Puffin" in page
    assert "1 of 2 have reviewed theirs" in page
    assert enter(teacher).get(reverse("privacy_overdue")).status_code == 404


def test_it_waits_on_my_first_page_two_weeks_before_it_is_due(head, teacher, now):
    def titles(person, at):
        return [task.title for task in todo(person.user, at.date())]

    mine = "Review your privacy settings"
    assert mine not in titles(teacher, now)  # the school opened today: four weeks
    assert mine in titles(teacher, now + 14 * DAY)
    assert "2 people have not reviewed their privacy settings" in titles(head, now + 29 * DAY)
    acts.review_done(by=teacher.user, at=now + 14 * DAY)
    assert mine not in titles(teacher, now + 14 * DAY)
    assert "1 person has not reviewed their privacy settings" in titles(head, now + 29 * DAY)


def test_the_figures_count_the_staff_of_a_day_and_their_term(school, head, teacher, now):
    make_staff(school, "Dr Pegasus", Role.GOVERNOR)
    acts.review_done(by=teacher.user, at=now)
    assert privacy_figures(now.date()) == (1, 2), "governors are not asked"
    assert privacy_figures((now - DAY).date()) == (0, 2)
    assert privacy_figures((now + 60 * DAY).date()) == (0, 2), "another term"
    staff_acts.leave(teacher, on=now.date(), by=head.user, at=now)
    assert privacy_figures(now.date()) == (0, 1)
