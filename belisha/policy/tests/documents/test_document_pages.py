"""The pages of the documents: what the public, parents, staff and governors read and do there."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from belisha.policy.actions import bindings, imports
from belisha.policy.actions import documents as acts
from belisha.policy.controls import CONTROLS
from belisha.policy.model_texts import model_outline
from belisha.policy.models import (
    MAIN,
    Approval,
    Binding,
    Document,
    PolicyImport,
    Version,
    version_in_force,
)
from belisha.policy.outline import Item, Outline
from belisha.policy.tests.documents.text import FRONT, POLICY, STAFF
from belisha.policy.views.imports import day_in


def said(response):
    """The words of a page, without its marks."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&#x27;", "'").replace("&quot;", '"').split())


# Reading


def test_anyone_reads_the_policy_in_force_with_who_stood_behind_it(in_force, client):
    page = client.get("/policy/")
    words = said(page)
    for told in (
        "Social media",
        "Version 1.0",
        "10 November 2026",
        "Approved by Mrs Zebrahart",
        "Approved by Dr Pegasus, chair",
        "Next review 20 November 2027",
        "We are all committed to keeping children safe.",
        "The head agrees before pictures of events are posted.",
    ):
        assert told in words, told
    assert b'id="B.ii"' in page.content
    assert b'href="#B.ii"' in page.content


def test_the_public_sees_no_draft_no_older_version_and_no_means_to_change(
    in_force, main, cast, now
):
    acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    page = Client().get("/policy/").content.decode()
    for told in ("draft", "/versions/", "/documents/", "keeps/", 'class="state"'):
        assert told not in page, told


def test_before_anything_is_issued_the_public_page_says_so(drafted, client):
    page = client.get("/policy/")
    assert page.status_code == 200
    assert "has not issued this yet" in said(page)
    assert POLICY.items[1].text not in said(page)
    assert client.get("/policy/policy.pdf").status_code == 404


def test_the_commitment_stands_on_every_page_that_parents_see(in_force, cast, enter):
    visitor, parent = Client(), enter(cast.parent)
    pages = [
        *(visitor.get(path) for path in ("/policy/", "/policy/for-parents/", "/account/login/")),
        *(visitor.get(path) for path in ("/in/", "/account/forgotten/")),
        *(parent.get(path) for path in ("/children/", "/families/expectations/", "/me/")),
    ]
    for page in pages:
        assert FRONT["commitment"] in said(page), page.request["PATH_INFO"]
    assert FRONT["commitment"] not in said(enter(cast.teacher).get("/me/"))


def test_parents_read_the_short_version_in_their_own_language_around_it(cast, in_force, now, enter):
    one = in_force.clauses.get(address="B.ii")
    parent = enter(cast.parent)
    assert "no short version yet" in said(parent.get("/policy/for-parents/"))
    words = {one.pk: "We ask the head before we post."}
    bindings.say_for_parents(in_force, words, by=cast.office.user, at=now)
    page = parent.get("/policy/for-parents/")
    assert "We ask the head before we post." in said(page)
    assert "/policy/#B.ii" in page.content.decode()
    assert POLICY.items[3].text not in said(page)


def test_staff_and_governors_read_old_versions_and_parents_do_not(
    cast, main, in_force, issue, enter, now
):
    draft = acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    acts.change_front(draft, review_on=date(2028, 1, 1), by=cast.head.user, at=now)
    issue(draft)
    old = reverse("version", args=[MAIN, "1.0"])
    for who in (cast.head, cast.teacher, cast.chair, cast.governor):
        assert "in force no more" in said(enter(who).get(old))
        assert enter(who).get(reverse("version_pdf", args=[MAIN, "1.0"])).status_code == 200
    for url in (old, reverse("versions", args=[MAIN]), reverse("version_compare", args=[MAIN])):
        assert enter(cast.parent).get(url).status_code == 404
    for label in ("9.9", "1", "x.y", "1.0.0"):
        assert enter(cast.head).get(f"/policy/{MAIN}/versions/{label}/").status_code == 404


