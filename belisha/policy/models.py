"""The school's own purposes."""

from typing import Any, ClassVar

from django.db import models

from belisha.people.models import School, SchoolRow, scoped
from belisha.policy.rules import PURPOSES, Basis, PurposeTerms


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def in_use(self) -> "PurposeQuerySet":
        return self.filter(in_use=True)


class Purpose(SchoolRow):
    """A use of pictures that families are asked about, in the school's words."""

    key = models.SlugField(max_length=40, editable=False)
    name = models.CharField(max_length=80)
    audience = models.CharField("who will see it", max_length=200)
    basis = models.CharField(
        "lawful basis", max_length=20, choices=[(basis.value, basis.label) for basis in Basis]
    )
    each_picture = models.BooleanField("asked for each picture", default=False, editable=False)
    in_use = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = scoped(PurposeQuerySet)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="purpose_key_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> PurposeTerms:
        return PurposeTerms(
            self.key,
            self.name,
            self.audience,
            Basis(self.basis),
            self.each_picture,
            self.in_use,
        )


def add_shipped_purposes(school: School) -> None:
    """Give a new school the purposes of the model policy."""
    Purpose.objects.bulk_create(
        Purpose(
            school=school,
            key=terms.key,
            name=terms.name,
            audience=terms.audience,
            basis=terms.basis,
            each_picture=terms.each_picture,
            position=position,
        )
        for position, terms in enumerate(PURPOSES)
    )
