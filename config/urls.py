"""Every address of the site. Each view says whom it is open to; the doorkeeper refuses others."""

from allauth.account import views as account
from django.urls import include, path

from belisha.people.access import open_to_anyone
from belisha.people.views import again, doors, factors, invitations, provider, sessions

# django-allauth finds its pages by these names.
account_urls = [
    path("login/", open_to_anyone(account.login), name="account_login"),
    path("login/step/", factors.second_step, name="mfa_authenticate"),
    path("login/passkey/", factors.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("login/school/", provider.sign_in, name="provider_login"),
    path("login/school/back/", provider.come_back, name="provider_callback"),
    path("inactive/", open_to_anyone(account.account_inactive), name="account_inactive"),
    path("invitation/<str:code>/", invitations.invitation, name="invitation"),
    path("forgotten/", invitations.forgotten, name="forgotten"),
    path("logout/", sessions.sign_out, name="account_logout"),
    path("again/", again.again, name="again"),
    path("kept/", again.kept, name="kept"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<str:ref>/end/", sessions.end_session, name="session_end"),
    path("password/", doors.change_password, name="account_change_password"),
    path("factors/", factors.factors, name="mfa_index"),
    path("factors/app/", factors.set_up_app, name="mfa_activate_totp"),
    path("factors/app/remove/", factors.remove_app, name="mfa_deactivate_totp"),
    path("factors/codes/", factors.see_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", factors.new_codes, name="mfa_generate_recovery_codes"),
    path("factors/passkeys/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
]
urlpatterns = [
    path("account/", include(account_urls)),
    path("", include("belisha.complaints.urls")),
    path("", include("belisha.incidents.urls")),
    path("", include("belisha.photos.urls")),
    path("", include("belisha.channels.urls")),
    path("", include("belisha.consent.urls")),
    path("", include("belisha.devices.urls")),
    path("", include("belisha.events.urls")),
    path("", include("belisha.policy.urls")),
    path("", include("belisha.people.urls")),
    path("", include("belisha.desk.urls")),
]
