"""What this area says beside cases, once the site starts."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "belisha.complaints"

    def ready(self) -> None:
        from belisha.complaints.beside import beside
        from belisha.incidents.beside import say_beside

        say_beside(beside)
