"""A job looks every so long, however often it is called."""

from datetime import UTC, datetime, timedelta

from belisha.lib.seldom import Seldom

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_who_asks_again_too_soon_does_not_look():
    look = Seldom(15 * MINUTE)
    times = (0, 14, 15, 29, 30)
    assert [look.is_time(NOW + minutes * MINUTE) for minutes in times] == [1, 0, 1, 0, 1]
    assert not look.is_time(NOW + 31 * MINUTE)
    look.forget()
    assert look.is_time(NOW + 31 * MINUTE)
