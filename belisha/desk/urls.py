"""Addresses of the desk."""

from django.urls import path

from belisha.desk import views

urlpatterns = [
    path("", views.today, name="today"),
    path("setup/", views.setup, name="setup"),
    path("figures/", views.figures_page, name="figures"),
    path("figures/report/", views.report, name="report"),
    path("child/<int:pk>/", views.about_child, name="about_child"),
    path("me/", views.me, name="me"),
    path("me/choices/", views.choose, name="choose"),
    path("me/calendar/", views.my_calendar, name="my_calendar"),
    path("me/calendar/revoke/", views.revoke_my_calendar, name="revoke_my_calendar"),
    path("feeds/<str:token>/belisha.ics", views.feed, name="feed"),
    path("search/", views.find, name="search"),
    path("registers/", views.registers, name="registers"),
]
