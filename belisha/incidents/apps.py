"""What this area tells the record, once the site starts."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "belisha.incidents"

    def ready(self) -> None:
        from belisha.audit.actions import verify_too
        from belisha.incidents.actions.record import all_are_whole

        verify_too(all_are_whole)
