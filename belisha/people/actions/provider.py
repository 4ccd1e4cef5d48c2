"""Binding an account of the school's provider to a member of staff."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.models import Staff


@transaction.atomic
def bind(issuer: str, subject: str, email: str, *, at: datetime) -> bool:
    """Bind the account to the one member of staff who was invited under this verified address.

    False when there is none, or when they have an account of this provider already: an address
    that passed to somebody else must not take their way in along.
    """
    staff = (
        Staff.objects.current()
        .filter(email__iexact=email, user__is_active=True)
        .select_related("user")
        if email
        else Staff.objects.none()
    )
    if staff.count() != 1:
        return False
    row = staff.get()
    if SocialAccount.objects.filter(user=row.user, provider=issuer).exists():
        return False
    SocialAccount.objects.create(user=row.user, provider=issuer, uid=subject)
    record("provider.bound", row, by=row.user.pk, at=at)
    return True
