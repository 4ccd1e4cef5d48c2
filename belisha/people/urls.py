"""Addresses of people."""

from django.urls import path

from belisha.people import views

urlpatterns = [
    path("setup/", views.setup, name="setup"),
    path("enter/<str:demonstration_pass>/", views.enter_demonstration, name="enter"),
]
