"""Days of the documents that concern somebody: when a review is due (G.1).

What a school calls its documents stays at home, like every other name.
"""

from collections.abc import Iterator
from datetime import date

from belisha.lib.ical import Event
from belisha.people.models import User
from belisha.policy.access import READ_OLD_VERSIONS
from belisha.policy.models import Version, newest_of_each


def events_of(user: User, on: date) -> Iterator[Event]:
    """For staff and governors: the next review of each document in force."""
    if not user.has_role(*READ_OLD_VERSIONS):
        return
    for version in newest_of_each(Version.objects.issued().filter(document__ended_at=None)):
        if day := version.review_on:
            what = "the policy" if version.document.is_main else "another document"
            yield Event(f"review-{version.pk}", f"Review due: {what}", day, day)
