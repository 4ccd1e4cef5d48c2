"""Every address of the site. Each view says whom it is open to; the doorkeeper refuses others."""

from allauth.account import views as account
from django.urls import include, path

from belisha.people.access import open_to_anyone, open_to_signed_in
from belisha.people.views.doors import change_password

urlpatterns = [
    path("account/login/", open_to_anyone(account.login), name="account_login"),
    path("account/logout/", open_to_signed_in(account.logout), name="account_logout"),
    path("account/password/", change_password, name="account_change_password"),
    path("account/inactive/", open_to_anyone(account.account_inactive), name="account_inactive"),
    path("", include("belisha.photos.urls")),
    path("", include("belisha.consent.urls")),
    path("", include("belisha.policy.urls")),
    path("", include("belisha.people.urls")),
    path("", include("belisha.desk.urls")),
]
