"""Two contacts that are one person speak with one voice: theirs, the newest."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.consent.actions import NotRecorded, differences, merge_contacts, repair, set_aside
from belisha.consent.models import Answer, Standing, answered, facts
from belisha.consent.rules import Fact, Kind
from belisha.people.actions import parents as parent_acts
from belisha.people.actions import roster as roster_acts
from belisha.people.models import Parent, Relation
from belisha.people.roster import read_roster

MONDAY, TUESDAY, TODAY = date(2026, 9, 7), date(2026, 9, 8), date(2026, 11, 20)


@pytest.fixture
def twice(family, people):
    """Leo's mother is there twice; nobody else answers for him."""
    Relation.objects.filter(parent=family.dad).delete()
    family.twin = people.parent(family.leo, name="A Zebra")
    Parent.objects.filter(pk__in=(family.mum.pk, family.twin.pk)).update(email="ada@home.example")
    return family


@pytest.fixture
def merged(twice, now):
    return lambda: merge_contacts(twice.mum, twice.twin, by=twice.office, at=now)


def fact(family, key="newsletter"):
    return facts([family.leo.pk], on=TODAY)[family.leo.pk, key]


def ledger():
    return sorted(Answer.objects.values_list())


@pytest.mark.parametrize(
    ("mum", "twin", "after"),
    [
        (("given", MONDAY), ("refused", TUESDAY), Fact.REFUSED),
        (("refused", MONDAY), ("given", TUESDAY), Fact.GIVEN),
        (("given", TUESDAY), ("refused", MONDAY), Fact.GIVEN),
        (None, ("given", MONDAY), Fact.GIVEN),
        (None, ("refused", MONDAY), Fact.REFUSED),
    ],
)
def test_of_what_one_person_said_under_two_names_the_newest_counts(
    twice, merged, say, mum, twin, after
):
    for who, said in ((twice.mum, mum), (twice.twin, twin)):
        if said:
            say(twice.leo, who, said[0], on=said[1])
    before = ledger()
    assert fact(twice) in {after, Fact.CONFLICT}
    merged()
    assert fact(twice) is after
    assert ledger() == before, "the ledger stays as it was written"
    assert list(differences()) == []
    assert Standing.objects.get().parent == twice.mum


def test_what_counts_can_be_rebuilt_after_a_merge(twice, merged, say):
    say(twice.leo, twice.mum, "given", on=MONDAY)
    say(twice.leo, twice.twin, "refused", on=TUESDAY)
    merged()
    Standing.objects.all().delete()
    repair()
    assert fact(twice) is Fact.REFUSED
    out = StringIO()
    call_command("consent_verify", stdout=out)
    assert "follows from the ledger" in out.getvalue()


def test_a_later_word_is_weighed_against_what_was_said_under_either_name(twice, merged, say):
    say(twice.leo, twice.twin, "given", on=MONDAY)
    merged()
    entry = say(twice.leo, twice.mum, "refused", on=TUESDAY)
    assert (entry.kind, entry.parent) == (Kind.WITHDRAWN, twice.mum)
    assert fact(twice) is Fact.WITHDRAWN
    again = say(twice.leo, twice.mum, "refused", on=TUESDAY)
    assert again == entry, "a double tap writes one"


def test_nothing_more_is_written_to_the_one_who_went(twice, merged, say):
    merged()
    with pytest.raises(NotRecorded):
        say(twice.leo, twice.twin, "given")


def test_an_answer_of_the_one_who_went_can_still_be_set_aside(twice, merged, say, now):
    say(twice.leo, twice.mum, "refused", on=MONDAY)
    late = say(twice.leo, twice.twin, "given", on=TUESDAY)
    merged()
    assert fact(twice) is Fact.GIVEN
    set_aside(Answer.objects.get(pk=late.pk), why="wrong child", by=twice.office, at=now)
    assert fact(twice) is Fact.REFUSED
    assert list(differences()) == []


def test_an_order_against_either_silences_the_yes_of_both(twice, merged, say):
    say(twice.leo, twice.mum, "given", on=TUESDAY)
    Relation.objects.filter(parent=twice.twin).update(no_contact=True)
    assert fact(twice) is Fact.GIVEN
    merged()
    assert fact(twice) is Fact.NONE


def test_a_protected_child_is_merged_for_in_silence(twice, merged, say, people):
    say(twice.leo, twice.twin, "given", on=MONDAY)
    say(twice.leo, twice.twin, "refused", purpose=None, on=TUESDAY)
    people.protect(twice.leo)
    merged()
    assert fact(twice) is Fact.REFUSED


def test_the_record_tells_who_was_merged_by_numbers(twice, merged):
    merged()
    line = Entry.objects.get(verb="parents.merged")
    assert (line.about, line.facts) == (
        f"parent:{twice.mum.pk}",
        {"other": twice.twin.pk, "children": [twice.leo.pk]},
    )


def test_the_history_names_the_person_who_is_kept(twice, merged, say, browse):
    say(twice.leo, twice.twin, "given")
    merged()
    page = browse(twice.office).get(reverse("pupil_answers", args=[twice.leo.pk])).text
    assert "from Ada Zebra" in page
    assert "Merged" not in page
    own = browse(Parent.objects.get(pk=twice.mum.pk).user).get(
        reverse("child", args=[twice.leo.pk])
    )
    assert sum(card.answer is not None for card in own.context["shown"].cards) == 1


