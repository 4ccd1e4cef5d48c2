"""One's own second factors: an app with codes, passkeys, recovery codes.

Parents and guests have no second step, so for them a passkey is only a quicker way in: the mailed
code goes on to work, and no app and no recovery codes are offered.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    has_second_factor,
    must_show_second_factor,
    open_to_anyone,
    open_to_signed_in,
    sets_up_second_factor,
)
from belisha.people.actions import factors as acts
from belisha.people.actions import families
from belisha.people.forms.factors import PasskeyForm, PasskeyNameForm
from belisha.people.qr import qr_code
from belisha.people.views.again import next_in_query, next_page


def only_for_staff(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Close a page to parents and guests: whoever serves the school has it, with a role or not."""

    @wraps(view)
    def closed(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.staff is None:
            raise Http404
        return view(request, *args, **kwargs)

    return closed


class Factors(base.IndexView):  # type: ignore[misc] # allauth has no types
    """What one has; for whoever has nothing yet the two things that one may set up."""

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.request.user.staff else "people/passkeys.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        must = must_show_second_factor(self.request) and not has_second_factor(user)
        return shown | {"must": must, "has": has_second_factor(user)}


class SetUpApp(totp.ActivateTOTPView):  # type: ignore[misc] # allauth has no types
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return shown | {"qr": qr_code(shown["totp_url"])}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return _added(self.request, "totp", response)


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc] # allauth has no types
    form_class = PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        # One that signs in by itself; allauth would begin with one that only follows a password.
        options = auth.begin_registration(self.request.user, True)
        return shown | {"js_data": options}

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.user.staff:
            response: HttpResponse = super().form_valid(form)
        else:  # allauth makes no recovery codes at a sign-up, and a parent needs none
            typed, user = form.cleaned_data, self.request.user
            flows.signup_authenticator(self.request, user, typed["name"], typed["credential"])
            response = redirect("mfa_index")
        return _added(self.request, "webauthn", response)


class RemoveApp(totp.DeactivateTOTPView):  # type: ignore[misc] # allauth has no types
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return _removed(self.request, "totp", response)


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc] # allauth has no types
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, _("Set up another second step first. You need one."))
            return HttpResponseRedirect(self.success_url)
        response: HttpResponse = super().form_valid(form)
        return _removed(self.request, "webauthn", response)


class RenamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc] # allauth has no types
    success_url = reverse_lazy("mfa_index")
    form_class = PasskeyNameForm


class SignInByPasskey(webauthn.LoginWebAuthnView):  # type: ignore[misc] # allauth has no types
    """By a passkey alone, at the staff's door or the families'; one that fails leads back there."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = form.cleaned_data["credential"].user
        with scope(school=user.school):
            families.came_by_passkey(user, at=timezone.now())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        for words in form.errors.get("credential", []):
            messages.error(self.request, words)
        from_families = self.request.POST.get("door") == "families"
        door = reverse("family_sign_in" if from_families else "account_login")
        return redirect(door + next_in_query(next_page(self.request)))


def _added(request: SignedIn, kind: str, response: HttpResponse) -> HttpResponse:
    acts.added(request, kind, at=timezone.now())
    return response


def _removed(request: SignedIn, kind: str, response: HttpResponse) -> HttpResponse:
    acts.removed(request, kind, at=timezone.now())
    return response


def of_ones_own(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Whoever has signed in keeps their own passkeys, after showing once more who they are."""
    return open_to_signed_in(after_fresh_sign_in(view))


def of_staff(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return open_to_signed_in(only_for_staff(after_fresh_sign_in(view)))


factors = open_to_signed_in(sets_up_second_factor(Factors.as_view()))
set_up_app = sets_up_second_factor(of_staff(SetUpApp.as_view()))
add_passkey = sets_up_second_factor(of_ones_own(AddPasskey.as_view()))
remove_app = of_staff(RemoveApp.as_view())
remove_passkey = of_ones_own(RemovePasskey.as_view())
rename_passkey = of_ones_own(RenamePasskey.as_view())
see_codes = of_staff(codes.view_recovery_codes)
new_codes = of_staff(codes.generate_recovery_codes)
second_step = open_to_anyone(base.authenticate)  # after the password, before one is signed in
sign_in_by_passkey = open_to_anyone(SignInByPasskey.as_view())
