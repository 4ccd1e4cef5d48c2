"""Mail that waits to be sent, and what became of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.people.models.everyone import SchoolRow, scoped


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent_at=None, given_up_at=None)


class Mail(SchoolRow):
    """One message to one address. Its words are blanked once it is sent: it may hold a code."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    kind = models.CharField(max_length=40)  # "sign-in", "invitation", "campaign", "reminder"…
    about = models.CharField(max_length=100, blank=True)  # "parent:123", as in the record
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    use_by = models.DateTimeField(null=True)  # a code that arrives later is of no use
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)  # the last error, in plain words

    objects: ClassVar[Any] = scoped(MailQuerySet)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="mail_to_send",
            ),
            models.Index(fields=["school", "about"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
