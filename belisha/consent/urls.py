"""Addresses of answers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
