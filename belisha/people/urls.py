"""Addresses of people."""

from django.urls import path

from belisha.people.views import doors

urlpatterns = [
    path("setup/", doors.setup, name="setup"),
    path("enter/<str:demonstration_pass>/", doors.enter_demonstration, name="enter"),
]
