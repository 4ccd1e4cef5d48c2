"""Addresses of this area."""

from django.urls import URLPattern

from belisha.devices.confiscations.urls import urlpatterns as of_confiscations

urlpatterns: list[URLPattern] = [*of_confiscations]
