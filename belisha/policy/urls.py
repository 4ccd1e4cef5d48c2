"""Addresses of purposes."""

from django.urls import path

from belisha.policy import views

urlpatterns = [
    path("purposes/", views.purposes, name="purposes"),
    path("purposes/<slug:key>/", views.change_purpose, name="change_purpose"),
]
