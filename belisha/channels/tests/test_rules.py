"""What an account needs, how long the head's yes lasts, and how an account stands (C.1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.channels.rules import (
    DORMANT_AFTER,
    REMIND,
    Facts,
    Need,
    RunBy,
    Stage,
    is_under,
    may_go_on,
    missing,
    renew_by,
    same_account,
    stage,
    too_young,
    why_not_recovery,
)

DAY = timedelta(days=1)
ON = date(2026, 11, 20)
WHOLE = {
    "purpose": "News of the school",
    "administrators": ["staff 1", "staff 2"],
    "recovery": "office@kerbside.example",
    "owned": True,
    "people_said": True,
    "factor": True,
}
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
facts = st.builds(
    Facts,
    closed=st.booleans(),
    agreed=st.booleans(),
    ours=st.booleans(),
    waits=st.booleans(),
    refused=st.booleans(),
    ran_out=st.booleans(),
    gone=st.booleans(),
    due_on=days,
    used_on=st.none() | days,
)


def test_an_account_with_everything_lacks_nothing():
    assert missing(**WHOLE) == ()


@pytest.mark.parametrize(
    ("without", "need"),
    [
        ({"purpose": "  "}, Need.PURPOSE),
        ({"administrators": ["staff 1"]}, Need.TWO_ADMINISTRATORS),
        ({"administrators": ["staff 1", "staff 1"]}, Need.TWO_ADMINISTRATORS),
        ({"recovery": ""}, Need.RECOVERY),
        ({"owned": False}, Need.OWNED),
        ({"people_said": False}, Need.PEOPLE),
        ({"factor": False}, Need.FACTOR),
    ],
)
def test_each_thing_that_is_not_there_is_named_alone(without, need):
    assert missing(**(WHOLE | without)) == (need,)


@given(
    purpose=st.sampled_from(["", "News"]),
    administrators=st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
    recovery=st.sampled_from(["", "office@kerbside.example"]),
    owned=st.booleans(),
    people_said=st.booleans(),
    factor=st.booleans(),
)
def test_nothing_is_lacking_only_when_all_of_it_is_there(**given_):
    whole = (
        given_["purpose"]
        and len(set(given_["administrators"])) >= 2
        and given_["recovery"]
        and given_["owned"]
        and given_["people_said"]
        and given_["factor"]
    )
    assert (missing(**given_) == ()) is bool(whole)


@given(agreed=days, months=st.sampled_from([4, 6, 12]), run_by=st.sampled_from(RunBy))
def test_the_yes_is_renewed_within_the_time_and_never_at_once(agreed, months, run_by):
    due = renew_by(run_by, agreed, months=months)
    assert agreed < due <= agreed + timedelta(days=31 * months)


@given(agreed=days)
def test_an_association_says_anew_each_school_year(agreed):
    due = renew_by(RunBy.ASSOCIATION, agreed, months=12)
    first = date(agreed.year - (agreed.month < 9), 9, 1)
    assert due <= date(first.year + 1, 9, 30)


def test_a_yes_of_the_twentieth_of_november_lasts_a_year():
    assert renew_by(RunBy.SCHOOL, ON, months=12) == date(2027, 11, 20)
    assert renew_by(RunBy.SCHOOL, date(2026, 8, 31), months=6) == date(2027, 2, 28)
    assert renew_by(RunBy.ASSOCIATION, ON, months=12) == date(2027, 9, 30)


def test_a_late_renewal_still_counts_for_thirty_days():
    assert may_go_on(ON, ON + REMIND)
    assert not may_go_on(ON, ON + REMIND + DAY)


@given(known=facts, on=days)
def test_no_account_is_called_approved_that_nobody_agreed_to(known, on):
    if stage(known, on) in (Stage.APPROVED, Stage.DORMANT, Stage.DUE, Stage.OVERDUE):
        assert known.agreed or known.ran_out
        assert not known.closed
        assert not (known.gone and known.ours)


@given(known=facts, on=days)
def test_what_is_approved_is_not_due(known, on):
    if stage(known, on) is Stage.APPROVED:
        assert on + REMIND < known.due_on
        assert known.used_on is None or on - known.used_on <= DORMANT_AFTER


def test_what_needs_a_person_first_comes_first():
    good = Facts(agreed=True, ours=True, due_on=ON + 200 * DAY, used_on=ON)
    assert stage(good, ON) is Stage.APPROVED
    assert stage(Facts(agreed=True, ours=True, due_on=ON + 30 * DAY), ON) is Stage.DUE
    assert stage(Facts(agreed=True, ours=True, due_on=ON - 31 * DAY), ON) is Stage.OVERDUE
    unused = Facts(agreed=True, ours=True, due_on=ON + 99 * DAY, used_on=ON - 181 * DAY)
    assert stage(unused, ON) is Stage.DORMANT
    assert stage(Facts(agreed=True, ours=True, gone=True), ON) is Stage.ATTENTION
    assert stage(Facts(closed=True, agreed=True, gone=True), ON) is Stage.CLOSED
    assert stage(Facts(), ON) is Stage.DRAFT
    assert stage(Facts(ours=True), ON) is Stage.CHANGED


def test_pupils_are_weighed_by_the_youngest_age_of_their_year():
    assert too_young(13, 2)
    assert not too_young(6, 2)
    assert not too_young(None, 2)
    assert not too_young(13, None)


def test_an_account_is_the_same_at_its_address_or_by_its_name_there():
    ours = {"of": "facebook", "called": "@Kerbside", "lives_at": "https://facebook.com/kerbside/"}
    assert same_account("", "x", "https://www.facebook.com/Kerbside", **ours)
    assert same_account("facebook", "kerbside", "", **ours)
    assert not same_account("instagram", "kerbside", "", **ours)
    assert not same_account("facebook", "kerbside year 6", "", **ours)
    assert not same_account("facebook", "", "https://facebook.com/other", **ours)


def test_an_address_lies_under_a_domain_only_at_a_dot():
    assert is_under("www.facebook.com", ["facebook.com"])
    assert not is_under("notfacebook.com", ["facebook.com"])


def test_a_recovery_address_is_the_schools():
    none = {"domains": (), "of_people": ()}
    assert why_not_recovery("office@kerbside.example", **none) == ""
    own = {"domains": (), "of_people": ("Miss.Raman@kerbside.example",)}
    assert "own address" in why_not_recovery("miss.raman@kerbside.example", **own)
    known = {"domains": {"kerbside.example"}, "of_people": ()}
    assert why_not_recovery("office@kerbside.example", **known) == ""
    assert "kerbside.example" in why_not_recovery("kerbside@mail.example", **known)
