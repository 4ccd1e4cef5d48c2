"""Days that concern somebody: when a review is due (G.1), when a yes of the head ends.

What a school calls its documents, and what was asked for, stays at home, like every other name.
"""

from collections.abc import Iterator
from datetime import date

from belisha.lib.ical import Event
from belisha.people.models import User
from belisha.policy.access import READ_OLD_VERSIONS
from belisha.policy.models import HeadAnswer, HeadRequest, Version, newest_of_each


def events_of(user: User, on: date) -> Iterator[Event]:
    """For who asked: the last day of each yes. For staff and governors: the next reviews."""
    for answer in (
        HeadAnswer.objects.standing(on)
        .filter(request__asked_by=user, until__isnull=False)
        .select_related("request")
    ):
        what = HeadRequest.Kind(answer.request.kind).label.lower()
        title = f"Last day of the head’s yes: {what}"
        yield Event(f"yes-{answer.pk}", title, answer.until, answer.until)
    if not user.has_role(*READ_OLD_VERSIONS):
        return
    for version in newest_of_each(Version.objects.issued().filter(document__ended_at=None)):
        if day := version.review_on:
            what = "the policy" if version.document.is_main else "another document"
            yield Event(f"review-{version.pk}", f"Review due: {what}", day, day)