def test_the_comparison_says_in_words_what_is_put_in_and_taken_out(
    cast, main, in_force, enter, now
):
    draft = acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    item = Item("ii", STAFF, "The head agrees in writing before pictures are posted.", "B")
    acts.change_clause(draft.clauses.get(address="B.ii"), item, by=cast.head.user, at=now)
    page = enter(cast.leader).get(reverse("version_compare", args=[MAIN]))
    assert '<ins><span class="vh">Put in: </span>in writing ' in page.content.decode()
    assert '<del><span class="vh">Taken out: </span>of events ' in page.content.decode()
    assert "1 changed" in said(page)
    # A teacher may not see the draft, so there is nothing to compare yet.
    assert "in writing" not in said(
        enter(cast.teacher).get(reverse("version_compare", args=[MAIN]))
    )


def test_a_pdf_is_tagged_and_the_same_text(in_force, client, tmp_path):
    answer = client.get("/policy/policy.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/MarkInfo" in answer.content
    assert b"pdfuaid" in answer.content


def test_the_list_shows_each_what_they_may_know(cast, main, in_force, enter, now):
    acts.start_draft(main, substance=True, by=cast.head.user, at=now)
    hidden = acts.add_document("Drones", by=cast.head.user, at=now)
    acts.draft_from(hidden.key, POLICY, by=cast.head.user, at=now)
    head, parent = (said(enter(who).get("/policy/documents/")) for who in (cast.head, cast.parent))
    assert "Drones" in head
    assert "Version 2.0 is being written" in head
    assert "Not begun here" in head
    assert "Drones" not in parent
    assert "being written" not in parent
    assert "Version 1.0" in parent
    assert enter(cast.parent).get("/policy/drones/").status_code == 404


def test_a_document_in_use_no_more_is_for_those_who_write(cast, issue, enter, now):
    draft = acts.draft_from("online-safety", POLICY, by=cast.head.user, at=now, **FRONT)
    issue(draft)
    readers = (cast.teacher, cast.governor, cast.parent, cast.office)
    status = [enter(who).get("/policy/online-safety/").status_code for who in readers]
    assert status == [200, 200, 200, 200]
    acts.end_document(draft.document, by=cast.head.user, at=now)
    status = [enter(who).get("/policy/online-safety/").status_code for who in readers]
    assert status == [404, 404, 404, 200]
    assert (
        enter(cast.teacher).get(reverse("version", args=["online-safety", "1.0"])).status_code
        == 200
    )


# Writing


def test_the_head_begins_a_draft_from_what_is_in_force(cast, main, in_force, enter):
    head = enter(cast.head)
    url = reverse("draft_start", args=[MAIN])
    assert head.post(url, {}).status_code == 422
    assert head.post(url, {"size": "substance"}).url == reverse("draft", args=[MAIN])
    assert main.draft.label == "2.0"
    assert head.get(url).status_code == 302


def test_a_document_of_the_list_is_made_when_its_first_draft_is_begun(cast, enter):
    head = enter(cast.office)
    assert head.get("/policy/behaviour/draft/start/").status_code == 200
    assert not Document.objects.filter(key="behaviour").exists()
    assert head.get("/policy/nothing-known/draft/start/").status_code == 404
    assert head.post("/policy/behaviour/draft/start/").status_code == 302
    assert Document.objects.get(key="behaviour").draft.label == "1.0"


def test_our_model_becomes_a_draft_whose_clauses_are_bound_to_what_they_state(cast, enter):
    head, url = enter(cast.head), f"/policy/{MAIN}/draft/start/"
    assert "model" in said(head.get(url))
    head.post(url, {"model": "yes"})
    draft, model = Document.objects.get(key=MAIN).draft, model_outline(MAIN)
    assert (draft.title, draft.outline.items) == (model.title, model.items)
    bound = [(str(one.clause), str(one)) for one in Binding.objects.all()]
    assert sorted(bound) == sorted((control, control) for control in CONTROLS)


def test_one_clause_is_changed_and_what_was_typed_wrongly_stays(cast, drafted, enter):
    office, one = enter(cast.office), drafted.clauses.get(address="B.ii")
    url = reverse("clause_change", args=[MAIN, one.pk])
    typed = {"number": "ii" * 11, "text": "New words.", "heading": STAFF, "level": 0}
    page = office.post(url, typed)
    assert page.status_code == 422
    assert "New words." in said(page)
    answer = office.post(url, {**typed, "number": "2", "level": 1})
    assert answer.url == f"{reverse('draft', args=[MAIN])}#c-{one.pk}"
    one.refresh_from_db()
    assert (one.item, one.address) == (Item("2", STAFF, "New words.", "B", 1), "B.i.2")


def test_who_saves_over_another_sees_their_words_first(cast, drafted, enter, now):
    office, one = enter(cast.office), drafted.clauses.get(address="B.ii")
    url = reverse("clause_change", args=[MAIN, one.pk])
    seen = re.search(r'name="seen" value="([^"]*)"', office.get(url).content.decode())[1]
    seen = seen.replace("&quot;", '"')
    acts.change_clause(one, Item("ii", STAFF, "Hers.", "B"), by=cast.leader.user, at=now)
    typed = {"number": "ii", "text": "Mine.", "heading": STAFF, "level": 0, "seen": seen}
    page = office.post(url, typed)
    assert page.status_code == 422
    assert "Hers." in said(page)
    assert "Mine." in said(page)
    again = re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]
    typed["seen"] = again.replace("&quot;", '"').replace("&#x27;", "'")
    assert office.post(url, typed).status_code == 302
    one.refresh_from_db()
    assert one.text == "Mine."


