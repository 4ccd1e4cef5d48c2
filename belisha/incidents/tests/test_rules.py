"""Whose business a case is: every small school there can be, against every report."""

from itertools import combinations, product

import pytest

from belisha.incidents.rules import About, Person, Seat, is_named, new_reference, route

HEAD, LEADER, LEAD, DEPUTY, CHAIR, GOVERNOR = range(6)
SEATS = {
    HEAD: {Seat.HEAD},
    LEADER: {Seat.LEADER},
    LEAD: {Seat.SAFEGUARDING},
    DEPUTY: {Seat.SAFEGUARDING},
    CHAIR: {Seat.CHAIR},
    GOVERNOR: {Seat.GOVERNOR},
}
# Small schools: the head may be the safeguarding lead, a leader the deputy.
SCHOOLS = (SEATS, SEATS | {HEAD: {Seat.HEAD, Seat.SAFEGUARDING}, LEAD: {Seat.LEADER}})
ABOUT = [{one} for one in About] + [set(pair) for pair in combinations(About, 2)]
HOW = ("here", "away", "barred")


def school(seats, how):
    return [
        Person(id, frozenset(seats[id]), barred=one == "barred", away=one == "away")
        for id, one in enumerate(how)
    ]


def worlds():
    for seats, how in product(SCHOOLS, product(HOW, repeat=len(SEATS))):
        yield school(seats, how)


def test_nobody_receives_their_own_case_and_somebody_always_does():
    tried = 0
    for people, about, urgent in product(worlds(), ABOUT, (False, True)):
        meant = {About.HEAD: Seat.HEAD, About.CHAIR: Seat.CHAIR}
        kept_out = {meant[one] for one in about if one in meant}
        free = {one for one in people if not one.barred and not one.seats & kept_out}
        routed = route(about, safeguarding=urgent, people=people)
        handlers = {one for one in people if one.id in dict(routed.handlers)}
        tried += 1
        assert handlers <= free
        assert handlers or routed.officer
        assert bool(handlers) == bool(free)
        if not all(one.away for one in free):
            assert not all(one.away for one in handlers)
        if urgent:
            assert {one for one in free if Seat.SAFEGUARDING in one.seats} <= handlers
    assert tried == 2 * 3**6 * len(ABOUT) * 2


EVERYBODY = ("here",) * 6


@pytest.mark.parametrize(
    ("about", "urgent", "who", "officer"),
    [
        (About.STAFF, False, {HEAD}, False),
        (About.HEAD, False, {CHAIR}, False),
        (About.CHAIR, False, {HEAD}, True),
        (About.PUPIL, False, {LEAD, DEPUTY}, False),
        (About.ADULT, False, {HEAD}, False),
        (About.NOBODY, True, {HEAD, LEAD, DEPUTY}, False),
        (About.HEAD, True, {CHAIR, LEAD, DEPUTY}, False),
    ],
)
def test_each_report_goes_where_the_policy_says(about, urgent, who, officer):
    routed = route({about}, safeguarding=urgent, people=school(SEATS, EVERYBODY))
    assert {id for id, _ in routed.handlers} == who
    assert routed.officer == officer


def test_while_the_head_is_away_whoever_stands_in_receives_it_too():
    people = school(SEATS, ("away", *EVERYBODY[1:]))
    assert route({About.STAFF}, safeguarding=False, people=people).handlers == (
        (HEAD, Seat.HEAD),
        (LEADER, Seat.LEADER),
    )


def test_a_conflict_of_interest_tells_the_officer():
    people = school(SEATS, ("here", "here", "here", "here", "barred", "here"))
    routed = route({About.HEAD}, safeguarding=False, people=people)
    assert {id for id, _ in routed.handlers} == {LEAD, DEPUTY} and routed.officer


def test_a_name_in_words_is_enough_to_be_kept_out():
    assert is_named("it was mrs zebrahart i think", "Mrs Zebrahart")
    assert is_named("Zebrahart's husband", "Mrs Wilma Zebrahart")
    assert not is_named("my teacher", "Mrs Zebrahart")
    assert not is_named("", "Mrs Zebrahart")


def test_a_reference_says_nothing_of_its_place():
    some = {new_reference() for _ in range(500)}
    assert len(some) == 500
    assert list(some) != sorted(some)
