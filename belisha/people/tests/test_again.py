"""Before what matters one shows once more who one is, and nothing typed is lost over it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import timezone

from belisha.people.models import Protection
from belisha.people.tests.cast import give_passkey

PASSWORD = "lantern otter crossing kerb"


@pytest.fixture
def stale(enter):
    """Somebody's browser, in which they came in six minutes ago."""

    def stale(person, minutes=6):
        person.user.set_password(PASSWORD)
        person.user.save()
        browser = enter(person)
        session = browser.session
        session["fresh_at"] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        session.save()
        return browser

    return stale


def shown(person):
    """What the person shows: password and a code that was not used yet."""
    return {
        "password": PASSWORD,
        "code": RecoveryCodes.activate(person.user).get_unused_codes()[0],
    }


# Whom a page that matters is open to, by the page's name.
MATTERS = {
    "pupils_csv": "office",
    "class_csv": "office",
    "answers_csv": "office",
    "protected": "lead",
    "protection": "lead",
    "staff_roles": "head",
    "staff_let_in": "head",
    "staff_reset_factors": "head",
    "mfa_activate_totp": "teacher",
    "mfa_deactivate_totp": "teacher",
    "mfa_add_webauthn": "teacher",
    "mfa_view_recovery_codes": "teacher",
    "mfa_generate_recovery_codes": "teacher",
}


@pytest.mark.parametrize("name", MATTERS)
def test_what_matters_is_open_for_five_minutes_and_then_asks(
    staff, robins, maisie, enter, stale, name
):
    pks = {"class_csv": robins.pk, "protection": maisie.pk}
    if name.startswith("staff"):
        pks[name] = staff.teacher.pk
    url = reverse(name, args=[pks[name]] if name in pks else [])
    person = getattr(staff, MATTERS[name])
    RecoveryCodes.activate(person.user)
    assert not enter(person).get(url).headers.get("Location", "").startswith(reverse("again"))
    for method in ("get", "post"):
        answer = getattr(stale(person), method)(url)
        assert answer["Location"].startswith(f"{reverse('again')}?next=%2F"), method


def test_password_and_code_open_what_was_wanted(staff, stale):
    browser, wanted = stale(staff.office), reverse("pupils_csv")
    led = browser.get(wanted)["Location"]
    page = browser.get(led).content.decode()
    assert f'name="next" value="{wanted}"' in page
    answer = browser.post(reverse("again"), shown(staff.office) | {"next": wanted})
    assert answer["Location"] == wanted
    assert browser.get(wanted).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"password": "another one than this"}, {"code": "00000000"}, {"code": ""}]
)
def test_a_wrong_password_or_code_opens_nothing(staff, stale, wrong):
    browser = stale(staff.office)
    answer = browser.post(reverse("again"), shown(staff.office) | wrong)
    assert answer.status_code == 422
    assert browser.get(reverse("pupils_csv")).status_code == 302


def test_a_slip_in_the_password_costs_no_code(staff, stale):
    browser, told = stale(staff.office), shown(staff.office)
    browser.post(reverse("again"), told | {"password": "a slip of the finger"})
    assert browser.post(reverse("again"), told).status_code == 302


def test_guessing_passwords_there_is_stopped(staff, stale):
    browser, told = stale(staff.office), shown(staff.office)
    for _ in range(12):
        browser.post(reverse("again"), {"password": "one guess more", "code": "1"})
    answer = browser.post(reverse("again"), told)
    assert answer.status_code == 422
    assert b"too many tries" in answer.content


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_it_leads_to_no_other_site(staff, stale, away):
    told = shown(staff.office) | {"next": away}
    assert stale(staff.office).post(reverse("again"), told)["Location"] == "/"


def test_a_form_that_asks_again_is_not_lost(staff, stale, maisie):
    browser, url = stale(staff.lead), reverse("protection", args=[maisie.pk])
    led = browser.post(url, {"why": "Ask the court first"})["Location"]
    assert not Protection.objects.exists()
    to = browser.post(led, shown(staff.lead))["Location"]
    page = browser.get(to).content.decode()
    assert 'name="why" value="Ask the court first"' in page
    assert f'action="{url}"' in page
    browser.post(url, {"why": "Ask the court first"})
    assert Protection.objects.get().why == "Ask the court first"


def test_htmx_is_led_to_the_whole_page(staff, stale, maisie):
    url = reverse("protection", args=[maisie.pk])
    answer = stale(staff.lead).post(url, {"why": "x"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(reverse("again"))


def test_a_passkey_is_offered_to_who_has_one_and_a_made_up_one_refused(staff, stale):
    give_passkey(staff.teacher.user, "My telephone")
    browser = stale(staff.teacher)
    assert b'data-passkey="get"' in browser.get(reverse("again")).content
    made_up = {"credential": '{"id": "x"}'}
    assert browser.post(reverse("again"), made_up).status_code == 422
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 302


def test_a_parent_shows_it_the_parents_way(dana, stale):
    answer = stale(dana, minutes=20).get(reverse("again"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("again_by_code"))


def test_in_a_demonstration_one_just_goes_on(school, staff, stale):
    school.demonstration = True
    school.save()
    Authenticator.objects.all().delete()
    browser = stale(staff.lead)
    led = browser.get(reverse("protected"))["Location"]
    assert b"In a demonstration you just go on" in browser.get(led).content
    assert browser.post(led)["Location"] == reverse("protected")
    assert browser.get(reverse("protected")).status_code == 200


def test_when_it_is_fresh_it_leads_on_at_once(staff, enter):
    assert enter(staff.head).get(f"{reverse('again')}?next=/people/")["Location"] == "/people/"
