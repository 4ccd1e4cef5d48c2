"""The school's own sign-in, against a real OpenID Connect provider on this machine."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.lib.provider import provider

SUB = "subject-of-miss-raman"
RAMAN = "miss.raman@people.example"


@pytest.fixture(scope="module")
def issuer():
    """The address of a provider that really answers, in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", "0"]
    with subprocess.Popen(
        [*command, "--require-nonce", "true"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield next(
                found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+", line))
            )
        finally:
            process.terminate()


@pytest.fixture
def configure(settings, issuer, tmp_path):
    """Name the provider as whoever runs the server does, by the environment."""
    (tmp_path / "secret").write_text("the secret of the client\n")

    def configure(**more):
        settings.PROVIDER = provider(
            {
                "BELISHA_OIDC_ISSUER": issuer,
                "BELISHA_OIDC_CLIENT": "belisha",
                "BELISHA_OIDC_SECRET_FILE": str(tmp_path / "secret"),
                **{f"BELISHA_OIDC_{name.upper()}": value for name, value in more.items()},
            }
        )
        settings.SOCIALACCOUNT_PROVIDERS = settings.PROVIDER.for_allauth()

    configure(domains="people.example")
    return configure


@pytest.fixture
def account(issuer):
    """An account at the provider: `account(SUB, email=…)`."""

    def account(sub=SUB, **claims):
        told = {"email": RAMAN, "email_verified": True} | claims
        requests.put(f"{issuer}/users/{sub}", json=told, timeout=5).raise_for_status()
        return sub

    return account


def go(client, next_page="/"):
    """To the provider; answers with where the browser was sent."""
    return client.get(reverse("provider_login"), {"next": next_page})["Location"]


def agree(sent_to, sub=SUB):
    """At the provider the person signs in; answers with the way back to us."""
    answer = requests.post(sent_to, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_in(client, sub=SUB, next_page="/"):
    return client.get(agree(go(client, next_page), sub))


def is_in(client, person):
    return client.session.get("_auth_user_id") == str(person.user_id)


def test_who_was_invited_comes_in_and_is_bound_by_the_subject(staff, configure, account, client):
    answer = come_in(client, account(), next_page="/people/")
    assert (answer["Location"], is_in(client, staff.teacher)) == ("/people/", True)
    assert client.get("/people/").status_code == 200, "it counts as the second factor"
    bound = SocialAccount.objects.get()
    assert (bound.user_id, bound.uid) == (staff.teacher.user_id, SUB)
    assert bound.extra_data == {"sub": SUB}, "nothing else is kept"
    assert Entry.objects.get(verb="provider.bound").by == staff.teacher.user_id
    client.post(reverse("account_logout"))
    come_in(client, account(email="married@people.example", email_verified=False))
    assert is_in(client, staff.teacher), "by the subject alone"


def test_the_browser_brings_pkce_state_and_nonce(staff, configure, account, client):
    asked = parse_qs(urlsplit(go(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    other = parse_qs(urlsplit(go(client)).query)
    assert other["state"] != asked["state"]
    assert other["nonce"] != asked["nonce"]


REFUSED = {
    "unverified": ({}, {"email_verified": False}),
    "says so in words": ({}, {"email_verified": "true"}),
    "nobody of the school": ({}, {"email": "stranger@people.example"}),
    "no address": ({}, {"email": ""}),
    "another domain": ({}, {"email": "miss.raman@elsewhere.example"}),
    "another tenant": ({"tenants": "ours", "domains": ""}, {"tid": "theirs"}),
    "no tenant": ({"tenants": "ours", "domains": ""}, {}),
    "another hosted domain": (
        {"hosted_domains": "people.example", "domains": ""},
        {"hd": "evil.example"},
    ),
    "a private account": ({"hosted_domains": "people.example", "domains": ""}, {}),
    "tenant right and domain wrong": (
        {"tenants": "ours", "domains": "school.example"},
        {"tid": "ours"},
    ),
    "a parent": ({}, {"email": "dana.tarmac@people.example"}),
}


@pytest.mark.parametrize("why", REFUSED)
def test_an_account_that_is_not_the_schools_is_refused(
    staff, dana, configure, account, client, why
):
    allowed, claims = REFUSED[why]
    configure(**({"domains": "people.example"} | allowed))
    answer = come_in(client, account(f"subject {why}".replace(" ", "-"), **claims))
    assert answer.status_code == 403
    assert b"This account opens nothing here" in answer.content
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("allowed", "claims"),
    [
        ({"tenants": "Ours, other"}, {"tid": "OURS", "email_verified": None, "xms_edov": True}),
        ({"hosted_domains": "people.example"}, {"hd": "people.example"}),
    ],
)
def test_google_and_microsoft_name_the_school_in_their_own_claims(
    staff, configure, account, client, allowed, claims
):
    configure(**allowed)
    come_in(client, account("subject-of-a-claim", **claims))
    assert is_in(client, staff.teacher)


def test_a_list_that_grew_narrow_shuts_out_also_who_was_bound(staff, configure, account, client):
    come_in(client, account())
    client.post(reverse("account_logout"))
    configure(domains="school.example")
    assert come_in(client).status_code == 403
    assert not is_in(client, staff.teacher)


def test_another_account_with_the_same_address_is_not_the_same_person(
    staff, configure, account, client
):
    come_in(client, account())
    client.post(reverse("account_logout"))
    assert come_in(client, account("another-subject")).status_code == 403


def test_who_left_or_was_not_invited_does_not_come_in(staff, configure, account, client, enter):
    come_in(client, account())
    enter(staff.head).post(reverse("staff_leave", args=[staff.teacher.pk]), {"on": "2026-11-20"})
    assert client.get("/")["Location"].startswith("/account/login/")
    come_in(client)
    assert not is_in(client, staff.teacher)
    staff.other_teacher.user.is_active = False
    staff.other_teacher.user.save()
    answer = come_in(client, account("subject-of-mr-finch", email="mr.finch@people.example"))
    assert answer.status_code == 403


def test_a_forged_or_used_state_opens_nothing(staff, configure, account, client):
    back = agree(go(client), account())
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(back.replace(state, "x" * len(state))).status_code == 401
    assert client.get(reverse("provider_callback"), {"code": "1"}).status_code == 401
    assert not is_in(client, staff.teacher)
    client.get(back)
    assert is_in(client, staff.teacher)
    client.post(reverse("account_logout"))
    assert client.get(back).status_code == 401


def test_the_way_back_is_bound_to_the_browser_that_asked(staff, configure, account, client):
    stranger = Client()
    assert stranger.get(agree(go(client), account())).status_code == 401
    assert "_auth_user_id" not in stranger.session


def test_a_token_for_another_nonce_is_refused(staff, configure, account, client):
    sent_to = go(client)
    nonce = parse_qs(urlsplit(sent_to).query)["nonce"][0]
    answer = client.get(agree(sent_to.replace(nonce, "0" * 64), account()))
    assert answer.status_code == 401
    assert not is_in(client, staff.teacher)


def test_it_may_be_said_not_to_count_as_a_second_factor(staff, configure, account, client):
    configure(domains="people.example", second_factor="no")
    assert come_in(client, account())["Location"] == reverse("mfa_authenticate")
    assert not is_in(client, staff.teacher)
    Authenticator.objects.filter(user=staff.teacher.user).delete()
    come_in(client)
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_it_shows_once_more_who_one_is(staff, configure, account, client):
    come_in(client, account())
    session = client.session
    session["fresh_at"] = "2026-11-20T09:00:00+00:00"
    session.save()
    led = client.get(reverse("mfa_view_recovery_codes"))["Location"]
    assert reverse("provider_login").encode() in client.get(led).content
    assert parse_qs(urlsplit(go(client)).query)["max_age"] == ["0"]
    answer = come_in(client, next_page=reverse("mfa_activate_totp"))
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert client.get(answer["Location"])["Location"] == reverse("mfa_deactivate_totp")


def test_it_leads_to_no_other_site(staff, configure, account, client):
    assert come_in(client, account(), next_page="https://evil.example/")["Location"] == "/"


def test_a_provider_that_does_not_answer_is_said_kindly(staff, configure, settings, client):
    configure(issuer="http://localhost:9", domains="people.example")
    answer = client.get(reverse("provider_login"))
    assert answer.status_code == 503
    assert b"That did not sign you in" in answer.content


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(configure, settings, client, school):
    assert reverse("provider_login").encode() in client.get(reverse("account_login")).content
    settings.PROVIDER = None
    assert reverse("provider_login").encode() not in client.get(reverse("account_login")).content
    assert client.get(reverse("provider_login")).status_code == 404


@pytest.mark.parametrize("missing", ["CLIENT", "SECRET_FILE", "DOMAINS"])
def test_a_provider_is_refused_when_something_is_missing(missing, tmp_path):
    (tmp_path / "secret").write_text("x")
    told = {
        "BELISHA_OIDC_ISSUER": "https://provider.example",
        "BELISHA_OIDC_CLIENT": "belisha",
        "BELISHA_OIDC_SECRET_FILE": str(tmp_path / "secret"),
        "BELISHA_OIDC_DOMAINS": "people.example",
    }
    assert provider(told) is not None
    del told[f"BELISHA_OIDC_{missing}"]
    with pytest.raises(ValueError, match="BELISHA_OIDC"):
        provider(told)
