"""How staff come to a password that nobody else has ever known."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.actions import invitations as acts
from belisha.people.models import Invitation, Mail, Staff

PASSWORD = "lantern otter crossing kerb"


def link_in(text):
    return re.search(r"http://testserver(/account/invitation/\S+/)", text)[1]


def invite(browser, person, by="mail"):
    browser.post(reverse("staff_let_in", args=[person.pk]), {"by": by})
    return link_in(Mail.objects.latest("posted_at").body)


def test_the_office_invites_by_mail_and_never_sees_the_link(school, staff, enter):
    newcomer = Staff.objects.create(school=school, name="Ms Okoro", email="okoro@people.example")
    office = enter(staff.office)
    answer = office.post(reverse("staff_let_in", args=[newcomer.pk]), {"by": "mail"})
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == ("okoro@people.example", "invitation")
    assert mail.use_by - mail.posted_at == timedelta(days=7)
    page = office.get(answer["Location"]).content.decode()
    assert "/account/invitation/" not in page
    assert "has not come in yet" in page


def test_an_invitation_leads_over_the_password_to_the_second_step(school, staff, enter):
    newcomer = Staff.objects.create(school=school, name="Ms Okoro", email="okoro@people.example")
    link = invite(enter(staff.office), newcomer)
    browser = Client()
    assert b"Ms Okoro" in browser.get(link).content
    assert browser.post(link, {"password": PASSWORD})["Location"] == "/"
    assert browser.get("/")["Location"] == reverse("mfa_index")
    newcomer.refresh_from_db()
    assert newcomer.user.check_password(PASSWORD)
    assert Entry.objects.get(verb="invitation.accepted").by == newcomer.user_id


def test_an_invitation_does_not_skip_a_factor_that_is_there(staff, enter):
    link = invite(enter(staff.office), staff.teacher)
    browser = Client()
    assert browser.post(link, {"password": PASSWORD})["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session


def test_looking_at_the_link_spends_nothing_and_sending_spends_it(staff, enter):
    link = invite(enter(staff.office), staff.teacher)
    for _ in range(3):  # as a mail scanner does
        assert Client().get(link).status_code == 200
    assert Client().post(link, {"password": "short"}).status_code == 422
    assert Client().post(link, {"password": PASSWORD}).status_code == 302
    again = Client().post(link, {"password": PASSWORD})
    assert again.status_code == 410
    assert b"A link works once" in again.content
    assert Client().get(link).status_code == 410


def test_only_the_hash_of_a_link_is_kept(staff, enter):
    code = invite(enter(staff.office), staff.teacher).split("/")[3]
    row = Invitation.objects.get()
    assert (row.hash, len(row.hash)) == (acts.code_hash(code), 64)
    kept = str(list(Invitation.objects.values_list())) + str(list(Entry.objects.values_list()))
    assert code not in kept


def test_a_link_is_good_for_seven_days_and_no_longer(staff, enter):
    link = invite(enter(staff.office), staff.teacher)
    made = Invitation.objects.get()
    assert made.use_by - made.made_at == timedelta(days=7)
    code = link.split("/")[3]
    assert acts.invited(code, at=made.use_by - timedelta(seconds=1))
    assert acts.invited(code, at=made.use_by) is None


def test_a_newer_link_stops_the_older(staff, enter):
    office = enter(staff.office)
    older, newer = invite(office, staff.teacher), invite(office, staff.teacher)
    assert Client().get(older).status_code == 410
    assert Client().get(newer).status_code == 200


def test_who_has_left_cannot_use_a_link(staff, enter):
    head = enter(staff.head)
    link = invite(head, staff.teacher)
    head.post(reverse("staff_leave", args=[staff.teacher.pk]), {"on": "2026-11-20"})
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": PASSWORD}).status_code == 410


def test_nobody_invites_themselves(staff, enter):
    own = reverse("staff_let_in", args=[staff.head.pk])
    answer = enter(staff.head).post(own, {"by": "hand"})
    assert b"This is you" in answer.content
    assert not Invitation.objects.exists()


def test_the_link_opens_also_where_somebody_else_is_signed_in(staff, enter):
    office = enter(staff.office)
    link = invite(office, staff.teacher)
    assert office.post(link, {"password": PASSWORD})["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in office.session


@pytest.mark.parametrize("whom", ["teacher", "nobody", "dana", "left"])
def test_a_forgotten_password_answers_everyone_alike(staff, dana, client, whom):
    if whom == "left":
        staff.teacher.left_on = timezone.localdate()
        staff.teacher.save()
    address = {"teacher": staff.teacher.email, "left": staff.teacher.email, "dana": dana.email}
    answer = client.post(reverse("forgotten"), {"email": address.get(whom, "no@people.example")})
    said = answer.content.decode().replace(address.get(whom, "no@people.example"), "IT")
    assert (answer.status_code, "If IT signs in here with a password" in said) == (200, True)
    mail = Mail.objects.get()
    assert ("/account/invitation/" in mail.body) == (whom == "teacher")
    assert ("Nobody signs in with it" in mail.body) == (whom != "teacher")


def test_a_forgotten_password_costs_the_same_work_whoever_asks(staff, dana, client):
    def asked(address):
        with CaptureQueriesContext(connection) as told:
            client.post(reverse("forgotten"), {"email": address})
        return [re.sub(r"\d+|'[^']*'|NULL", "x", one["sql"]) for one in told]

    asked("first@people.example")  # makes the bucket of this network
    addresses = (staff.office.email, "no@people.example", dana.email)
    known, unknown, parent = ([one.split(" WHERE")[0] for one in asked(it)] for it in addresses)
    assert known == unknown == parent


def test_the_code_of_nobody_opens_nothing(school, client):
    at, code = timezone.now(), "bcdfg-bcdfg-bcdfg-bcdfg"
    client.post(reverse("forgotten"), {"email": "no@people.example"})
    assert Invitation.objects.filter(staff=None).update(hash=acts.code_hash(code)) == 1
    assert acts.invited(code, at=at) is None
    assert client.get(reverse("invitation", args=[code])).status_code == 410


def test_a_forgotten_password_is_chosen_anew_and_the_old_one_works_till_then(staff, client):
    staff.teacher.user.set_password("the old one of before")
    staff.teacher.user.save()
    client.post(reverse("forgotten"), {"email": staff.teacher.email.upper()})
    mail = Mail.objects.get()
    assert mail.use_by - mail.posted_at == timedelta(hours=1)
    staff.teacher.user.refresh_from_db()
    assert staff.teacher.user.check_password("the old one of before")
    answer = client.post(link_in(mail.body), {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_nobody_is_flooded_with_mails(staff, client):
    for _ in range(12):
        client.post(reverse("forgotten"), {"email": staff.teacher.email})
    assert Mail.objects.count() <= 5


def test_whoever_runs_the_server_lets_the_head_back_in(staff, capsys):
    call_command("invite", staff.head.email, lost_second_step=True)
    link = capsys.readouterr().out.strip()
    assert Client().post(link, {"password": PASSWORD})["Location"] == "/"
    assert not Authenticator.objects.filter(user=staff.head.user).exists()
    assert Entry.objects.get(verb="staff.let-in").by is None
    with pytest.raises(CommandError):
        call_command("invite", "nobody@people.example")
