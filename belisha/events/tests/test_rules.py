"""How it stands with a spoken reminder, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from belisha.events.rules import OPENS_BEFORE, Occasion, Spoken, a_year_later, spoken

STARTS = datetime(2026, 12, 4, 13, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
BEFORE, DURING = STARTS - OPENS_BEFORE - timedelta(minutes=1), STARTS + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("known", "at", "how"),
    [
        ({}, BEFORE, Spoken.TO_COME),
        ({}, STARTS - OPENS_BEFORE, Spoken.DUE),
        ({}, DURING, Spoken.DUE),
        ({}, ENDS, Spoken.MISSED),
        ({"followed_up": True}, ENDS, Spoken.FOLLOWED_UP),
        ({"said": True}, DURING, Spoken.SAID),
        ({"said": True}, ENDS, Spoken.SAID),
        ({"said": True, "told_later": True}, ENDS, Spoken.TOLD_LATER),
        ({"said": True, "told_later": True, "accepted": True}, ENDS, Spoken.SAID),
        ({"cancelled": True}, ENDS, Spoken.CANCELLED),
        ({"has_audience": False}, ENDS, Spoken.NOT_NEEDED),
    ],
)
def test_an_event_that_ends_in_silence_is_a_breach_and_no_other_is(known, at, how):
    occasion = Occasion(STARTS, ENDS, **({"has_audience": True} | known))
    assert spoken(occasion, at) is how


def test_next_year_has_the_same_weekday_and_hour():
    again = a_year_later(STARTS, STARTS.date() + timedelta(days=1))
    assert (again.year, again.weekday(), again.hour) == (2027, STARTS.weekday(), STARTS.hour)
    assert a_year_later(STARTS, STARTS.date()) == STARTS
