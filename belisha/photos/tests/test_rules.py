"""Which faces go where: the one rule, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.consent.rules import Fact
from belisha.photos.rules import FaceFacts, Light, PictureFacts, Who, answer, decide
from belisha.policy.rules import PURPOSES, purpose_named

WEBSITE, PROMOTION = purpose_named("website"), purpose_named("promotional")
GENERAL = [purpose for purpose in PURPOSES if not purpose.each_picture]
SETTLED = [who for who in Who if who is not Who.UNSETTLED]


def child(fact, number=1, name="Leo K"):
    return FaceFacts(number, Who.PUPIL, name, fact)


def picture(*faces, looked=True, boxed=True, kept_back=False):
    return PictureFacts(faces, looked, boxed, kept_back)


def test_a_picture_of_children_with_a_yes_goes_as_it_is():
    decision = decide(picture(child(Fact.GIVEN)), WEBSITE)
    assert decision.light is Light.AS_IS
    assert decision.hidden_ids == set()
    assert decision.words == "Goes as it is"


@pytest.mark.parametrize("fact", [fact for fact in Fact if fact is not Fact.GIVEN])
@pytest.mark.parametrize("purpose", PURPOSES, ids=lambda purpose: purpose.key)
def test_a_child_without_a_yes_is_hidden_everywhere(fact, purpose):
    decision = decide(picture(child(fact), child(Fact.GIVEN, 2, "Amara L")), purpose)
    assert decision.light is Light.SAFE_COPY
    assert 1 in decision.hidden_ids
    assert decision.verdict.reasons[0].clause in ("P.i", "P.vi")


def test_a_general_yes_never_suffices_for_promotion():
    decision = decide(picture(child(Fact.GIVEN)), PROMOTION)
    assert decision.hidden_ids == {1}
    assert [reason.clause for reason in decision.verdict.reasons] == ["P.vi"]


def test_a_face_without_a_name_lets_no_light_turn_green():
    decision = decide(picture(child(Fact.GIVEN), FaceFacts(2, Who.UNSETTLED)), WEBSITE)
    assert decision.light is Light.WAITS
    assert decision.verdict.reasons[0].text == "1 face has no name yet"
    assert not decision.verdict


def test_a_picture_waits_until_a_person_has_looked_for_missed_faces():
    assert decide(picture(child(Fact.GIVEN), boxed=False), WEBSITE).light is Light.WAITS
    assert decide(picture(looked=False), WEBSITE).light is Light.WAITS


def test_a_picture_that_is_kept_back_goes_nowhere():
    assert decide(picture(child(Fact.GIVEN), kept_back=True), WEBSITE).light is Light.NO


@pytest.mark.parametrize(
    ("who", "hidden"), [(Who.UNKNOWN, True), (Who.ADULT, False), (Who.NOT_A_FACE, False)]
)
def test_who_is_nobodys_child(who, hidden):
    assert answer(FaceFacts(1, who), WEBSITE).hidden is hidden


def test_a_ground_is_said_once_for_all_whom_it_is_about():
    faces = [child(Fact.REFUSED, 1, "Leo K"), child(Fact.REFUSED, 2, "Amara L")]
    reasons = decide(picture(*faces), WEBSITE).verdict.reasons
    assert [reason.text for reason in reasons] == ["Amara L and Leo K: the family said no"]


def test_a_protected_child_reads_like_one_whose_family_has_not_answered():
    # consent.rules.fact_of makes the fact NONE; nothing of the protection reaches this rule.
    assert "protect" not in decide(picture(child(Fact.NONE)), WEBSITE).verdict.reasons[0].text


faces_of_a_picture = st.lists(
    st.builds(FaceFacts, st.integers(1, 10**6), st.sampled_from(Who), fact=st.sampled_from(Fact)),
    unique_by=lambda face: face.id,
    max_size=8,
)


@given(faces_of_a_picture, st.sampled_from(PURPOSES), st.booleans(), st.booleans(), st.booleans())
def test_nobody_without_a_yes_is_ever_shown(faces, purpose, looked, boxed, kept_back):
    decision = decide(PictureFacts(faces, looked, boxed, kept_back), purpose)
    if not decision.verdict:
        return
    assert looked
    assert boxed
    assert not kept_back
    shown = [face for face in faces if face.id not in decision.hidden_ids]
    for face in shown:
        allowed = face.fact is Fact.GIVEN and not purpose.each_picture
        assert face.who in (Who.ADULT, Who.NOT_A_FACE) or (face.who is Who.PUPIL and allowed)


@given(faces_of_a_picture, faces_of_a_picture, st.sampled_from(PURPOSES))
def test_another_face_never_shows_one_that_was_hidden(faces, more, purpose):
    hidden = decide(PictureFacts(faces, True, True), purpose).hidden_ids
    seen = {face.id for face in faces}
    added = [face for face in more if face.id not in seen]
    both = decide(PictureFacts([*faces, *added], True, True), purpose)
    assert not both.verdict or hidden <= both.hidden_ids
