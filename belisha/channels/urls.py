"""Addresses of this area."""

from django.urls import path

from belisha.channels.views import accounts, filtering, found, people, public, sheets

urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/csv/", sheets.accounts_csv, name="accounts_csv"),
    path("accounts/page/", accounts.choose_page, name="accounts_page"),
    path("accounts/apply/", accounts.apply, name="account-apply"),
    path("accounts/found/", found.found_accounts, name="found_accounts"),
    path("accounts/found/csv/", sheets.found_csv, name="found_csv"),
    path("accounts/found/add/", found.add_found, name="found_add"),
    path("accounts/found/<str:ref>/", found.found_account, name="found_account"),
    path("accounts/found/<str:ref>/decide/", found.decide, name="found_decide"),
    path("accounts/found/<str:ref>/done/", found.follow_up, name="found_done"),
    path("accounts/hand-over/<int:pk>/", people.hand_over, name="account-hand-over"),
    path("accounts/hand-over/<int:pk>/begin/", people.begin, name="account-hand-over-begin"),
    path("accounts/hand-over/<int:pk>/stays/", people.set_aside, name="account-hand-over-aside"),
    path("accounts/<str:ref>/", accounts.account, name="account"),
    path("accounts/<str:ref>/change/", accounts.change, name="account-change"),
    path("accounts/<str:ref>/people/", people.say_people, name="account-people"),
    path("accounts/<str:ref>/ask/", accounts.ask_the_head, name="account-ask"),
    path("accounts/<str:ref>/factor/", accounts.factor, name="account-factor"),
    path("accounts/<str:ref>/used/", accounts.used, name="account-used"),
    path("accounts/<str:ref>/close/", accounts.close, name="account-close"),
    path("accounts/<str:ref>/reopen/", accounts.reopen, name="account-reopen"),
    path("accounts/<str:ref>/throw-away/", accounts.throw_away, name="account-throw-away"),
    path("services/", filtering.directory, name="services"),
    path("services/lists/", filtering.blocklists, name="blocklists"),
    path("services/lists/<str:group>/<str:form>/", filtering.blocklist, name="blocklist"),
    path("our-accounts/", public.our_accounts, name="our_accounts"),
    path("our-accounts/tell/", public.tell, name="our_accounts_tell"),
]
