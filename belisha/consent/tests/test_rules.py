"""What counts, decided without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.consent.rules import (
    Fact,
    Kind,
    Said,
    Voice,
    fact_of,
    kind_after,
    reason_for,
    standing,
    standing_by,
    why_not_recorded,
)
from belisha.policy.rules import PURPOSES, purpose_named

TODAY = date(2026, 11, 20)
YES, NO, BACK, GONE = Kind.GIVEN, Kind.REFUSED, Kind.WITHDRAWN, Kind.INVALIDATED

voices = st.lists(
    st.builds(
        Voice,
        kind=st.sampled_from(Kind),
        expires_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        may_allow=st.booleans(),
    ),
    max_size=5,
)


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ([], Fact.NONE),
        ([YES], Fact.GIVEN),
        ([NO], Fact.REFUSED),
        ([BACK], Fact.WITHDRAWN),
        ([GONE], Fact.INVALIDATED),
        ([YES, YES], Fact.GIVEN),
        ([YES, NO], Fact.CONFLICT),
        ([YES, BACK], Fact.CONFLICT),
        ([NO, BACK], Fact.REFUSED),
        ([NO, GONE], Fact.REFUSED),
        ([YES, GONE], Fact.GIVEN),
    ],
)
def test_what_the_answers_at_home_amount_to(said, fact):
    assert fact_of([Voice(kind) for kind in said], on=TODAY) is fact


@pytest.mark.parametrize(("days", "fact"), [(-1, Fact.EXPIRED), (0, Fact.GIVEN), (1, Fact.GIVEN)])
def test_a_yes_counts_to_the_end_of_its_last_day(days, fact):
    assert fact_of([Voice(YES, TODAY + timedelta(days=days))], on=TODAY) is fact


def test_a_no_stands_against_a_yes_that_ran_out():
    ran_out = Voice(YES, TODAY - timedelta(days=1))
    assert fact_of([ran_out, Voice(NO)], on=TODAY) is Fact.REFUSED


@pytest.mark.parametrize(("kind", "fact"), [(YES, Fact.NONE), (NO, Fact.REFUSED)])
def test_under_an_order_a_no_counts_and_a_yes_does_not(kind, fact):
    assert fact_of([Voice(kind, may_allow=False)], on=TODAY) is fact


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ([YES], Fact.NONE),
        ([YES, NO], Fact.REFUSED),
        ([BACK], Fact.REFUSED),
        ([YES, BACK], Fact.REFUSED),
    ],
)
def test_a_protected_child_looks_like_one_whose_family_never_said_yes(said, fact):
    assert fact_of([Voice(kind) for kind in said], on=TODAY, protected=True) is fact


@given(voices, st.booleans())
def test_any_no_means_never_yes(said, protected):
    if any(voice.kind.is_no for voice in said):
        assert fact_of(said, on=TODAY, protected=protected) is not Fact.GIVEN


@given(voices, st.booleans(), st.randoms())
def test_the_order_of_people_does_not_matter(said, protected, random):
    mixed = random.sample(said, len(said))
    assert fact_of(mixed, on=TODAY, protected=protected) is fact_of(
        said, on=TODAY, protected=protected
    )


@given(voices)
def test_nothing_about_a_protected_child_tells_of_a_yes(said):
    without = [voice for voice in said if voice.kind is not YES]
    plain = [Voice(NO) if voice.kind is BACK else voice for voice in without]
    assert fact_of(said, on=TODAY, protected=True) is fact_of(plain, on=TODAY)


@given(voices)
def test_a_yes_needs_somebody_whose_yes_counts_today(said):
    yes = [
        voice
        for voice in said
        if voice.kind is YES
        and voice.may_allow
        and (voice.expires_on is None or voice.expires_on >= TODAY)
    ]
    no = any(voice.kind.is_no for voice in said)
    assert (fact_of(said, on=TODAY) is Fact.GIVEN) == (bool(yes) and not no)


def test_only_a_yes_gives_no_reason():
    newsletter = purpose_named("newsletter")
    silent = {fact for fact in Fact if reason_for(fact, newsletter, "Leo K") is None}
    assert silent == {Fact.GIVEN}
    assert reason_for(Fact.GIVEN, purpose_named("promotional"), "Leo K").clause == "P.vi"


def test_every_fact_has_a_light_and_only_a_yes_is_green():
    assert {fact for fact in Fact if fact.light == "yes"} == {Fact.GIVEN}
    assert {fact.light for fact in Fact} == {"yes", "no", "ask"}


def entry(number, kind, on, recorded=None, voids=None):
    at = datetime(2026, 11, recorded or on, 9, tzinfo=UTC)
    return Said(number, kind, date(2026, 11, on), at, voids)


def test_a_paper_form_typed_in_late_leaves_the_newer_answer_alone():
    ledger = [entry(1, NO, 19), entry(2, YES, 12, recorded=20)]
    assert standing(ledger).id == 1


def test_of_one_day_the_last_recorded_counts():
    assert standing([entry(1, YES, 12), entry(2, NO, 12)]).id == 2
    assert standing([entry(2, YES, 12, recorded=13), entry(1, NO, 12, recorded=14)]).id == 1


def test_an_answer_set_aside_gives_way_to_the_one_before():
    ledger = [entry(1, YES, 10), entry(2, NO, 12), entry(3, GONE, 13, voids=2)]
    assert standing(ledger).id == 1


def test_when_all_is_set_aside_that_stands():
    ledger = [entry(1, YES, 10), entry(2, GONE, 13, voids=1)]
    assert standing(ledger).kind is GONE


def test_what_counted_on_a_day_knows_what_was_set_aside_later():
    ledger = [entry(1, YES, 10), entry(2, NO, 12), entry(3, GONE, 15, voids=1)]
    assert standing_by(ledger, date(2026, 11, 11)) is None
    assert standing_by(ledger, date(2026, 11, 12)).id == 2


@pytest.mark.parametrize(
    ("former", "said", "kind"),
    [
        (None, YES, YES),
        (NO, YES, YES),
        (None, NO, NO),
        (None, BACK, NO),
        (NO, BACK, NO),
        (YES, NO, BACK),
        (YES, BACK, BACK),
        (BACK, NO, BACK),
    ],
)
def test_a_no_after_a_yes_takes_it_back(former, said, kind):
    assert kind_after(former, said) is kind


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        (YES, {}, ""),
        (YES, {"responsible": False}, "parental responsibility"),
        (NO, {"responsible": False}, "parental responsibility"),
        (YES, {"no_contact": True}, "An order"),
        (NO, {"no_contact": True}, ""),
        (YES, {"on": TODAY + timedelta(days=1)}, "has not come"),
        (YES, {"expires_on": TODAY - timedelta(days=1)}, "runs out"),
        (YES, {"expires_on": TODAY}, ""),
    ],
)
def test_what_may_be_written_down(kind, changed, words):
    usual = {
        "on": TODAY,
        "expires_on": None,
        "today": TODAY,
        "responsible": True,
        "no_contact": False,
    }
    said = why_not_recorded(kind, **(usual | changed))
    assert words in said
    assert bool(said) == bool(words)


def test_every_shipped_purpose_is_found_by_key_and_by_name():
    for purpose in PURPOSES:
        assert purpose_named(purpose.key) == purpose_named(purpose.name.upper()) == purpose
