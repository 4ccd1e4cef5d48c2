"""The area of what is held, and whose it is."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "belisha.rights"
