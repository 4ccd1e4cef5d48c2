"""A yes to one picture, and "not this one": the rule, without a database (P.i, P.iii, P.vi)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.consent.rules import Fact, Kind, Voice, reason_for
from belisha.photos.rules import (
    FaceFacts,
    PictureFacts,
    Source,
    Who,
    answer,
    decide,
    fact_of_picture,
    had_a_yes,
    is_covered_for_a_family,
)
from belisha.policy.rules import PURPOSES, PurposeTerms, purpose_named

TODAY = date(2026, 11, 20)
WEBSITE, PROMOTION = purpose_named("website"), purpose_named("promotional")
GENERAL_NOES = (Fact.REFUSED, Fact.WITHDRAWN, Fact.CONFLICT)
YES, NO = Voice(Kind.GIVEN, TODAY), Voice(Kind.REFUSED)


def child(fact=Fact.NONE, specific=Fact.NONE, stopped=None):
    return FaceFacts(1, Who.PUPIL, "Leo K", fact, specific, stopped)


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("specific", Fact)
def test_promotion_shows_a_child_by_a_yes_to_the_very_picture_and_no_general_no(fact, specific):
    shown = not answer(child(fact, specific), PROMOTION).hidden
    assert shown == (specific is Fact.GIVEN and fact not in GENERAL_NOES)


@pytest.mark.parametrize("purpose", [one for one in PURPOSES if not one.each_picture])
def test_a_yes_to_one_picture_says_nothing_of_other_uses(purpose):
    assert answer(child(Fact.NONE, Fact.GIVEN), purpose).hidden


@pytest.mark.parametrize("specific", [fact for fact in Fact if fact is not Fact.GIVEN])
def test_every_ground_against_a_picture_is_said_in_words(specific):
    reason = reason_for(Fact.NONE, PROMOTION, "Leo K", specific)
    assert reason.clause == "P.vi"
    assert reason.text.startswith("Leo K: ")


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_stop_wins_over_every_yes(purpose, source):
    said = answer(child(Fact.GIVEN, Fact.GIVEN, source), purpose)
    assert said.hidden
    assert said.reason.clause == "P.i"
    assert "not this one" in said.reason.text


def test_a_stop_is_said_as_the_ground():
    picture = PictureFacts([child(Fact.GIVEN, stopped=Source.CHILD)], True, True)
    decision = decide(picture, WEBSITE)
    assert [reason.text for reason in decision.verdict.reasons] == ["Leo K: said not this one"]
    assert decision.hidden_ids == {1}


@pytest.mark.parametrize(
    ("voices", "fact"),
    [
        ([], Fact.NONE),
        ([None], Fact.NONE),
        ([YES], Fact.GIVEN),
        ([YES, YES], Fact.GIVEN),
        ([YES, None], Fact.NONE),
        ([YES, NO], Fact.CONFLICT),
        ([NO, None], Fact.REFUSED),
        ([Voice(Kind.WITHDRAWN), None], Fact.WITHDRAWN),
        ([Voice(Kind.WITHDRAWN), YES], Fact.CONFLICT),
        ([Voice(Kind.GIVEN, TODAY - timedelta(days=1))], Fact.EXPIRED),
        ([Voice(Kind.GIVEN, TODAY, may_allow=False)], Fact.NONE),
        ([YES, Voice(Kind.REFUSED, may_allow=False)], Fact.CONFLICT),
        ([YES, Voice(Kind.GIVEN, TODAY, may_allow=False)], Fact.GIVEN),
    ],
)
def test_what_a_family_says_of_one_picture(voices, fact):
    assert fact_of_picture(voices, on=TODAY) is fact


voices_of_a_family = st.lists(
    st.none()
    | st.builds(
        Voice,
        st.sampled_from([Kind.GIVEN, Kind.REFUSED, Kind.WITHDRAWN]),
        st.sampled_from([TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]),
        st.booleans(),
    ),
    max_size=4,
)


@given(voices_of_a_family)
def test_nothing_but_a_yes_of_everyone_who_is_asked_is_a_yes(voices):
    fact = fact_of_picture(voices, on=TODAY)
    asked = [one for one in voices if one is None or one.may_allow]
    all_yes = bool(asked) and all(
        one and one.kind is Kind.GIVEN and one.expires_on >= TODAY for one in asked
    )
    no_no = not any(one and one.kind.is_no for one in voices)
    if fact is Fact.GIVEN:
        assert no_no
        assert None not in voices
        assert any(one.expires_on >= TODAY for one in asked)
    if all_yes and no_no:
        assert fact is Fact.GIVEN


@given(voices_of_a_family)
def test_of_a_protected_child_the_yes_is_as_if_never_said(voices):
    fact = fact_of_picture(voices, on=TODAY, protected=True)
    assert fact in (Fact.NONE, Fact.REFUSED)
    without = [None if one and one.kind is Kind.GIVEN else one for one in voices]
    assert fact is fact_of_picture(without, on=TODAY, protected=True)


@given(st.sampled_from(Fact), st.sampled_from(Fact), st.sampled_from([None, *Source]))
def test_a_child_without_a_yes_on_record_is_never_named_as_recalled(fact, specific, stopped):
    face = child(fact, specific, stopped)
    assert had_a_yes(face, WEBSITE) == (fact not in (Fact.NONE, Fact.REFUSED))
    assert had_a_yes(face, PROMOTION) == (specific not in (Fact.NONE, Fact.REFUSED))


def test_who_is_no_pupil_is_never_recalled():
    assert not any(had_a_yes(FaceFacts(1, who), WEBSITE) for who in Who if who is not Who.PUPIL)


def test_a_parent_sees_adults_and_their_own_children_and_no_other_face():
    seen = {who for who in Who if not is_covered_for_a_family(who, own=False)}
    assert seen == {Who.ADULT, Who.NOT_A_FACE}
    assert not is_covered_for_a_family(Who.PUPIL, own=True)


def test_a_purpose_that_nobody_thought_of_is_not_for_every_family():
    assert not PurposeTerms("noticeboard", "Noticeboard", "Whoever passes").seen_by_every_family
    narrow = {one.key for one in PURPOSES if not one.seen_by_every_family}
    assert narrow == {"learning-journal", "display"}
