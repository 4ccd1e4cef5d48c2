"""Can I…?: every question that can be put is put, and what a school would say to each deed."""

import re
from dataclasses import replace
from itertools import product

import pytest

from belisha.lib.verdict import Outcome
from belisha.policy.asking import (
    Asker,
    Deed,
    Of,
    On,
    Question,
    Remedy,
    When,
    Where,
    With,
    answer,
    hangs_on,
)
from belisha.policy.asking.pictures import PURPOSE_OF
from belisha.policy.asking.question import (
    PICTURES,
    PRIVATE_PLACES,
    SPEAKING,
    STAFF,
    TAKING,
    implied,
)
from belisha.policy.asking.wording import ASKED, commonest, part_label, words_of
from belisha.policy.controls import CONTROLS
from belisha.policy.rules import PURPOSES

YES, ASK, NO = Outcome.YES, Outcome.ASK, Outcome.NO
STRICTNESS = {YES: 0, ASK: 1, NO: 2}
PARTS = {"of": Of, "on": On, "with_": With, "where": Where, "when": When}
DEVICES = (With.SCHOOL_CAMERA, With.OWN_CAMERA, With.OWN_PHONE)  # the stricter later


class Space:
    """All that one asker can ask of one deed, every part known or not, and each answer."""

    def __init__(self, asker, deed):
        self.asker, self.deed, self.verdicts = asker, deed, {}
        watched = (False, True) if asker is Asker.PUPIL else (False,)
        for parts in product(*((None, *kind) for kind in PARTS.values()), watched):
            self.verdicts[parts] = answer(Question(asker, deed, *parts))
        self.distinct = set(self.verdicts.values())

    def strictness(self, parts):
        return STRICTNESS[self.verdicts[parts].outcome]

    def all_with(self, name, value):
        place = list(PARTS).index(name)
        return [parts for parts in self.verdicts if parts[place] is value]

    def told(self, parts, without=()):
        """The same question with one more part said, for each part that nobody has said."""
        for place, (name, kind) in enumerate(PARTS.items()):
            if parts[place] is None and name not in without:
                yield name, [(*parts[:place], value, *parts[place + 1 :]) for value in kind]


@pytest.fixture(
    scope="module",
    params=list(product(Asker, Deed)),
    ids=lambda pair: f"{pair[0]}-{pair[1]}",
)
def space(request):
    return Space(*request.param)


def of_another_deed(deed):
    """Parts that make it two questions: where a picture taken would be posted, and the device on
    which one reads a network. Each is weighed when it is said."""
    if deed in TAKING or deed is Deed.SHOW_PICTURES:
        return ("on",)
    online = SPEAKING | {Deed.USE_NETWORK, Deed.OPEN_ACCOUNT}
    return ("with_",) if deed in online else ()


def test_toilets_and_changing_areas_are_always_no(space):
    for place in PRIVATE_PLACES:
        for parts in space.all_with("where", place):
            verdict = space.verdicts[parts]
            assert verdict.outcome is NO, parts
            assert [reason.clause for reason in verdict.reasons] == ["P.viii"]


def test_a_phone_of_staff_is_always_no(space):
    if space.asker in STAFF:
        for parts in space.all_with("with_", With.OWN_PHONE):
            assert space.verdicts[parts].outcome is NO, parts
        if space.deed is Deed.USE_PHONE:
            assert {verdict.outcome for verdict in space.verdicts.values()} == {NO}


def test_nobody_takes_a_picture_in_school_with_a_phone_but_a_parent_at_an_event(space):
    if space.deed in TAKING:
        for parts in space.all_with("with_", With.OWN_PHONE):
            of, _, _, where, when, _ = parts
            if where in (Where.CLASSROOM, Where.PLAYGROUND, Where.VISIT):
                verdict = space.verdicts[parts]
                at_event = When.EVENT is when or (of is Of.EVENT and when is None)
                if not (space.asker is Asker.PARENT and at_event):
                    assert verdict.outcome is not YES, parts