def test_clauses_are_added_moved_renamed_and_taken_out_by_pages(cast, drafted, enter):
    head, one = enter(cast.head), drafted.clauses.get(address="B.ii")
    add = reverse("clause_add", args=[MAIN])
    typed = {"number": "1", "text": "Visitors sign.", "new_heading": "F. Visitors", "level": 0}
    assert head.post(f"{add}?after={one.pk}", typed).status_code == 302
    assert [row.address for row in drafted.clauses] == ["s1.p1", "B.i", "B.ii", "F.1", "C.1"]
    head.post(reverse("clause_move", args=[MAIN, one.pk]), {"way": "up"})
    head.post(reverse("section_rename", args=[MAIN, one.pk]), {"heading": "2. Adults"})
    assert head.get(reverse("clause_remove", args=[MAIN, one.pk])).status_code == 200
    head.post(reverse("clause_remove", args=[MAIN, one.pk]))
    assert [row.address for row in drafted.clauses] == ["s1.p1", "2.i", "F.1", "C.1"]


def test_what_stands_before_the_text_is_kept_and_an_unchanged_form_changes_nothing(
    cast, drafted, approve, enter
):
    head, url = enter(cast.head), reverse("draft_front", args=[MAIN])
    approve(drafted)
    typed = {"title": "Social media", **FRONT, "what_changed": "", "review_on": "2027-11-20"}
    assert head.post(url, typed).status_code == 302
    drafted.refresh_from_db()
    assert len(drafted.approvals) == 2
    assert head.post(url, {**typed, "review_on": "soon"}).status_code == 422
    assert head.post(url, {**typed, "author": "A. Nother"}).status_code == 302
    drafted.refresh_from_db()
    assert (drafted.author, drafted.approvals) == ("A. Nother", {})


def test_the_whole_way_from_draft_to_the_public_page(cast, drafted, enter):
    head, office = enter(cast.head), enter(cast.office)
    approvals, issuing = (reverse(f"draft_{name}", args=[MAIN]) for name in ("approvals", "issue"))
    assert "The head must approve it." in said(head.get(issuing))
    assert "Issue version 1.0</button>" not in head.get(issuing).content.decode()
    assert enter(cast.chair).get(approvals).status_code == 404
    head.post(reverse("draft_approve", args=[MAIN]), {"seen": drafted.digest})
    assert enter(cast.chair).get(approvals).status_code == 200
    assert POLICY.items[1].text in said(enter(cast.governor).get(reverse("draft", args=[MAIN])))
    typed = {"name": "Dr Pegasus", "on": "2026-11-09", "minute": "7", "seen": drafted.digest}
    assert enter(cast.governor).post(approvals, typed).status_code == 200  # shown, not done
    assert office.post(approvals, {**typed, "seen": "something else"}).status_code == 422
    assert office.post(approvals, typed).status_code == 302
    assert office.post(issuing, {"seen": drafted.digest}).status_code == 200  # shown, not done
    assert Version.objects.issued().count() == 0
    assert head.post(issuing, {"seen": drafted.digest}).url == "/policy/"
    assert "Version 1.0" in said(Client().get("/policy/"))
    assert head.get(reverse("draft", args=[MAIN])).status_code == 404