def test_erasing_the_kept_parent_leaves_both_sets_of_answers_unnamed(twice, merged, say, now):
    say(twice.leo, twice.twin, "given")
    merged()
    Relation.objects.all().delete()
    parent_acts.erase(twice.mum, by=twice.office, at=now)
    assert {str(answer.person) for answer in Answer.objects.all()} == {"Erased"}
    assert fact(twice) is Fact.NONE
    assert list(differences()) == []


# --- the page --------------------------------------------------------------------------------


def test_the_office_merges_on_a_page_that_says_it_cannot_be_undone(twice, say, browse):
    say(twice.leo, twice.twin, "refused")
    office = browse(twice.office)
    address = reverse("merge_contacts", args=sorted((twice.mum.pk, twice.twin.pk)))
    page = office.get(address).text
    assert "This cannot be undone" in page
    assert "took" not in page
    assert office.post(address).status_code == 200, "nobody is kept until one is chosen"
    assert not Parent.objects.filter(merged_into__isnull=False).exists()
    done = office.post(address, {"keep": twice.mum.pk}, follow=True)
    assert "They are one contact now." in done.text
    assert fact(twice) is Fact.REFUSED
    assert office.get(address).status_code == 404


def test_two_contacts_that_do_not_seem_one_have_no_such_page(family, browse):
    address = reverse("merge_contacts", args=[family.mum.pk, family.dad.pk])
    assert browse(family.office).post(address, {"keep": family.mum.pk}).status_code == 404


# --- a list that no longer has someone who answered ------------------------------------------

HEADER = (
    "pupil_id,first_name,last_name,class,parent_id,parent_first_name,parent_last_name,"
    "relation,parental_responsibility,order_against_contact\n"
)
MUM_ONLY = HEADER + "P1,Leo,Zebra,Robins,A1,Ada,Zebra,parent,yes,no\n"


def plan(family, words=MUM_ONLY):
    return roster_acts.plan(read_roster({"children.csv": words.encode()}), by=family.office)


def ask_for(family):
    return [step.label for step in plan(family).steps if step.warning]


def test_a_list_asks_before_it_ends_the_tie_of_one_who_answered(family, say, browse):
    assert ask_for(family) == []
    say(family.leo, family.dad, "refused")
    assert ask_for(family) == ["Bo Zebra, parent of Leo Zebra, who has parental responsibility"]
    office = browse(family.office)
    sent = office.post(
        reverse("import_roster"), {"lists": _file(MUM_ONLY.replace("Leo,Zebra", "Leonard,Zebra"))}
    )
    page = office.get(sent["Location"])
    assert "They have answered. What they said stops counting." in page.text
    assert "checked" not in page.text
    seen, dad = page.context["plan"].digest, page.context["careful"][0].id

    accepted = office.post(sent["Location"], {"seen": seen, "gone": ["RELATION"]}, follow=True)
    assert "0 new, 1 changed, 0 gone. Not ticked, so left as it was: 1." in accepted.text
    assert Relation.objects.get(parent=family.dad).ended_on is None
    assert fact(family) is Fact.REFUSED, "his no still counts"

    sent = office.post(reverse("import_roster"), {"lists": _file(MUM_ONLY)})
    seen = office.get(sent["Location"]).context["plan"].digest
    accepted = office.post(sent["Location"], {"seen": seen, "careful": [dad]}, follow=True)
    assert "1 gone." in accepted.text
    assert "Not ticked" not in accepted.text
    assert Relation.objects.get(parent=family.dad).ended_on is not None


def test_an_answer_that_comes_meanwhile_asks_once_more(family, say, browse):
    office = browse(family.office)
    sent = office.post(reverse("import_roster"), {"lists": _file(MUM_ONLY)})
    seen = office.get(sent["Location"]).context["plan"].digest
    say(family.leo, family.dad, "refused")
    office.post(sent["Location"], {"seen": seen, "gone": ["RELATION"]})
    assert Relation.objects.get(parent=family.dad).ended_on is None


def test_what_was_set_aside_is_no_answer_to_ask_about(family, say, now):
    set_aside(say(family.leo, family.dad, "given"), why="wrong child", by=family.office, at=now)
    assert ask_for(family) == []


def test_the_question_does_not_tell_of_a_protection(family, say, people):
    say(family.leo, family.dad, "given")
    assert len(ask_for(family)) == 1
    people.protect(family.leo)
    assert ask_for(family) == [], "as for a child whose family never said yes"
    say(family.leo, family.dad, "refused", on=TODAY)
    assert len(ask_for(family)) == 1


def test_the_answers_of_one_who_was_merged_are_asked_about_too(twice, merged, say, people):
    say(twice.leo, twice.twin, "refused")
    merged()
    assert answered([twice.leo.pk]) == {(twice.leo.pk, twice.mum.pk)}
    people.protect(twice.leo)
    assert answered([twice.leo.pk]) == {(twice.leo.pk, twice.mum.pk)}


def _file(words):
    file = StringIO(words)
    file.name = "children.csv"
    return file