def test_every_answer_names_a_clause_of_the_list_and_says_what_can_be_done(space):
    for verdict in space.distinct:
        assert verdict.reasons
        for reason in verdict.reasons:
            assert reason.clause in CONTROLS
            assert not reason.who
        assert bool(verdict.remedy) == (verdict.outcome is not YES)


def test_every_text_is_short_and_plain(space):
    for verdict in space.distinct:
        for text in (*(reason.text for reason in verdict.reasons), verdict.remedy):
            assert len(text.split()) < 25, text
            for sentence in re.split(r"(?<=[.:]) ", text):
                assert len(sentence.split()) <= 15, text
            assert not re.search(r"\b(oops|invalid|please|e\.g|GDPR|LADO|DSL)\b", text, re.I), text
            assert text == "" or text.endswith(".")


def test_a_yes_said_too_early_is_never_taken_back_by_what_is_said_later(space):
    """Whatever is not said could be anything that its words do not exclude, but a toilet."""
    for parts, verdict in space.verdicts.items():
        question = Question(space.asker, space.deed, *parts)
        if verdict.outcome is YES and implied(question) == question:
            for name, known in space.told(parts, without=of_another_deed(space.deed)):
                for more in known:
                    if not PRIVATE_PLACES & {more[3]}:
                        assert space.verdicts[more].outcome is YES, (name, parts, more)


def test_where_every_way_is_closed_the_answer_is_no_at_once(space):
    for parts, verdict in space.verdicts.items():
        for name, known in space.told(parts, without=of_another_deed(space.deed)):
            if all(space.verdicts[more].outcome is NO for more in known):
                assert verdict.outcome is NO, (name, parts)


def test_a_yes_with_no_place_said_warns_of_the_places_that_are_forbidden(space):
    if space.deed in TAKING:
        for parts, verdict in space.verdicts.items():
            if verdict.outcome is YES and parts[3] is None:
                assert "P.viii" in {reason.clause for reason in verdict.reasons}, parts


def test_stricter_facts_never_loosen_an_answer(space):
    for parts in space.verdicts:
        of, on, _, where, when, watched = parts
        if watched:
            alone = (*parts[:5], False)
            assert space.strictness(alone) >= space.strictness(parts), parts
        if space.asker is not Asker.PARENT and space.deed in PICTURES:
            levels = [
                space.strictness((of, on, device, where, when, watched)) for device in DEVICES
            ]
            at_home = where is Where.HOME  # a school camera there is the worst of all
            assert at_home or levels == sorted(levels), parts


def test_nobody_is_told_to_wait_for_what_stays_forbidden(space):
    for parts, verdict in space.verdicts.items():
        if verdict.remedy == Remedy.WAIT_FOR_BREAK:
            later = (*parts[:4], When.BREAK, parts[5])
            assert space.verdicts[later].outcome is not NO, parts


def test_a_use_that_the_school_gave_up_turns_no_answer_looser(space):
    if space.deed is Deed.POST_PICTURE:
        given_up = [replace(purpose, in_use=False) for purpose in PURPOSES]
        for parts in space.verdicts:
            verdict = answer(Question(space.asker, space.deed, *parts), given_up)
            assert STRICTNESS[verdict.outcome] >= space.strictness(parts), parts
            if parts[1] in PURPOSE_OF and space.asker in STAFF:
                assert verdict.outcome is NO, parts


def test_nobody_posts_on_the_schools_places_without_asking(space):
    """`photos.rules.decide` waits until a person has settled the faces; so does the answer."""
    if space.deed is Deed.POST_PICTURE:
        for place in PURPOSE_OF:
            if place is On.SOCIAL and space.asker is Asker.PARENT:
                continue  # a parent's own pages
            for parts in space.all_with("on", place):
                assert space.verdicts[parts].outcome is not YES, parts


def test_what_a_question_implies_is_implied_once():
    for parts in product(*((None, *kind) for kind in PARTS.values())):
        question = implied(Question(Asker.PARENT, Deed.FILM, *parts))
        assert implied(question) == question
        assert answer(question) == answer(Question(Asker.PARENT, Deed.FILM, *parts))


