"""A parent answers on their own page: at once, for themselves alone, in their own language."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone, translation

from belisha.consent.actions import NotFresh, answer, set_aside
from belisha.consent.models import Answer, How, facts
from belisha.consent.rules import Fact, Kind
from belisha.consent.todo import todo
from belisha.people.access import Refused
from belisha.people.models import Mail
from belisha.people.rules import LANGUAGES, Role
from belisha.policy.actions import change as change_purpose
from belisha.policy.models import Purpose
from belisha.policy.rules import PURPOSES
from belisha.policy.wording import FOR_PARENTS, MEANS, SHIPPED_WORDS


def place(child, more=""):
    return f"/children/{child.pk}/{more}"


def tap(browser, child, said, purpose="newsletter", **more):
    """What a tap on Yes or No sends, with the mark of the words that the page shows."""
    page = browser.get(place(child)).text
    words = re.search(rf'value="{purpose}"><input [^>]*name="words" value="(\w+)"', page)
    fields = {"purpose": purpose, "answer": said, "words": words[1]} | more
    return browser.post(place(child, "answer/"), fields)


def card(page, purpose="newsletter"):
    """The part of a page that asks about one purpose."""
    return page.split(f'<form id="{purpose}"')[1].split("</form>")[0]


def counts(child, purpose="newsletter"):
    return facts([child.pk], on=timezone.localdate())[child.pk, purpose]


def stale(browser):
    session = browser.session
    del session["fresh_at"]
    session.save()


def test_nothing_is_chosen_before_a_parent_chooses(family, browse):
    page = browse(family.mum.user).get(place(family.leo)).text
    assert 'aria-pressed="true"' not in page
    assert page.count("Not answered yet. Until you choose, we treat it as No.") == 6
    assert "0 of 6 answered" in page
    assert "yes to all" not in page.lower()


def test_what_is_to_be_answered_has_the_main_button(family, browse):
    browser = browse(family.mum.user)
    assert 'class="btn wide" href="/children/' in browser.get("/children/").text
    for purpose in Purpose.objects.in_use().filter(each_picture=False):
        tap(browser, family.leo, "no", purpose.key)
    assert 'class="btn wide second" href="/children/' in browser.get("/children/").text


def test_one_tap_saves_a_no_and_says_what_happens_next(family, browse):
    browser = browse(family.mum.user)
    done = tap(browser, family.leo, "no", "website")
    assert done.headers["Location"] == place(family.leo) + "#website"
    page = browser.get(place(family.leo)).text
    assert re.search(
        r"Saved today at \d+:\d\d[ap]m\.\s+From now on we do not show Leo here\.",
        card(page, "website"),
    )
    assert "1 of 6 answered" in page
    kept = Answer.objects.get()
    assert (kept.kind, kept.how, kept.recorded_by) == ("refused", How.WEB, family.mum.user)
    assert counts(family.leo, "website") is Fact.REFUSED


def test_one_tap_saves_a_yes_and_another_takes_it_back(family, browse):
    browser = browse(family.mum.user)
    tap(browser, family.leo, "yes")
    assert counts(family.leo) is Fact.GIVEN
    assert 'value="yes" aria-pressed="true"' in card(browser.get(place(family.leo)).text)
    tap(browser, family.leo, "no")
    assert counts(family.leo) is Fact.WITHDRAWN
    page = browser.get(place(family.leo)).text
    assert "Newsletter: changed from Yes to <b>No</b>" in page
    assert page.index("changed from Yes") < page.index("Newsletter: <b>Yes</b>")


def test_a_no_is_as_easy_as_a_yes(family, browse):
    page = card(browse(family.mum.user).get(place(family.leo)).text)
    buttons = re.findall(r'<button class="say (\w)" name="answer" value="(\w+)"', page)
    assert buttons == [("y", "yes"), ("n", "no")]


def test_a_no_of_weeks_ago_and_a_paper_form_are_said_with_their_day(family, browse, say):
    say(family.leo, family.mum, "given")
    say(family.leo, family.mum, "given", Purpose.objects.get(key="press"), expires=date(2099, 7, 1))
    page = browse(family.mum.user).get(place(family.leo)).text
    assert "You told us on 1 September 2026, on paper." in card(page)
    assert "Your yes counts until 1 July 2099." in card(page, "press")


def test_a_yes_that_ran_out_or_was_set_aside_is_asked_for_again(family, browse, say, now):
    press = Purpose.objects.get(key="press")
    say(family.leo, family.mum, "given", press, expires=date(2026, 9, 30))
    wrong = say(family.leo, family.mum, "given")
    set_aside(wrong, why="Xsecret neighbour", by=family.office, at=now)
    page = browse(family.mum.user).get(place(family.leo)).text
    assert "Your yes ran out on 30 September 2026." in card(page, "press")
    assert "The school has set your answer aside." in card(page)
    assert "Newsletter: the school set aside your answer of 1 September 2026" in page
    assert "Xsecret" not in page, "what staff write down is not for this page"
    assert "0 of 6 answered" in page


def test_promotion_is_asked_for_each_picture_and_a_general_no_stops_the_asking(family, browse):
    browser = browse(family.mum.user)
    before = card(browser.get(place(family.leo)).text, "promotional")
    assert "We ask you before each picture." in before
    assert 'value="yes"' not in before
    tap(browser, family.leo, "no", "promotional")
    assert counts(family.leo, "promotional") is Fact.REFUSED
    after = card(browser.get(place(family.leo)).text, "promotional")
    assert "We will not ask you." in after
    assert ">Ask me each time</button>" in after
    tap(browser, family.leo, "yes", "promotional")
    assert "We will ask you before each picture." in card(
        browser.get(place(family.leo)).text, "promotional"
    )


def test_saying_no_to_everything_is_asked_once_and_then_kept(family, browse, say):
    say(family.leo, family.mum, "given")
    browser = browse(family.mum.user)
    asked = browser.get(place(family.leo, "no/")).text
    assert Answer.objects.count() == 1
    assert all(terms.name in asked for terms in PURPOSES)
    page = browser.post(place(family.leo, "no/"), follow=True).text
    assert "You have said no to everything for Leo." in page
    assert "6 of 6 answered" in page
    assert {counts(family.leo, terms.key) for terms in PURPOSES} == {Fact.REFUSED, Fact.WITHDRAWN}


def test_one_visit_serves_all_children(people, family, browse):
    mia = people.pupil("Mia")
    both = people.parent(family.leo, mia, name="Ed Zebra")
    browser = browse(both.user)
    assert browser.get("/").headers["Location"] == "/children/"
    page = browser.get("/children/").text
    assert place(family.leo) in page
    assert place(mia) in page
    assert f'href="{place(mia)}">Next: pictures of Mia' in browser.get(place(family.leo)).text
    assert f'href="{place(family.leo)}">Next: pictures of Leo' in browser.get(place(mia)).text


def test_a_member_of_staff_with_a_child_keeps_their_day_and_finds_the_child(people, family, browse):
    user = people.staff(Role.TEACHER, "Miss Raman")
    parent = people.parent(family.leo, name="Rae Zebra")
    parent.user = user
    parent.save()
    browser = browse(user)
    assert "/children/" in browser.get("/").text
    assert tap(browser, family.leo, "no").status_code == 302


def test_a_copy_of_all_answers_holds_the_words_that_were_shown(people, family, browse):
    mia = people.pupil("Mia")
    both = people.parent(family.leo, mia, name="Ed Zebra")
    browser = browse(both.user)
    tap(browser, family.leo, "no", "website")
    tap(browser, mia, "yes", "press")
    copy = browser.get("/children/copy/").text
    assert "Ed Zebra" in copy
    for words in ("Leo", "Mia", "School website: <b>No</b>", "Anyone in the world.", "A reporter"):
        assert words in copy


# --- who may ---------------------------------------------------------------------------------


def test_an_order_against_contact_closes_every_page_at_once(family, browse):
    browser = browse(family.dad.user)
    tap(browser, family.leo, "yes")
    family.leo.relations.filter(parent=family.dad).update(no_contact=True)
    for path in ("/children/", "/children/copy/", place(family.leo), place(family.leo, "no/")):
        assert browser.get(path)["Location"].startswith("/account/login/"), "as a stranger"
    fields = {"purpose": "newsletter", "answer": "no"}
    for path in (place(family.leo, "answer/"), place(family.leo, "no/")):
        assert browser.post(path, fields)["Location"].startswith("/account/login/")
    assert Answer.objects.count() == 1


def test_a_child_of_an_order_vanishes_and_the_others_stay(people, family, browse):
    mia = people.pupil("Mia", "Stripe")
    both = people.parent(family.leo, mia, name="Ed Zebra")
    mia.relations.update(no_contact=True)
    browser = browse(both.user)
    assert "Leo" in browser.get("/children/").text
    assert "Mia" not in browser.get("/children/").text + browser.get(place(family.leo)).text
    assert browser.get(place(mia)).status_code == 404


def test_without_parental_responsibility_one_sees_the_name_and_is_asked_nothing(
    people, family, browse
):
    aunt = people.parent(family.leo, name="Cy Zebra", responsible=False)
    browser = browse(aunt.user)
    for path in ("/children/", place(family.leo)):
        page = browser.get(path).text
        assert "Leo" in page
        assert "If that is you, tell the school office." in page
        assert "<fieldset" not in page
    fields = {"purpose": "newsletter", "answer": "no"}
    assert browser.post(place(family.leo, "answer/"), fields).status_code == 404
    assert browser.get(place(family.leo, "no/")).status_code == 404
    assert not Answer.objects.exists()


def test_a_parent_answers_for_their_own_child_alone(people, family, browse, now):
    mia = people.pupil("Mia", "Stripe")
    people.parent(mia, name="Di Stripe")
    browser = browse(family.mum.user)
    assert browser.get(place(mia)).status_code == 404
    fields = {"purpose": "newsletter", "answer": "no"}
    assert browser.post(place(mia, "answer/"), fields).status_code == 404
    draft = Answer(purpose=Purpose.objects.get(key="press"), kind=Kind.REFUSED)
    with pytest.raises(Refused):
        answer(mia, [draft], by=family.mum.user, at=now, fresh=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"purpose": "nonsense", "answer": "no"},
        {"purpose": "newsletter", "answer": "perhaps"},
        {"purpose": "newsletter"},
        {},
    ],
)
def test_what_no_button_sends_is_no_answer(fields, family, browse):
    browser = browse(family.mum.user)
    assert browser.post(place(family.leo, "answer/"), fields).status_code == 404
    assert not Answer.objects.exists()


def test_a_purpose_out_of_use_is_not_asked_about(family, browse, purpose):
    Purpose.objects.filter(key="press").update(in_use=False)
    browser = browse(family.mum.user)
    assert "Newspapers" not in browser.get(place(family.leo)).text
    fields = {"purpose": "press", "answer": "no"}
    assert browser.post(place(family.leo, "answer/"), fields).status_code == 404


# --- two homes -------------------------------------------------------------------------------


def test_two_parents_who_answer_in_the_same_second_both_count(family, now):
    newsletter = Purpose.objects.get(key="newsletter")
    for parent, kind in ((family.mum, Kind.GIVEN), (family.dad, Kind.REFUSED)):
        draft = Answer(purpose=newsletter, kind=kind, wording="w")
        answer(family.leo, [draft], by=parent.user, at=now, fresh=True)
    assert Answer.objects.count() == 2
    assert facts([family.leo.pk], on=now.date())[family.leo.pk, "newsletter"] is Fact.CONFLICT


def test_a_conflict_is_a_no_that_the_office_settles_by_talking(family, browse):
    tap(browse(family.mum.user), family.leo, "yes")
    tap(browse(family.dad.user), family.leo, "no")
    assert counts(family.leo) is Fact.CONFLICT
    task = next(iter(todo(family.office, timezone.localdate())))
    assert task.title == "The answers for Leo Z differ"
    page = browse(family.office).get(task.url).text
    assert "No, answers differ" in page
    assert "override" not in page.lower()


CANARIES = ("Bo Zebra", "bo.zebra", "xdadmail", "xdadphone", "xdadword")


def test_neither_parent_meets_a_word_of_the_other(family, browse):
    dad = family.dad
    dad.email, dad.phone, dad.language = "xdadmail@homes.example", "xdadphone", "pl"
    dad.save()
    mum = browse(family.mum.user)
    paths = ("/children/", place(family.leo), place(family.leo, "no/"), "/children/copy/")
    before = [without_keys(mum.get(path).text) for path in paths]
    tap(browse(dad.user), family.leo, "no", "website")
    tap(browse(dad.user), family.leo, "yes", "press")
    Answer.objects.update(why="xdadword")
    after = [without_keys(mum.get(path).text) for path in paths]
    assert before == after, "the page of one is the same whatever the other says"
    assert not [word for word in CANARIES if word in "".join(after)]


def without_keys(text):
    text = re.sub(r'"\w{64}"', "…", text)  # the keys of forms
    return re.sub(r"\d+:\d\d[ap]m", "…", text)


def test_a_parent_of_a_protected_child_sees_the_page_of_any_other_child(people, browse):
    pages = []
    for name in ("Hidden", "Plainly"):
        child = people.pupil(name, "Xzz")
        parent = people.parent(child, name="Pa Xzz") if name == "Hidden" else None
        if parent is None:
            parent = people.parent(child, name="Pb Xzz")
        else:
            people.protect(child)
        browser = browse(parent.user)
        tap(browser, child, "yes")
        tap(browser, child, "no", "press")
        page = without_keys(browser.get(place(child)).text)
        pages.append(page.replace(name, "…").replace(str(child.pk), "…"))
    assert pages[0] == pages[1]


# --- narrowing and widening ------------------------------------------------------------------


def test_a_no_needs_no_fresh_sign_in(family, browse, say):
    say(family.leo, family.mum, "given")
    browser = browse(family.mum.user)
    stale(browser)
    tap(browser, family.leo, "no")
    assert counts(family.leo) is Fact.WITHDRAWN
    browser.post(place(family.leo, "no/"))
    assert {counts(family.leo, terms.key) for terms in PURPOSES} == {Fact.REFUSED, Fact.WITHDRAWN}


def test_a_yes_needs_one_and_is_one_tap_away_afterwards(family, browse):
    browser = browse(family.mum.user)
    stale(browser)
    sent = urlsplit(tap(browser, family.leo, "yes", "website").headers["Location"])
    assert sent.path.rstrip("/").endswith("/again")
    assert not Answer.objects.exists()
    back = parse_qs(sent.query)["next"][0]
    assert back == place(family.leo) + "?yes=website#website"
    page = browser.get(back).text
    assert not Answer.objects.exists(), "looking changes nothing"
    assert "Tap Yes once more to save it." in card(page, "website")
    assert page.count("once more") == 1
    browser.force_login(family.mum.user)
    tap(browser, family.leo, "yes", "website")
    assert counts(family.leo, "website") is Fact.GIVEN


@pytest.mark.parametrize("standing", ["nothing", "no", "a yes that ends", "set aside"])
def test_what_widens_is_a_yes_where_no_lasting_yes_stands(standing, family, say, now):
    newsletter = Purpose.objects.get(key="newsletter")
    if standing == "no":
        say(family.leo, family.mum, "refused")
    elif standing == "a yes that ends":
        say(family.leo, family.mum, "given", expires=date(2027, 1, 1))
    elif standing == "set aside":
        said = say(family.leo, family.mum, "given")
        set_aside(said, why="Wrong", by=family.office, at=now)
    say(family.leo, family.dad, "given")  # of no account for her
    drafts = [Answer(purpose=newsletter, kind=Kind.GIVEN, wording="w")]
    written = Answer.objects.count()
    with pytest.raises(NotFresh):
        answer(family.leo, drafts, by=family.mum.user, at=now, fresh=False)
    assert Answer.objects.count() == written
    assert not Mail.objects.exists()


def test_saying_again_what_stands_widens_nothing(family, say, now):
    say(family.leo, family.mum, "given")
    draft = Answer(purpose=Purpose.objects.get(key="newsletter"), kind=Kind.GIVEN, wording="w")
    answer(family.leo, [draft], by=family.mum.user, at=now, fresh=False)
    assert not Mail.objects.exists()


def test_after_a_yes_everyone_who_answers_is_told_the_same_and_nothing_of_it(
    people, family, browse
):
    for parent, language in ((family.mum, ""), (family.dad, "")):
        parent.email, parent.language = f"x{parent.pk}@homes.example", language
        parent.save()
    barred = people.parent(family.leo, name="Ox Zebra", no_contact=True)
    aunt = people.parent(family.leo, name="Cy Zebra", responsible=False)
    for one in (barred, aunt):
        one.email = "never@homes.example"
        one.save()
    browser = browse(family.mum.user)
    tap(browser, family.leo, "yes", "website")
    tap(browser, family.leo, "yes", "press")
    sent = list(Mail.objects.all())
    assert {mail.to for mail in sent} == {family.mum.email, family.dad.email}
    assert len(sent) == 2, "one message in one sitting"
    assert sent[0].body == sent[1].body
    assert {mail.kind for mail in sent} == {"answer-widened"}
    words = sent[0].subject + sent[0].body
    for secret in ("Leo", "Zebra", "Ada", "Bo", "website", "Yes", "homes.example"):
        assert secret not in words
    assert "If it was not you" in words


def test_the_message_comes_in_the_language_of_each_and_again_in_the_next_sitting(family, now):
    family.mum.email, family.dad.email, family.dad.language = "a@x.example", "b@x.example", "pl"
    family.mum.save()
    family.dad.save()
    family.mum.user.__dict__.pop("parent", None)
    for later, key in ((0, "press"), (5, "website"), (16, "display")):
        draft = Answer(purpose=Purpose.objects.get(key=key), kind=Kind.GIVEN, wording="w")
        at = now + timedelta(minutes=later)
        answer(family.leo, [draft], by=family.mum.user, at=at, fresh=True)
    assert Mail.objects.filter(language="pl").count() == 2
    polish, english = (Mail.objects.filter(to=to).first() for to in ("b@x.example", "a@x.example"))
    assert "Zmieniono odpowiedzi" in polish.subject
    assert "were changed" in english.subject


def test_a_no_tells_nobody(family, browse):
    family.dad.email = "dad@homes.example"
    family.dad.save()
    tap(browse(family.mum.user), family.leo, "no")
    assert not Mail.objects.exists()


def test_a_tap_after_the_session_ended_leads_by_the_sign_in_back_to_the_child(family, client):
    fields = {"purpose": "press", "answer": "no"}
    page = f"http://testserver{place(family.leo)}"
    sent = client.post(place(family.leo, "answer/"), fields, headers={"referer": page})
    assert sent["Location"] == f"/account/login/?next={place(family.leo)}"
    assert not Answer.objects.exists()


# --- taps and words --------------------------------------------------------------------------


def test_a_double_tap_writes_one_answer(family, browse):
    browser = browse(family.mum.user)
    for _ in range(2):
        tap(browser, family.leo, "yes")
    assert Answer.objects.count() == 1


@pytest.mark.skipif(
    "BELISHA_DATABASE" in os.environ, reason="the trial makes a SQLite folder of its own"
)
def test_two_taps_in_the_same_instant_write_one_answer_and_two_parents_two(tmp_path, figure):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(tmp_path / "taps"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "belisha.consent.tests.trials.taps"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    told = json.loads(done.stdout)
    assert told["taps of one parent"] == [1] * told["trials"]
    assert told["answers of two parents"] == [2] * told["trials"]
    assert told["mails"] == [1] * told["trials"]
    figure(f"{told['trials']} double taps at once, each one answer and one message")


def test_a_yes_is_never_kept_under_words_that_came_later(family, browse, people, now):
    browser = browse(family.mum.user)
    page = browser.get(place(family.leo)).text
    old = re.search(r'value="newsletter"><input [^>]*name="words" value="(\w+)"', page)[1]
    head = people.staff(Role.HEAD, "Mrs Adeyemi")
    newsletter = Purpose.objects.get(key="newsletter")
    change_purpose(newsletter, by=head, at=now, audience="Everyone in the town.")
    fields = {"purpose": "newsletter", "answer": "yes", "words": old}
    page = browser.post(place(family.leo, "answer/"), fields, follow=True).text
    assert "The words have changed since you opened the page." in page
    assert "Everyone in the town." in page
    assert not Answer.objects.exists()
    browser.post(place(family.leo, "answer/"), fields | {"answer": "no"})
    assert counts(family.leo) is Fact.REFUSED, "a no is kept whatever the words"


@pytest.mark.parametrize("language", [code for code, _ in LANGUAGES])
def test_the_words_shown_are_kept_with_the_answer_in_their_language(language, family, browse):
    browser = browse(family.mum.user)
    browser.post("/language/", {"language": language})
    page = browser.get(place(family.leo)).text
    assert f'<html lang="{language}"' in page
    tap(browser, family.leo, "yes", "website")
    kept = Answer.objects.get()
    assert kept.language == language
    asks, name, means, who = kept.wording.split("\n")
    for words in (asks, name, means, who):
        assert words in page
    with translation.override(language):
        assert name == translation.gettext("School website")


def test_words_that_the_school_typed_are_shown_as_typed(family, browse):
    Purpose.objects.filter(key="press").update(name="The Kerbside Gazette")
    browser = browse(family.mum.user)
    browser.post("/language/", {"language": "ar"})
    shown = card(browser.get(place(family.leo)).text, "press")
    assert '<span lang="en-gb" dir="auto">The Kerbside Gazette</span>' in shown
    assert "صحفي" not in shown, "what it means is ours to say only of our own words"


def test_every_shipped_word_of_a_purpose_is_marked_for_translators():
    words = {terms.name for terms in PURPOSES} | {terms.audience for terms in PURPOSES}
    assert words | set(FOR_PARENTS.values()) == SHIPPED_WORDS
    assert set(MEANS) == {terms.key for terms in PURPOSES}
