"""What the site says once when it starts: Django's own sentences in our words; what the head is
shown."""

from django.apps import AppConfig
from django.core.validators import EmailValidator
from django.forms import fields, models
from django.utils.translation import gettext_lazy as _

PLAIN_WORDS = (
    (fields.Field, "required", _("Fill this in.")),
    (fields.DateField, "invalid", _("Write a date, such as 22/11/2026.")),
    (fields.FloatField, "invalid", _("Write a number.")),
    (fields.IntegerField, "invalid", _("Write a whole number.")),
    (fields.ChoiceField, "invalid_choice", _("Choose one of the list.")),
    (models.ModelChoiceField, "invalid_choice", _("Choose one of the list.")),
)


class DeskConfig(AppConfig):
    """The area at the top, so that every other is loaded when it is."""

    name = "belisha.desk"

    def ready(self) -> None:
        from belisha.desk.approvals import SHOWS
        from belisha.policy.approvals import show_by

        show_by(SHOWS)
        for field, code, words in PLAIN_WORDS:
            field.default_error_messages[code] = words
        EmailValidator.message = _("Write an email address, such as name@school.example.")