def said(words):
    """A question in the words of the command line."""
    asker, deed, *rest = words.split()
    facts = dict(fact.split("=") for fact in rest if "=" in fact)
    parts = {
        name: kind(facts[name.strip("_")])
        for name, kind in PARTS.items()
        if name.strip("_") in facts
    }
    return Question(Asker(asker), Deed(deed), **parts, supervised="supervised" in rest)


@pytest.mark.parametrize(
    ("words", "outcome", "clauses"),
    [
        # A: pupils in school
        ("pupil use-network when=lesson", NO, "A.2"),
        ("pupil use-network where=home", ASK, "A.1"),
        ("pupil use-phone when=lesson", NO, "A.3 A.4"),
        ("pupil use-phone when=event", NO, "A.3"),
        ("pupil use-phone when=event supervised", YES, "A.3"),
        ("pupil use-phone where=event when=after-school supervised", YES, "A.3"),
        ("pupil use-phone where=classroom when=lesson supervised", NO, "A.3"),
        ("pupil use-phone supervised", ASK, "A.3"),
        ("pupil comment on=website", NO, "A.2"),
        ("pupil post-picture of=other-children", NO, "A.2"),
        ("pupil post-picture of=class on=display", NO, "P.iii"),
        ("pupil take-picture with=own-phone where=event supervised", NO, "A.3"),
        ("pupil take-picture with=school-camera", ASK, "P.ix"),
        # B: staff in a personal capacity
        ("teacher add-friend of=pupil", NO, "B.i"),
        ("teacher add-friend of=class", NO, "B.i"),
        ("teacher add-friend", NO, "B.i"),
        ("pta add-friend of=own-child", YES, "D.0"),
        ("teacher add-friend of=school", YES, "B.0 B.v"),
        ("teacher post-picture of=event on=personal", NO, "B.ii"),
        ("teacher post-picture of=event on=social", ASK, "B.ii P.i P.iv"),
        ("staff use-network when=lesson", NO, "B.iii"),
        ("staff use-network when=break", YES, "B.0"),
        ("staff use-network", ASK, "B.iii"),
        ("head use-network when=lesson", NO, "B.iii"),
        ("teacher comment of=pupil", NO, "B.vi"),
        ("teacher comment of=school", YES, "B.vi"),
        ("teacher comment of=school on=press", ASK, "B.0"),
        # C: accounts
        ("teacher open-account of=class", ASK, "C.1"),
        ("pta open-account", ASK, "C.1"),
        ("head open-account of=school", ASK, "C.1"),
        # D: parents
        ("parent post-picture of=own-child on=personal", YES, "D.i"),
        ("parent post-picture of=own-child", YES, "D.i"),
        ("parent post-picture of=other-children on=social", NO, "D.i"),
        ("parent post-picture of=event on=social", NO, "D.i"),
        ("parent post-picture of=class on=press", NO, "D.i"),
        ("parent post-picture of=own-child on=press", ASK, "P.i"),
        ("volunteer post-picture of=own-child on=social", ASK, "D.i"),
        ("parent use-network where=home when=lesson", YES, "D.0"),
        ("parent post-picture", NO, "D.i"),
        ("parent post-picture of=own-child on=website", ASK, "P.i P.iv"),
        ("parent comment of=school", YES, "D.ii D.iii"),
        ("parent comment of=other-children", NO, "D.iii"),
        ("parent open-account of=class", NO, "D.iv"),
        ("parent open-account", NO, "D.iv"),
        ("parent open-account of=own-child", YES, "D.iv"),
        ("parent add-friend of=school", YES, "D.0"),
        # P: photography
        ("teacher take-picture of=class with=own-phone where=visit", NO, "P.0 P.vii"),
        ("teacher take-picture with=own-camera", NO, "P.i"),
        ("teacher take-picture of=class", ASK, "P.0"),
        ("teacher take-picture of=class with=school-camera", YES, "P.iii P.ix P.i"),
        ("teacher take-picture of=class with=school-camera where=visit", YES, "P.ii"),
        ("teacher take-picture of=class with=school-camera where=home", NO, "P.ii"),
        ("teacher film of=event with=school-camera where=event", YES, "P.v"),
        ("teacher take-picture with=school-camera on=personal", NO, "B.ii"),
        ("teacher post-picture of=class on=display", ASK, "P.i P.iii P.iv"),
        ("teacher post-picture of=class on=prospectus", ASK, "P.vi"),
        ("teacher post-picture of=class on=press", ASK, "P.vi"),
        ("head post-picture of=class on=website", ASK, "P.i P.iv"),
        ("teacher show-pictures of=class where=classroom", YES, "P.iii"),
        ("teacher show-pictures of=class where=home", NO, "P.iii"),
        ("teacher show-pictures of=class", ASK, "P.iii"),
        ("parent show-pictures of=own-child", YES, "P.iii"),
        ("parent show-pictures of=class", NO, "P.iii"),
        ("governor show-pictures", ASK, "P.iii"),
        ("parent film of=event where=event", YES, "P.v D.i"),
        ("parent film of=own-child where=event", YES, "P.v"),
        ("parent film of=own-child when=event", YES, "P.v"),
        ("parent film of=other-children where=event", ASK, "D.i"),
        ("parent film of=own-child where=classroom", NO, "P.0"),
        ("parent film of=own-child", ASK, "P.v"),
        ("visitor take-picture with=own-phone", NO, "P.0"),
        ("volunteer take-picture with=own-phone where=event", NO, "P.0"),
        ("visitor take-picture with=own-camera", ASK, "P.vii"),
        ("governor take-picture with=school-camera", ASK, "P.ix"),
        ("teacher take-device-off-site where=visit", ASK, "P.ii"),
        ("teacher take-device-off-site where=home", NO, "P.ii"),
        ("teacher take-device-off-site", NO, "P.ii"),
        ("parent take-device-off-site where=visit", NO, "P.ix"),
        ("governor take-device-off-site where=home", NO, "P.ii P.ix"),
    ],
)
def test_a_school_would_say(words, outcome, clauses):
    verdict = answer(said(words))
    assert verdict.outcome is outcome
    assert set(clauses.split()) <= {reason.clause for reason in verdict.reasons}


