"""What this area tells the lists of people, once the site starts."""

from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "belisha.devices"

    def ready(self) -> None:
        from belisha.devices.actions.leavers import due_at_once, to_bring_back_first
        from belisha.devices.confiscations.erasing import forget_parent, forget_pupil
        from belisha.people.actions.parents import forget_parent_too
        from belisha.people.actions.pupils import forget_too
        from belisha.people.actions.staff import before_leaving

        before_leaving(to_bring_back_first, due_at_once)
        forget_too(forget_pupil)
        forget_parent_too(forget_parent)
