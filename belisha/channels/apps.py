"""What this area tells the lists of people, once the site starts."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "belisha.channels"

    def ready(self) -> None:
        from belisha.channels.actions.people import leave_open, to_hand_over_first
        from belisha.people.actions.staff import before_leaving

        before_leaving(to_hand_over_first, leave_open)