def test_the_head_needs_no_head_but_the_safe_copy():
    heads = answer(said("head post-picture of=class on=website"))
    assert heads.remedy == Remedy.SAFE_COPY
    teachers = answer(said("teacher post-picture of=class on=website"))
    assert teachers.remedy == Remedy.COPY_THEN_HEAD


def test_a_general_yes_is_enough_only_where_the_purpose_says_so():
    question = said("teacher post-picture of=class on=website")
    specific = [replace(purpose, each_picture=purpose.key == "website") for purpose in PURPOSES]
    assert "P.vi" not in {reason.clause for reason in answer(question).reasons}
    assert "P.vi" in {reason.clause for reason in answer(question, specific).reasons}


def test_a_reason_is_about_what_was_asked():
    at_home = answer(said("teacher film of=own-child with=own-phone where=home"))
    assert [reason.clause for reason in at_home.reasons] == ["P.0"]
    assert at_home.remedy == Remedy.AS_A_PARENT
    unsaid = answer(said("parent film where=home"))
    assert unsaid.remedy == Remedy.SAY_OF_WHOM
    outsider = answer(said("visitor take-picture with=school-camera where=home"))
    assert outsider.remedy == Remedy.LEAVE_WITH_STAFF


def test_what_an_answer_hangs_on_is_known():
    question = said("parent take-picture of=own-child")
    assert hangs_on(question, "where")
    assert not hangs_on(question, "of")
    assert not hangs_on(said("teacher take-picture with=own-phone"), "where")


def test_every_part_of_the_sentence_has_words():
    assert set(ASKED) == set(Deed)
    for deed in Deed:
        assert all(part_label(deed, part) for part in PARTS)
        for kind in (Asker, Deed, *PARTS.values()):
            words = [words_of(deed, value) for value in kind]
            assert len(set(words)) == len(words)


@pytest.mark.parametrize("asker", Asker)
def test_eight_questions_are_the_commonest(asker):
    common = commonest(asker)
    assert len({one.words for one in common}) == 8
    if asker in STAFF:
        assert {one.question.asker for one in common} == {asker, Asker.PARENT}
    assert {answer(one.question).outcome for one in common} == {YES, ASK, NO}
