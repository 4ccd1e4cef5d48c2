"""The pages of complaints: for families without an account, for whoever hears them, for others."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from belisha.complaints.models import Complaint, ContactLimit, Offer, Step
from belisha.complaints.tests.conftest import TYPED, enter
from belisha.complaints.views.families import SEND_FROM_NETWORK, WRONG_CODE
from belisha.complaints.views.hearing import ACTS

DAY = timedelta(days=1)
CODE = re.compile(r"<bdi dir=\"ltr\">((?:[a-z0-9]{4}-){3}[a-z0-9]{4})</bdi>")


@pytest.fixture(autouse=True)
def pages(cast, is_now, client):
    """Marks these as tests of pages; they make browsers of their own."""
    cache.clear()


def send(browser, **typed):
    return browser.post(reverse("complain"), {**TYPED, **typed}, follow=True)


def act(complaint, name):
    step = Step.objects.get(complaint=complaint, ended_at=None)
    return f"{reverse('complaint_act', args=[complaint.ref, name])}?stage={step.pk}"


def test_without_an_account_one_sends_it_and_comes_back_by_the_code(cast):
    browser = Client()
    page = send(browser)
    code = CODE.search(page.text)[1]
    complaint = Complaint.objects.get()
    here = reverse("complain_one", args=[complaint.ref])
    assert "the class teacher" in page.text and TYPED["words"] in page.text
    assert CODE.search(browser.get(here).text) is None, "it is shown once"
    other = Client()
    assert other.get(here).status_code == other.get("/complain/nothing/").status_code == 404
    assert other.post(reverse("complain_code"), {"code": "xxxx"}).status_code == 422
    assert other.post(reverse("complain_code"), {"code": code.upper()}).url == here
    assert other.get(here).status_code == 200
    other.post(reverse("complain_lost"), {"email": TYPED["email"]})
    assert other.get(here).status_code == 404, "a new code shuts out who had the old one"


def test_what_was_typed_is_kept_when_something_is_missing(cast):
    page = send(Client(), words="", name="Xenia")
    assert page.status_code == 422
    assert 'value="Xenia"' in page.text and not Complaint.objects.exists()


def test_who_sends_or_guesses_too_much_must_wait(cast):
    browser = Client()
    for _ in range(SEND_FROM_NETWORK.times):
        send(browser)
    assert send(browser).status_code == 429
    guesses = [
        browser.post(reverse("complain_code"), {"code": "wrong"}).status_code
        for _ in range(WRONG_CODE.times + 1)
    ]
    assert guesses[-2:] == [422, 429]


def test_whether_an_address_is_known_is_not_said(cast):
    send(Client())
    said = [
        Client().post(reverse("complain_lost"), {"email": email}, follow=True).text
        for email in (TYPED["email"], "nobody@home.example")
    ]
    plain = [re.sub(r"\w{64}", "", one) for one in said]
    assert plain[0] == plain[1]


def test_a_parent_who_signed_in_chooses_their_child_and_needs_no_code(cast):
    browser = enter(cast.parent)
    form = browser.get(reverse("complain")).text
    assert "Ada" in form and "Your name" not in form
    send(browser, child=cast.child.pk)
    complaint = Complaint.objects.get()
    assert (complaint.parent, complaint.school_class) == (cast.parent, cast.robins)
    again = enter(cast.parent)
    assert again.get(reverse("complain_one", args=[complaint.ref])).status_code == 200
    assert complaint.ref in again.get(reverse("complain_code")).text
    assert enter(cast.teacher).get(reverse("complain_one", args=[complaint.ref])).status_code == 404


def test_the_teacher_acknowledges_and_answers_and_the_parent_goes_on(cast):
    browser = Client()
    send(browser)
    complaint = Complaint.objects.get()
    teacher, here = enter(cast.teacher), reverse("complain_one", args=[complaint.ref])
    read = act(complaint, "answer")
    page = teacher.get(act(complaint, "arrived"))
    assert "answer by 27 November 2026" in page.text
    teacher.post(act(complaint, "arrived"), {"words": "It arrived."})
    assert "It arrived." in browser.get(here).text
    answer = {"outcome": "not-upheld", "reasons": "We looked.", "put_right": ""}
    assert teacher.post(read, answer).status_code == 302
    slower = enter(cast.head).post(read, answer)
    assert slower.status_code == 422 and "Somebody was quicker" in slower.text
    assert "We looked." in slower.text, "what was typed is kept"
    page = browser.get(here).text
    assert "We do not agree." in page and "until 4 December 2026" in page
    browser.post(reverse("complain_act", args=[complaint.ref, "go-on"]), {"words": "Not settled."})
    assert "the head" in browser.get(here).text
    assert complaint.ref not in teacher.get(reverse("complaints")).text
    assert "Not settled." in enter(cast.head).get(reverse("complaint", args=[complaint.ref])).text


def test_every_act_has_a_page_for_whoever_hears_it_and_for_nobody_else(cast, sent):
    complaint, _ = sent()
    teacher, office = enter(cast.teacher), enter(cast.office)
    for name in ACTS:
        allowed = 404 if name == "limit" and not cast.teacher.user.has_role() else 200
        assert teacher.get(act(complaint, name)).status_code in (200, allowed), name
        assert office.get(act(complaint, name)).status_code == 404, name
        assert office.post(act(complaint, name)).status_code == 404, name
    assert teacher.get(act(complaint, "nothing")).status_code == 404
    wrong = f"{reverse('complaint_act', args=[complaint.ref, 'answer'])}?stage=1"
    assert teacher.get(wrong).status_code == 404


def all_that_the_head_reads(cast, ref):
    head = enter(cast.head)
    addresses = (
        *("/", "/registers/", "/complaints/", "/complaints/figures/", "/complaints/offers/"),
        *("/search/?q=Xenia", "/people/", "/mail/", "/policy/", "/evidence/", "/report/"),
        *(f"/complaints/{ref}/", f"/complaints/{ref}/pdf/", f"/complaints/{ref}/answer/"),
        *(f"/complain/{ref}/", "/complaints/csv/", "/complaints/figures/?as=csv"),
    )
    for address in addresses:
        page = head.get(address, follow=True)
        said = re.sub(r"\w{64}|nonce=\S+", "", page.text).replace(ref, "")
        yield address.replace(ref, "REF"), page.status_code, re.sub(r"\d{1,2}:\d\d[ap]m", "", said)


def test_the_head_s_whole_session_is_the_same_with_and_without_a_complaint_about_the_head(
    cast, sent
):
    sent()  # and its mail, since Today says when mail cannot go out
    without = list(all_that_the_head_reads(cast, "nothing"))
    about, _ = sent(subject="head")
    named, _ = sent(subject="school", who="Zebrahart")
    for complaint in (about, named):
        with_it = list(all_that_the_head_reads(cast, complaint.ref))
        for before, after in zip(without, with_it, strict=True):
            assert before[:2] == after[:2]
            lines = zip(before[2].splitlines(), after[2].splitlines(), strict=False)
            assert [pair for pair in lines if pair[0] != pair[1]] == [], before[0]


def test_a_limit_to_contact_is_agreed_to_by_another_person_on_its_page(cast, sent, now):
    complaint, _ = sent(formal=True)
    typed = {"limit": "By letter", "reasons": "Many", "tried": "A meeting"}
    head = enter(cast.head)
    head.post(act(complaint, "limit"), {**typed, "review_on": now.date() + 60 * DAY})
    limit = ContactLimit.objects.get()
    here = reverse("complaint_limit", args=[limit.ref])
    assert "Agree to it" not in head.get(here).text
    assert head.post(here, {"agree": "yes"}).status_code == 404
    leader = enter(cast.leader)
    assert "Agree to it" in leader.get(here).text
    leader.post(here, {"agree": "yes"})
    assert "Contact is limited" in head.get(reverse("complaint", args=[complaint.ref])).text
    head.post(here, {"words": "Calm now"})
    assert "Contact is limited" not in head.get(reverse("complaint", args=[complaint.ref])).text


def test_what_comes_by_letter_is_written_down_and_its_family_gets_a_code(cast, now):
    typed = {**TYPED, "how": "letter", "received_on": now.date(), "email": cast.parent.email}
    page = enter(cast.office).post(reverse("complaint_add"), typed)
    assert re.search(r"<code>(?:[a-z0-9]{4}-){3}[a-z0-9]{4}</code>", page.text)
    assert Complaint.objects.get().parent == cast.parent
    assert "None for you" in enter(cast.office).get(reverse("complaints")).text


def test_the_register_is_filtered_and_exported_and_one_is_printed(cast, sent):
    complaint, _ = sent()
    sent(name="Zoltan Layby", formal=True)
    head = enter(cast.head)
    found = head.get(reverse("complaints"), {"q": "Xen"}).text
    assert "Xenia Backstreet" in found and "Zoltan" not in found
    assert "Zoltan" in head.get(reverse("complaints"), {"stage": "one"}).text
    Complaint.objects.filter(pk=complaint.pk).update(language="pl")
    assert "Polish" in head.get(reverse("complaint", args=[complaint.ref])).text
    session = head.session
    session["fresh_at"] = "2026-11-20T09:00:00+00:00"
    session.save()
    rows = head.get(reverse("complaints_csv"), {"q": "Xen"}).text.splitlines()
    assert len(rows) == 2 and "Xenia Backstreet" in rows[1] and "Miss Puffin" in rows[1]
    assert head.get(reverse("complaint_pdf", args=[complaint.ref])).content[:5] == b"%PDF-"
    figures = head.get(reverse("complaint_figures"), {"as": "csv"}).text
    assert "1 to 4" in figures and "Xenia" not in figures


def test_an_offer_is_kept_with_a_ready_reply(cast, now):
    office = enter(cast.office)
    form = office.get(reverse("complaint_offer_add")).text
    reply = re.search(r"<textarea name=\"reply\"[^>]*>\s*([^<]*)", form)[1]
    assert "http://testserver/complain/" in reply
    day = now.date()
    office.post(
        reverse("complaint_offer_add"),
        {"where": "A group", "seen": "Lunch", "seen_on": day, "reply": reply, "offered_on": day},
    )
    assert Offer.objects.get().reply == reply.strip()
    strike = reverse("complaint_offer_strike", args=[Offer.objects.get().ref])
    assert strike in office.get(reverse("complaint_offers")).text
    assert enter(cast.teacher).get(strike).status_code == 404
    office.post(strike, {"why": "It was another group"})
    assert "<s>A group</s>" in (listed := office.get(reverse("complaint_offers")).text)
    assert "It was another group" in listed and strike not in listed
    assert "A group" in office.get(reverse("complaint_offers"), {"as": "csv"}).text


def test_the_school_sets_its_times_on_a_page(cast):
    page = enter(cast.head).get(reverse("complaint_targets"))
    assert 'value="15"' in page.text
    typed = dict.fromkeys(
        ("acknowledge", "concern", "one", "two", "panel", "go_on", "keep_years"), "4"
    )
    assert enter(cast.head).post(reverse("complaint_targets"), typed).status_code == 302
    assert (
        enter(cast.head).post(reverse("complaint_targets"), typed | {"one": "900"}).status_code
        == 422
    )
