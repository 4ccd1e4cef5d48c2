"""The school's documents: who writes, approves and issues them, and what stays for ever."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.policy.access import can_see_draft
from belisha.policy.actions import bindings
from belisha.policy.actions import documents as acts
from belisha.policy.models import (
    MAIN,
    Approval,
    Binding,
    Clause,
    Document,
    Version,
    clause_shown,
    version_in_force,
)
from belisha.policy.outline import Item, Outline
from belisha.policy.tests.documents.text import FRONT, POLICY, STAFF


def texts(version):
    return [clause.text for clause in version.clauses]


def addresses(version):
    return [clause.address for clause in version.clauses]


def clause(version, address):
    return version.clauses.get(address=address)


# Drafts


def test_an_outline_becomes_a_draft_with_an_address_for_each_clause(drafted):
    assert drafted.label == "1.0"
    assert addresses(drafted) == ["s1.p1", "B.i", "B.ii", "C.1"]
    assert drafted.outline.items == POLICY.items
    assert version_in_force(drafted.made_at) is None


def test_the_front_matter_of_a_file_fills_what_nobody_typed(cast, now):
    draft = acts.draft_from(MAIN, POLICY, by=cast.office.user, at=now)
    assert (draft.title, draft.author, draft.checker) == ("Social media", "Mrs Zebrahart", "")


@pytest.mark.parametrize("who", ["teacher", "chair", "governor", "parent"])
def test_who_does_not_write_drafts_cannot(cast, drafted, now, who):
    user = getattr(cast, who).user
    one = clause(drafted, "B.i")
    word = {"by": user, "at": now}
    for act in (
        lambda: acts.draft_from(MAIN, POLICY, **word),
        lambda: acts.start_draft(drafted.document, substance=True, **word),
        lambda: acts.say_size(drafted, substance=True, **word),
        lambda: acts.change_front(drafted, author="I", **word),
        lambda: acts.change_clause(one, one.item, **word),
        lambda: acts.add_clause(drafted, one.item, after=None, **word),
        lambda: acts.remove_clause(one, **word),
        lambda: acts.move_clause(one, up=True, **word),
        lambda: acts.rename_section(one, "X", **word),
        lambda: bindings.bind(one, "B.i", **word),
        lambda: bindings.say_for_parents(drafted, {one.pk: "Words"}, **word),
    ):
        with pytest.raises(Refused):
            act()
    assert drafted.outline.items == POLICY.items
    assert not Binding.objects.exists()


@pytest.mark.parametrize("who", ["leader", "office", "teacher", "chair", "governor", "parent"])
def test_the_head_alone_decides(cast, drafted, approve, now, who):
    approve(drafted)
    word = {"by": getattr(cast, who).user, "at": now}
    seen = drafted.digest
    for act in (
        lambda: acts.approve(drafted, Approval.Side.HEAD, seen=seen, **word),
        lambda: acts.issue(drafted, seen=seen, **word),
        lambda: acts.discard(drafted, **word),
        lambda: acts.add_document("Drones", **word),
        lambda: acts.end_document(drafted.document, **word),
        lambda: acts.take_up_again(drafted.document, **word),
        lambda: acts.change_document(drafted.document, title="X", reviewer=None, **word),
    ):
        with pytest.raises(Refused):
            act()
    assert Version.objects.drafts().count() == 1


def test_clauses_are_changed_added_moved_and_taken_out_one_at_a_time(cast, drafted, now):
    word = {"by": cast.leader.user, "at": now}
    item = Item("ii", STAFF, "The head agrees first, in writing.", "B")
    acts.change_clause(clause(drafted, "B.ii"), item, **word)
    new = Item("iii", STAFF, "Staff use no networks in lessons.", "B")
    acts.add_clause(drafted, new, after=clause(drafted, "B.ii"), **word)
    acts.add_clause(drafted, Item("", "Before all", "Read this."), after=None, **word)
    acts.remove_clause(clause(drafted, "B.i"), **word)
    assert texts(drafted) == [
        "Read this.",
        "We keep children safe.",
        "The head agrees first, in writing.",
        "Staff use no networks in lessons.",
        "The head approves every account.",
    ]
    acts.move_clause(clause(drafted, "B.iii"), up=True, **word)
    assert addresses(drafted) == ["s1.p1", "s2.p1", "B.iii", "B.ii", "C.1"]
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {
        "draft.clause-changed",
        "draft.clause-added",
        "draft.clause-removed",
        "draft.clause-moved",
    }


def test_a_clause_at_the_end_of_its_section_moves_into_the_next(cast, drafted, now):
    one = clause(drafted, "B.ii")
    acts.move_clause(one, up=False, by=cast.head.user, at=now)
    one.refresh_from_db()
    assert (one.heading, one.address) == ("C. Accounts", "C.ii")
    acts.move_clause(one, up=False, by=cast.head.user, at=now)
    acts.move_clause(one, up=False, by=cast.head.user, at=now)
    assert addresses(drafted) == ["s1.p1", "B.i", "C.1", "C.ii"]


def test_a_section_is_renamed_as_a_whole(cast, drafted, now):
    acts.rename_section(clause(drafted, "B.ii"), "D. Adults", by=cast.head.user, at=now)
    assert addresses(drafted) == ["s1.p1", "D.i", "D.ii", "C.1"]


def test_two_people_at_one_clause_do_not_overwrite_one_another(cast, drafted, now):
    one = clause(drafted, "B.i")
    seen = one.item
    first = Item("i", STAFF, "Staff never befriend pupils.", "B")
    acts.change_clause(one, first, seen=seen, by=cast.leader.user, at=now)
    with pytest.raises(ValidationError, match="Staff never befriend pupils"):
        acts.change_clause(one, seen, seen=seen, by=cast.office.user, at=now)
    assert clause(drafted, "B.i").item == first


def test_a_clause_without_words_or_with_too_long_a_number_is_not_kept(cast, drafted, now):
    for item in (Item("i", STAFF, "  ", "B"), Item("i" * 21, STAFF, "Words", "B")):
        with pytest.raises(ValidationError):
            acts.change_clause(clause(drafted, "B.i"), item, by=cast.head.user, at=now)
    assert drafted.outline.items == POLICY.items


def test_a_draft_replaced_by_a_file_keeps_what_its_clauses_are_bound_to(cast, drafted, now):
    word = {"by": cast.head.user, "at": now}
    bindings.bind(clause(drafted, "B.i"), "B.i", **word)
    bindings.bind(clause(drafted, "B.ii"), kept_by="The office", proof="A list", **word)
    bindings.bind(clause(drafted, "C.1"), "C.1", **word)
    bindings.say_for_parents(drafted, {clause(drafted, "B.i").pk: "No friends."}, **word)
    after = Outline(
        "Social media",
        (
            Item("1", "2. Adults", POLICY.items[1].text, "2"),  # the same words elsewhere
            Item("ii", STAFF, "Other words at the same address.", "B"),
            Item("iii", STAFF, "Quite new.", "B"),
        ),
    )
    draft = acts.draft_from(MAIN, after, **word)
    assert draft.pk == drafted.pk
    bound = {str(one.clause): str(one) for one in Binding.objects.filter(clause__version=draft)}
    assert bound == {"2.1": "B.i", "B.ii": "The office"}
    assert clause(draft, "2.1").for_parents == "No friends."


# Approving


def test_each_missing_thing_is_said_before_a_version_can_be_issued(cast, now):
    draft = acts.draft_from(MAIN, Outline("Social media", POLICY.items), by=cast.head.user, at=now)
    assert acts.missing_for(draft, now.date()) == [
        "Say who wrote it.",
        "Say who checked it.",
        "Say when the next review is due.",
        "The head must approve it.",
        "The governors must approve it.",
        "State the safeguarding commitment.",
    ]
    with pytest.raises(ValidationError) as refused:
        acts.issue(draft, seen=draft.digest, by=cast.head.user, at=now)
    assert refused.value.messages == acts.missing_for(draft, now.date())


@pytest.mark.parametrize("without", sorted(FRONT))
def test_nothing_is_issued_without_each_single_thing(cast, drafted, approve, now, without):
    empty = None if without == "review_on" else ""
    acts.change_front(drafted, by=cast.head.user, at=now, **{without: empty})
    approve(drafted)
    drafted.refresh_from_db()
    with pytest.raises(ValidationError):
        acts.issue(drafted, seen=drafted.digest, by=cast.head.user, at=now)


@pytest.mark.parametrize("side", Approval.Side)
def test_nothing_is_issued_without_either_approval(cast, drafted, approve, now, side):
    approve(drafted)
    Approval.objects.filter(side=side).delete()
    with pytest.raises(ValidationError, match="must approve it"):
        acts.issue(drafted, seen=drafted.digest, by=cast.head.user, at=now)


def test_a_review_that_is_due_already_is_no_next_review(cast, drafted, issue, now):
    acts.change_front(drafted, review_on=now.date(), by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="after today"):
        issue(drafted)


CHANGES = {
    "a word": lambda draft, **word: acts.change_clause(
        clause(draft, "B.i"), Item("i", STAFF, "Other words.", "B"), **word
    ),
    "a new clause": lambda draft, **word: acts.add_clause(
        draft, Item("9", STAFF, "New.", "B"), after=None, **word
    ),
    "a clause less": lambda draft, **word: acts.remove_clause(clause(draft, "B.i"), **word),
    "another order": lambda draft, **word: acts.move_clause(clause(draft, "B.i"), up=False, **word),
    "another heading": lambda draft, **word: acts.rename_section(
        clause(draft, "B.i"), "B. People", **word
    ),
    "another author": lambda draft, **word: acts.change_front(draft, author="A. Nother", **word),
    "a file": lambda draft, **word: acts.draft_from(MAIN, POLICY, **word),
    "another size": lambda draft, **word: acts.say_size(draft, substance=False, **word),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_after_an_approval_needs_it_again(cast, drafted, approve, now, change):
    approve(drafted)
    CHANGES[change](drafted, by=cast.head.user, at=now + timedelta(hours=1))
    drafted.refresh_from_db()
    assert drafted.approvals == {}
    assert Approval.objects.filter(version=drafted).count() == 2  # they are not forgotten
    with pytest.raises(ValidationError, match="must approve it"):
        acts.issue(drafted, seen=drafted.digest, by=cast.head.user, at=now)


def test_nobody_approves_or_issues_what_they_have_not_seen(cast, drafted, approve, now):
    seen = drafted.digest
    CHANGES["a word"](drafted, by=cast.office.user, at=now)
    for side in Approval.Side:
        with pytest.raises(ValidationError, match="has changed"):
            acts.approve(
                drafted,
                side,
                name="Dr Pegasus",
                on=now.date(),
                seen=seen,
                by=cast.head.user,
                at=now,
            )
    approve(drafted)
    with pytest.raises(ValidationError, match="has changed"):
        acts.issue(drafted, seen=seen, by=cast.head.user, at=now)


def test_the_approval_of_the_governors_is_written_down_with_name_day_and_minute(cast, drafted, now):
    seen = drafted.digest
    words = {"name": "Dr Pegasus, chair", "on": date(2026, 11, 9), "minute": "Item 7"}
    for who in (cast.teacher, cast.governor, cast.leader, cast.parent):
        with pytest.raises(Refused):
            acts.approve(drafted, Approval.Side.GOVERNORS, seen=seen, by=who.user, at=now, **words)
    for who in (cast.head, cast.office, cast.chair):
        acts.approve(drafted, Approval.Side.GOVERNORS, seen=seen, by=who.user, at=now, **words)
    standing = drafted.approvals["governors"]
    assert (standing.name, standing.minute, standing.digest) == (
        "Dr Pegasus, chair",
        "Item 7",
        seen,
    )
    assert standing.recorded_by == cast.chair.user
    with pytest.raises(ValidationError, match="still to come"):
        words["on"] = date(2026, 11, 21)
        acts.approve(
            drafted, Approval.Side.GOVERNORS, seen=seen, by=cast.head.user, at=now, **words
        )


def test_governors_read_a_draft_once_the_head_has_approved_it(cast, drafted, now):
    people = (cast.chair, cast.governor, cast.teacher, cast.parent)
    assert [can_see_draft(who.user, drafted) for who in people] == [False] * 4
    seen = drafted.digest
    acts.approve(drafted, Approval.Side.HEAD, seen=seen, by=cast.head.user, at=now)
    assert [can_see_draft(who.user, drafted) for who in people] == [True, True, False, False]


# Issuing, and what stays


def test_a_version_that_is_issued_never_changes(cast, in_force, now):
    word = {"by": cast.head.user, "at": now}
    one = clause(in_force, "B.i")
    for act in (
        lambda: acts.change_clause(one, one.item, **word),
        lambda: acts.add_clause(in_force, one.item, after=None, **word),
        lambda: acts.remove_clause(one, **word),
        lambda: acts.move_clause(one, up=True, **word),
        lambda: acts.rename_section(one, "X", **word),
        lambda: acts.change_front(in_force, author="X", **word),
        lambda: acts.say_size(in_force, substance=False, **word),
        lambda: acts.discard(in_force, **word),
        lambda: acts.issue(in_force, seen=in_force.digest, **word),
        lambda: acts.approve(in_force, Approval.Side.HEAD, seen=in_force.digest, **word),
    ):
        with pytest.raises(ValidationError, match="is issued"):
            act()
    assert in_force.outline.items == POLICY.items


def test_a_change_of_substance_is_a_whole_number_and_a_small_one_a_tenth(cast, main, issue, now):
    by = cast.head.user
    draft = acts.start_draft(main, substance=False, by=by, at=now)
    assert draft.label == "1.1"
    draft = acts.say_size(draft, substance=True, by=by, at=now)
    assert (draft.label, draft.is_of_substance) == ("2.0", True)
    acts.change_front(draft, review_on=date(2028, 1, 1), by=by, at=now)
    issue(draft)
    assert acts.next_number(main, substance=False) == (2, 1)
    assert acts.next_number(main, substance=True) == (3, 0)


def test_a_case_is_judged_by_the_version_of_its_day(cast, main, in_force, issue, now):
    draft = acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    acts.change_front(draft, review_on=date(2028, 1, 1), by=cast.head.user, at=now)
    CHANGES["a word"](draft, by=cast.head.user, at=now)
    second = issue(draft)
    assert version_in_force(now - timedelta(days=11)) is None
    assert version_in_force(now - timedelta(days=1)) == in_force
    assert version_in_force(now) == second
    assert version_in_force(now, "online-safety") is None
    assert texts(in_force)[1] == POLICY.items[1].text


def test_a_draft_begins_with_the_words_and_bindings_in_force(cast, main, in_force, now):
    bindings.bind(clause(in_force, "B.ii"), "B.ii", by=cast.head.user, at=now)
    draft = acts.start_draft(main, substance=True, by=cast.office.user, at=now)
    assert draft.outline.items == POLICY.items
    assert (draft.author, draft.commitment) == (in_force.author, in_force.commitment)
    assert draft.review_on is None  # said anew each time
    bound = Binding.objects.filter(clause__version=draft)
    assert [(str(one.clause), str(one)) for one in bound] == [("B.ii", "B.ii")]
    with pytest.raises(ValidationError, match="already"):
        acts.start_draft(main, substance=True, by=cast.head.user, at=now)


def test_can_i_finds_the_clause_that_a_control_keeps_in_the_version_in_force(
    cast, main, in_force, issue, now
):
    assert clause_shown("B.ii", now) is None
    bindings.bind(clause(in_force, "B.ii"), "B.ii", by=cast.head.user, at=now)
    draft = acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    acts.rename_section(clause(draft, "B.ii"), "3. Adults", by=cast.head.user, at=now)
    acts.change_front(draft, review_on=date(2028, 1, 1), by=cast.head.user, at=now)
    assert clause_shown("B.ii", now).address == "B.ii"
    issue(draft)
    found = clause_shown("B.ii", now)
    assert (found.number, found.address) == ("ii", "3.ii")
    assert clause_shown("B.ii", now - timedelta(days=1)).address == "B.ii"


# What keeps a clause


def test_a_clause_is_kept_by_a_control_or_by_people_with_a_proof(cast, in_force, now):
    one, word = clause(in_force, "B.i"), {"by": cast.office.user, "at": now}
    for control, kept_by, proof in product(("", "B.i"), ("", "Ms Gate"), ("", "A book")):
        if bool(control) != bool(kept_by) and (control or proof):
            bindings.bind(one, control, kept_by=kept_by, proof=proof, **word)
        else:
            with pytest.raises(ValidationError):
                bindings.bind(one, control, kept_by=kept_by, proof=proof, **word)
    with pytest.raises(ValidationError):
        bindings.bind(one, "Z.9", **word)
    assert sorted(map(str, Binding.objects.all())) == ["B.i", "Ms Gate"]
    bindings.unbind(Binding.objects.get(control="B.i"), **word)
    assert [str(found) for found in Binding.objects.all()] == ["Ms Gate"]


def test_nothing_is_bound_in_a_version_that_is_in_force_no_more(cast, main, in_force, issue, now):
    draft = acts.start_draft(main, substance=False, by=cast.head.user, at=now)
    acts.change_front(draft, review_on=date(2028, 1, 1), by=cast.head.user, at=now)
    issue(draft)
    one = clause(in_force, "B.i")
    with pytest.raises(ValidationError, match="no more"):
        bindings.bind(one, "B.i", by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="no more"):
        bindings.say_for_parents(in_force, {one.pk: "Words"}, by=cast.head.user, at=now)


# The list


def test_a_document_is_added_ended_and_taken_up_again(cast, now):
    word = {"by": cast.head.user, "at": now}
    row = acts.add_document("Drones at fairs", **word)
    assert row.key == "drones-at-fairs"
    for title in ("Drones at fairs", "documents", "!!!"):
        with pytest.raises(ValidationError):
            acts.add_document(title, **word)
    draft = acts.draft_from(row.key, POLICY, **word)
    with pytest.raises(ValidationError, match="draft"):
        acts.end_document(row, **word)
    acts.discard(draft, **word)
    acts.end_document(row, **word)
    for act in (
        lambda: acts.start_draft(row, substance=True, **word),
        lambda: acts.draft_from(row.key, POLICY, **word),
    ):
        with pytest.raises(ValidationError, match="in use no more"):
            act()
    acts.take_up_again(row, **word)
    assert acts.start_draft(row, substance=True, **word).label == "1.0"


def test_the_policy_itself_cannot_be_ended(cast, main, now):
    with pytest.raises(ValidationError, match="cannot be ended"):
        acts.end_document(main, by=cast.head.user, at=now)


def test_guidance_from_outside_needs_no_approval_but_a_place_to_read_it(cast, now):
    word = {"by": cast.head.user, "at": now}
    row = acts.add_document("Safer working", kind=Document.Kind.GUIDANCE, **word)
    draft = acts.start_draft(row, substance=True, **word)
    assert acts.missing_for(draft, now.date()) == ["Say where it can be read, or write its text."]
    draft = acts.change_front(draft, read_at="https://guidance.example/", **word)
    assert acts.issue(draft, seen=draft.digest, **word).issued_on == now.date()


def test_another_policy_needs_no_commitment(cast, now, issue):
    front = {**FRONT, "commitment": ""}
    draft = acts.draft_from("online-safety", POLICY, by=cast.head.user, at=now, **front)
    assert draft.document.title == "Online safety"
    assert issue(draft).issued_by == cast.head.user


def test_the_record_names_documents_and_versions_and_no_words(in_force):
    for entry in Entry.objects.filter(verb__startswith="draft."):
        assert entry.facts["document"] == MAIN
        said = str(entry.facts)
        assert "Zebrahart" not in said
        assert "pupils" not in said
    assert Entry.objects.filter(verb="version.issued").count() == 1
    assert Clause.objects.filter(version=in_force).count() == 4
