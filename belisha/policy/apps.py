"""What this area tells the lists of people, once the site starts."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "belisha.policy"

    def ready(self) -> None:
        from belisha.people.actions.parents import forget_parent_too
        from belisha.people.actions.pupils import forget_too
        from belisha.policy.actions.acknowledging import forget_why
        from belisha.policy.actions.sanctions import forget_sanctions_of
        from belisha.policy.actions.signatures import forget

        forget_too(forget)
        forget_too(forget_sanctions_of)
        forget_parent_too(forget_why)
