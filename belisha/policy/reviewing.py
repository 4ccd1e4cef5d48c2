"""When the reviewer of a document is reminded (G.1). Pure."""

from datetime import date, timedelta

DAYS_BEFORE = (60, 30, 7)
WEEK = timedelta(days=7)


def reminder_due(review_on: date, *, since: date, on: date) -> date | None:
    """Return the day on account of which a reminder is due on `on`, or None.

    It is 60, 30 and 7 days before the review, then the day after it and each week from there.
    Only the last such day counts, so that who comes back from a holiday gets one mail, not three;
    and none counts that was past when the version was issued, on `since`.
    """
    days = [review_on - timedelta(days=days) for days in DAYS_BEFORE]
    late = on - review_on - timedelta(days=1)
    if late >= timedelta():
        days.append(review_on + timedelta(days=1) + late // WEEK * WEEK)
    past = [day for day in days if since < day <= on]
    return max(past, default=None)