def test_the_page_of_issuing_shows_what_changed_and_who_reads_again(
    cast, main, in_force, enter, now
):
    draft = acts.start_draft(main, substance=False, by=cast.head.user, at=now)
    page = said(enter(cast.head).get(reverse("draft_issue", args=[MAIN])))
    assert "No clause says anything else" in page
    assert "Nobody is asked to read it again." in page
    acts.remove_clause(draft.clauses.get(address="B.i"), by=cast.head.user, at=now)
    head = enter(cast.head)
    head.post(reverse("draft_size", args=[MAIN]), {"size": "substance"})
    page = said(head.get(reverse("draft_issue", args=[MAIN])))
    assert "Some clauses say something else" in page
    assert "are asked to read it again." in page
    assert "Issue version 2.0" in page


def test_clauses_are_bound_by_ticks_and_by_hand(cast, in_force, enter):
    office, url = enter(cast.office), reverse("bindings", args=[MAIN])
    one, two = (in_force.clauses.get(address=address) for address in ("B.i", "B.ii"))
    assert "Staff never add pupils as friends" in said(office.get(url))
    office.post(url, {"bind": [f"{one.pk}:B.i", f"{two.pk}:B.ii", "1:B.i"]})
    by_hand = reverse("clause_bind", args=[two.pk])
    assert office.post(by_hand, {"kept_by": "Ms Gate"}).status_code == 422
    office.post(by_hand, {"kept_by": "Ms Gate", "proof": "A book"})
    assert sorted(map(str, Binding.objects.all())) == ["B.i", "B.ii", "Ms Gate"]
    office.post(url, {"off": Binding.objects.get(control="B.i").pk})
    assert sorted(map(str, Binding.objects.all())) == ["B.ii", "Ms Gate"]
    assert enter(cast.teacher).get(url).status_code == 404


# Bringing in a file


@pytest.fixture
def kept(cast, now, school):
    """A file that was read and came out a little wrong."""
    main = acts.add_document("Social media", key=MAIN, by=cast.head.user, at=now)
    outline = Outline(
        "Our social media policy",
        (
            Item("", "", "B. Staff"),
            Item("i", "", "Staff never add"),
            Item("", "", "pupils as friends."),
            Item("ii", "", "The head agrees. iii. Nobody posts."),
            Item("", "", "Page 3 of 9"),
        ),
        {"author": "P. Hen", "review": "1 June 2027", "issue date": "June 2021"},
    )
    return imports.keep_import(
        main,
        outline,
        data=b"the file itself",
        name="policy.docx",
        read="The words of the file",
        by=cast.office.user,
        at=now,
    )


def form_of(kept, act, **typed):
    """What the page sends back at a press."""
    kept.refresh_from_db()
    form = {"act": act, "seen": imports.state_of(kept), "count": len(kept.items)}
    for place, item in enumerate(kept.items):
        form |= {f"{name}-{place}": item[name] for name in ("number", "heading", "text", "level")}
    return form | typed


def test_what_came_out_wrong_is_mended_and_nothing_typed_is_lost(cast, kept, enter):
    office = enter(cast.office)
    url = reverse("policy_import_review", args=[kept.ref])
    page = office.get(url)
    assert "The words of the file" in said(page)
    assert "Staff never add" in said(page)
    office.post(url, form_of(kept, "heading:0"))
    office.post(url, form_of(kept, "join:1"))
    office.post(
        url, form_of(kept, "drop:2", **{"text-1": "The head agrees.\n\niii. Nobody posts."})
    )
    office.post(url, form_of(kept, "split:1", **{"number-0": "1"}))
    kept.refresh_from_db()
    assert kept.outline.items == (
        Item("1", "B. Staff", "Staff never add pupils as friends.", "B"),
        Item("ii", "B. Staff", "The head agrees.", "B"),
        Item("iii", "B. Staff", "Nobody posts.", "B"),
    )
    office.post(reverse("policy_import_undo", args=[kept.ref]))
    kept.refresh_from_db()
    assert len(kept.items) == 2
    assert office.post(url, form_of(kept, "on")).url == reverse(
        "policy_import_keep", args=[kept.ref]
    )


