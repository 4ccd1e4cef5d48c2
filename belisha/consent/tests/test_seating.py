"""Seats at an event that is filmed, without a database (P.v)."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as some

from belisha.consent.seating import FEWEST, MOST, seat

CHILDREN = some.lists(some.booleans(), max_size=60)


def seated(free, width=8, lot="2026"):
    return seat(range(len(free)), free.__getitem__, width=width, lot=lot, key=str)


@given(CHILDREN, some.integers(FEWEST, MOST))
def test_the_camera_sees_only_who_may_be_seen_and_nobody_is_singled_out(free, width):
    seats = seated(free, width)
    if seats is None:
        return
    seen = list(chain.from_iterable(row for row, _ in seats.rows))
    beside = list(chain.from_iterable(row for _, row in seats.rows))
    assert sorted(seen + beside) == list(range(len(free)))
    assert all(free[child] for child in seen)
    hidden = sum(not free[child] for child in beside)
    assert beside and hidden <= len(beside) - hidden, "at least as many who may sit with them"
    assert {len(row) for _, row in seats.rows} == {seats.beside}
    assert all(len(row) <= seats.seen for row, _ in seats.rows)


@given(CHILDREN)
def test_a_class_is_filmed_when_enough_children_may_be(free):
    assert (seated(free) is not None) or free.count(False) * 2 + 8 >= free.count(True)


def test_the_same_year_seats_the_same_children_beside_the_camera():
    free = [True] * 25 + [False] * 5
    assert seated(free) == seated(free)
    beside = [
        set(chain.from_iterable(row for _, row in seated(free, lot=one).rows)) for one in "ab"
    ]
    assert beside[0] != beside[1]


def test_nobody_films_where_too_few_may_be_seen():
    assert seated([False] * 20 + [True] * 10) is None
    assert seated([]) is None
