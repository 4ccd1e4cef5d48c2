"""Faults that somebody could make, planted one by one into the real functions.

Each is a function that takes pytest's `monkeypatch`. The machine must find every one of them.
"""

from dataclasses import replace
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery

from belisha.consent import actions, models, rules
from belisha.consent.rules import Fact, Kind
from belisha.people.actions import merging
from belisha.people.models import Relation
from belisha.people.models.everyone import RelationQuerySet
from belisha.people.rules import Ties
from belisha.photos import asking, overdue, publishing, showing
from belisha.photos.actions import copies
from belisha.photos.models import Publication, TakeDown
from belisha.photos.models.places import PublicationQuerySet
from belisha.photos.rules import Who
from belisha.policy import approvals


def a_yes_wins_over_a_no(monkeypatch):
    real = models.fact_of

    def fact_of(voices, **more):
        voices = list(voices)
        yes = any(voice.kind is Kind.GIVEN for voice in voices)
        return Fact.GIVEN if yes and real(voices, **more) is Fact.CONFLICT else real(voices, **more)

    monkeypatch.setattr(models, "fact_of", fact_of)


def who_is_family_no_longer_still_answers(monkeypatch):
    def responsible(self):
        return self.filter(parental_responsibility=True)

    monkeypatch.setattr(RelationQuerySet, "responsible", responsible)
    monkeypatch.setattr(Relation.objects.all().__class__, "responsible", responsible)


def everyone_answers_responsible_or_not(monkeypatch):
    monkeypatch.setattr(RelationQuerySet, "responsible", RelationQuerySet.standing)


def a_yes_under_an_order_counts(monkeypatch):
    real = models._responsible
    monkeypatch.setattr(models, "_responsible", lambda pupils: dict.fromkeys(real(pupils), True))


def protection_is_forgotten(monkeypatch):
    monkeypatch.setattr(models, "protected", lambda pupils: frozenset())


def a_protected_child_shows_what_was_taken_back(monkeypatch):
    real = models.fact_of
    monkeypatch.setattr(
        models, "fact_of", lambda voices, *, on, protected=False: real(list(voices), on=on)
    )


def a_yes_lasts_a_day_too_long(monkeypatch):
    real = rules._alone
    monkeypatch.setattr(rules, "_alone", lambda voice, on: real(voice, on - timedelta(days=1)))


def what_was_set_aside_counts(monkeypatch):
    monkeypatch.setattr(
        rules, "_counting", lambda said: [entry for entry in said if entry.voids is None]
    )


def the_last_typed_in_counts(monkeypatch):
    monkeypatch.setattr(rules, "_order", lambda entry: (entry.recorded_at, entry.id))


def what_stands_is_not_kept_for_one_purpose(monkeypatch):
    real = actions._restand

    def restand(ledger):
        real([entry for entry in ledger if entry.purpose.key != "website"])

    monkeypatch.setattr(actions, "_restand", restand)


def what_was_taken_back_is_still_a_yes(monkeypatch):
    real = rules._alone

    def alone(voice, on):
        return Fact.GIVEN if voice.kind is Kind.WITHDRAWN else real(voice, on)

    monkeypatch.setattr(rules, "_alone", alone)


def a_second_no_is_kept_as_taken_back(monkeypatch):
    monkeypatch.setattr(
        actions,
        "kind_after",
        lambda former, said: said if said is Kind.GIVEN else Kind((former and "withdrawn") or said),
    )


def a_silent_family_has_said_yes(monkeypatch):
    monkeypatch.setattr(models.Facts, "__missing__", lambda self, key: Fact.GIVEN)


def merging_forgets_what_the_other_said(monkeypatch):
    mine = property(lambda answer: answer.parent_id)
    monkeypatch.setattr(models.Answer, "person_id", mine)


def merging_lifts_an_order(monkeypatch):
    real = merging.merged_ties

    def loose(kept, other):
        ties = real(kept, other)
        return Ties(ties.responsible, kept.no_contact and other.no_contact, ties.ended_on)

    monkeypatch.setattr(merging, "merged_ties", loose)


def merging_brings_an_ended_tie_back(monkeypatch):
    def loose(kept, other):
        return Ties(
            kept.responsible or other.responsible,
            kept.no_contact or other.no_contact,
            None,
        )

    monkeypatch.setattr(merging, "merged_ties", loose)


def a_copy_is_not_asked_about_again(monkeypatch):
    monkeypatch.setattr(copies, "is_still_right", lambda copy, *, on: True)


def a_picture_goes_before_every_face_is_settled(monkeypatch):
    real = asking.decide

    def decide(picture, purpose):
        settled = [face for face in picture.faces if face.who is not Who.UNSETTLED]
        return real(replace(picture, faces=settled), purpose)

    monkeypatch.setattr(asking, "decide", decide)


def a_purpose_out_of_use_goes_on(monkeypatch):
    real = asking.decide
    monkeypatch.setattr(
        asking, "decide", lambda picture, purpose: real(picture, replace(purpose, in_use=True))
    )


def the_head_s_no_is_dropped(monkeypatch):
    real = showing.may_publish

    def may_publish(decision, head, *more, **words):
        return real(decision, head if head else None, *more, **words)

    monkeypatch.setattr(showing, "may_publish", may_publish)


def a_picture_stays_after_its_last_day(monkeypatch):
    monkeypatch.setattr(publishing, "_about_days", lambda dates: [])


def what_was_taken_off_is_there_again(monkeypatch):
    monkeypatch.setattr(showing, "_gone", lambda row: "" if row.copy else showing.REMOVED)


def a_copy_at_a_place_is_not_asked_about_again(monkeypatch):
    real = showing.copy_verdict
    monkeypatch.setattr(showing, "copy_verdict", lambda right: real(True))


def what_left_and_nobody_spoke_of_is_forgotten(monkeypatch):
    def elsewhere(self):
        last = TakeDown.objects.filter(publication=OuterRef("pk")).order_by("-at", "-id")
        named = self.annotate(fate=Subquery(last.values("outcome")[:1]))
        gone = Q(fate__in=(TakeDown.Outcome.DOWN, TakeDown.Outcome.LOST))
        return named.filter(left_at__isnull=False).exclude(gone)

    monkeypatch.setattr(PublicationQuerySet, "elsewhere", elsewhere)
    monkeypatch.setattr(Publication.objects.all().__class__, "elsewhere", elsewhere)


def changed_words_keep_the_old_yes(monkeypatch):
    real = approvals.verdict

    def verdict(request, answer, *, digest, on):
        return real(request, answer, digest=request.digest, on=on)

    monkeypatch.setattr(approvals, "verdict", verdict)


def what_is_deleted_here_may_stay_elsewhere(monkeypatch):
    real = PublicationQuerySet.elsewhere

    def elsewhere(self):
        return real(self).filter(photo__isnull=False)

    monkeypatch.setattr(PublicationQuerySet, "elsewhere", elsewhere)
    monkeypatch.setattr(Publication.objects.all().__class__, "elsewhere", elsewhere)


def a_picture_is_deleted_a_day_early(monkeypatch):
    real = overdue.before
    monkeypatch.setattr(overdue, "before", lambda on, days: real(on, days - 1))


FAULTS = [
    fault
    for fault in list(globals().values())
    if callable(fault) and getattr(fault, "__module__", "") == __name__
]
# Those that only a school with places can meet; the smaller one meets the others sooner.
AT_PLACES = FAULTS[FAULTS.index(the_head_s_no_is_dropped) :]