def test_who_mends_an_old_page_gets_what_they_typed_back(cast, kept, enter):
    office = enter(cast.office)
    url = reverse("policy_import_review", args=[kept.ref])
    old = form_of(kept, "save", **{"text-1": "My words."})
    office.post(url, form_of(kept, "save", **{"text-1": "Her words."}))
    page = office.post(url, old)
    assert page.status_code == 409
    assert "My words." in said(page)
    kept.refresh_from_db()
    assert kept.items[1]["text"] == "Her words."
    for wrong in ({"act": "drop:99"}, {"act": "x", "count": "many"}, {"count": "5000000"}):
        assert office.post(url, wrong).status_code in (302, 409)
    kept.refresh_from_db()
    assert len(kept.items) == 5


def test_a_mended_file_becomes_the_draft_and_is_gone(cast, kept, enter):
    office = enter(cast.office)
    url = reverse("policy_import_keep", args=[kept.ref])
    page = office.get(url).content.decode()
    assert "June 2021" in page
    assert 'value="P. Hen"' in page
    assert 'value="2027-06-01"' in page
    typed = {"title": "Our policy", "author": "P. Hen", "review_on": "2027-06-01"}
    assert office.post(url, {**typed, "title": ""}).status_code == 422
    assert office.post(url, typed).url == reverse("draft", args=[MAIN])
    draft = Document.objects.get(key=MAIN).draft
    assert (draft.title, draft.author, draft.clauses.count()) == ("Our policy", "P. Hen", 5)
    assert not PolicyImport.objects.exists()


def test_the_file_itself_lies_sealed_and_is_given_back_to_those_who_write(cast, kept, enter):
    assert b"the file itself" not in bytes(kept.sealed)
    url = reverse("policy_import_original", args=[kept.ref])
    answer = enter(cast.leader).get(url)
    assert answer.content == b"the file itself"
    assert answer["Content-Disposition"] == 'attachment; filename="original.docx"'
    assert enter(cast.teacher).get(url).status_code == 404
    enter(cast.leader).post(reverse("policy_import_drop", args=[kept.ref]))
    assert not PolicyImport.objects.exists()


def test_a_file_is_read_and_why_not_is_said(cast, enter):
    office, url = enter(cast.office), "/policy/behaviour/import/"

    def send(data):
        return office.post(url, {"file": SimpleUploadedFile("policy.txt", data)})

    assert "PDF and try again" in said(send(b"%PDF-1.7 but no more"))
    assert not PolicyImport.objects.exists()
    answer = send(b"Behaviour policy\n\n1. Kindness\n\n1.1 We are kind.\n\n1.2 We listen.\n")
    kept = PolicyImport.objects.get()
    assert answer.url == reverse("policy_import_review", args=[kept.ref])
    assert kept.document.key == "behaviour"
    assert kept.read.split("\n\n") == [
        "Behaviour policy",
        "1. Kindness",
        "1.1 We are kind.",
        "1.2 We listen.",
    ]
    assert [item["text"] for item in kept.items] == ["We are kind.", "We listen."]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1 June 2027", date(2027, 6, 1)),
        ("01/06/2027", date(2027, 6, 1)),
        ("June 2027", None),
        ("", None),
    ],
)
def test_only_a_whole_day_is_taken_from_a_file(words, day):
    assert day_in(words) == day


def test_a_long_policy_asks_few_questions_of_the_database(
    cast, main, issue, now, client, django_assert_max_num_queries
):
    items = tuple(
        Item(str(place), f"{place % 9}. Section", f"Words {place}") for place in range(200)
    )
    draft = acts.draft_from(MAIN, Outline("Long", items), by=cast.head.user, at=now, **FRONT)
    issue(draft)
    assert version_in_force(now + timedelta(days=1)) == draft
    with django_assert_max_num_queries(12):
        assert client.get("/policy/").status_code == 200
    assert Approval.objects.filter(version=draft).count() == 2
