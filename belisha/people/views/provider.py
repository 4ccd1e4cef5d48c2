"""The school's own sign-in at Google, Microsoft or another OpenID Connect provider.

Who someone is there is issuer and subject. The first time, the account is bound to the member of
staff who was invited under the address that the provider has verified; from then on the subject
alone counts. An account that is not on the school's list comes no further, known or not.
"""

import hashlib
import hmac
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.statekit import STATE_ID_LENGTH
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET

from belisha.people.access import before_second_factor, open_to_anyone
from belisha.people.actions.provider import bind
from belisha.people.keeping import PLACE
from belisha.people.rules import is_the_schools_account, verified_email
from belisha.people.views.again import next_page

# Signed with the provider's own key: one that we share would let us, and whoever reads it, sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


class SchoolProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """Reads the ID token: its signature is always checked, and its nonce belongs to the state."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        path = reverse("provider_callback")
        return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        claims = self._decode_id_token(app, kwargs["response"].get("id_token", ""))
        if claims.get("nonce") != nonce_of(request.GET["state"]):
            raise OAuth2Error("The nonce is another one.")
        ours = settings.PROVIDER
        assert ours is not None
        if not is_the_schools_account(
            claims,
            tenants=ours.tenants,
            hosted_domains=ours.hosted_domains,
            domains=ours.domains,
        ):
            raise ImmediateHttpResponse(not_known_here(request))
        known = SocialAccount.objects.filter(provider=self.provider_id, uid=claims["sub"])
        if not known.exists() and not bind(
            self.provider_id, str(claims["sub"]), verified_email(claims), at=timezone.now()
        ):
            raise ImmediateHttpResponse(not_known_here(request))
        # Of all that the provider tells only the subject is kept.
        return self.get_provider().sociallogin_from_response(request, {"sub": claims["sub"]})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims of a token that the provider has signed for us; else `OAuth2Error`."""
        assert settings.PROVIDER is not None
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            name = jwt.get_unverified_header(id_token).get("kid")
            # A provider with one key need not name it (OpenID Connect Core 1.0, 10.1).
            key = next(key for key in keys if key.key_id == name or (not name and len(keys) == 1))
            return jwt.decode(
                id_token,
                key=key.key,
                algorithms=ALGORITHMS,
                issuer=settings.PROVIDER.issuer,
                audience=app.client_id,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except (jwt.PyJWTError, StopIteration, ValueError) as error:
            raise OAuth2Error("The ID token is not one for us.") from error


@open_to_anyone  # it leads to the school's provider, and knows nobody yet
@require_GET  # a form may not lead to another site (Content-Security-Policy, form-action)
def sign_in(request: HttpRequest) -> HttpResponse:
    provider = _provider(request)
    state = get_random_string(STATE_ID_LENGTH)
    asked = {"nonce": nonce_of(state)}
    if request.user.is_authenticated:
        asked["max_age"] = "0"  # show once more who you are
    try:
        sent: HttpResponse = provider.redirect(
            request, "login", next_url=next_page(request), auth_params=asked, state_id=state
        )
    except (requests.RequestException, KeyError):
        return render(request, "socialaccount/authentication_error.html", status=503)
    return sent


@open_to_anyone  # the provider's answer is checked here
@before_second_factor
@require_GET
def come_back(request: HttpRequest) -> HttpResponseBase:
    provider = _provider(request)
    held = request.session.get(PLACE)
    view = OAuth2CallbackView.adapter_view(SchoolProvider(request, provider.app.provider_id))
    response: HttpResponseBase = view(request)
    if held and request.user.is_authenticated and held["user"] == request.user.pk:
        request.session[PLACE] = held  # allauth begins a new session; what was typed goes along
    return response


def nonce_of(state: str) -> str:
    """A nonce that only this site can make for a state; the state is spent with the session."""
    return hmac.new(settings.SECRET_KEY.encode(), state.encode(), hashlib.sha256).hexdigest()


def not_known_here(request: HttpRequest) -> HttpResponse:
    """The same words whatever was wrong: they tell nobody who is on the staff."""
    return render(request, "people/not_known.html", status=403)


def _provider(request: HttpRequest) -> Any:
    if settings.PROVIDER is None:
        raise Http404
    provider = get_adapter().get_provider(request, settings.PROVIDER.issuer)
    provider.oauth2_adapter_class = SchoolProvider
    return provider
