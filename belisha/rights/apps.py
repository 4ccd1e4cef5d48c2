"""The area of what is held, and whose it is."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "belisha.rights"

    def ready(self) -> None:
        from belisha.incidents.beside import say_beside
        from belisha.people.actions.parents import forget_parent_too
        from belisha.people.actions.pupils import forget_too
        from belisha.rights.actions.requests import forget_person
        from belisha.rights.cases import beside

        forget_too(forget_person)
        forget_parent_too(forget_person)
        say_beside(beside)
