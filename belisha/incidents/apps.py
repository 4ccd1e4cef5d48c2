"""The area of cases."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "belisha.incidents"
