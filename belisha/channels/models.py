"""Accounts of the school on services of others."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, scoped


class AccountQuerySet(models.QuerySet["Account"]):
    def current(self) -> AccountQuerySet:
        return self.filter(closed_at=None)


class Account(SchoolRow):
    """One account for educational use, asked for and then approved by the head (C.1).

    `service` is the key of a service in the directory. Whether it may be used is asked of the
    head's answer each time (`policy.approvals.answer_to`).
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    service = models.SlugField(max_length=40)
    name = models.CharField("name of the account", max_length=120)
    url = models.URLField("address", max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(AccountQuerySet)

    class Meta:
        ordering = ["service", "name", "id"]

    def __str__(self) -> str:
        return self.name
