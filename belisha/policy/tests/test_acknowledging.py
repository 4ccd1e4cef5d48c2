"""The office writes down that a parent read what the school asks of families (D.0)."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import parents as parent_acts
from belisha.people.models import Parent, Relation
from belisha.people.rules import Role
from belisha.policy.actions import acknowledging
from belisha.policy.models import Acknowledgement, How
from belisha.policy.rules import Audience
from belisha.policy.signing import families_reached, own_acknowledgement, readers
from belisha.policy.tests.test_agreements import cast, enter, issued, next_version, titles

__all__ = ["cast", "enter", "issued"]
READ_IT = "Read what the school asks of families"


@pytest.fixture
def told(cast, issued, now):
    """`told(cast.dana)`: she brought the sheet back today."""

    def told(parent, *, by=None, how=How.PAPER, on=None):
        by = by or cast.office
        return acknowledging.acknowledge_on_paper(
            parent, how=how, on=on or now.date(), by=by.user, at=now
        )

    return told


def test_what_came_on_paper_counts_and_tells_how_it_came(cast, issued, told, enter):
    entry = told(cast.dana)
    assert (entry.how, entry.recorded_by) == (How.PAPER, cast.office.user)
    assert (entry.wording, entry.language) == ("", "")
    assert READ_IT not in titles(cast.dana)
    assert families_reached(issued[Audience.FAMILIES]) == (1, 3)
    page = enter(cast.dana).get("/families/expectations/").text
    assert "that you have read this. (on paper)" in page
    assert told(cast.dana, how=How.IN_PERSON) == entry, "told twice, written once"
    assert Entry.objects.get(verb="expectations.acknowledged").facts["how"] == "paper"


def test_what_a_parent_tells_on_their_page_says_so(cast, issued, now, enter):
    shown = issued[Audience.FAMILIES].pk
    entry = acknowledging.acknowledge(shown=shown, by=cast.dana.user, at=now)
    assert (entry.how, entry.recorded_by, entry.happened_on) == (How.WEB, None, now.date())
    assert (
        "("
        not in enter(cast.dana)
        .get("/families/expectations/")
        .text.partition("read this.")[2]
        .partition("</span>")[0]
    )


def test_each_parent_for_themselves(cast, told):
    told(cast.dana)
    assert READ_IT in titles(cast.dev)


@pytest.mark.parametrize("who", ["teacher", "lead", "assistant", "governor", "dana"])
def test_who_does_not_keep_papers_writes_nothing_down(cast, told, who):
    with pytest.raises(Refused):
        told(cast.dana, by=getattr(cast, who))


def test_head_leader_and_office_do(cast, told, issued):
    for who, parent in ((cast.head, cast.dana), (cast.leader, cast.dev), (cast.office, cast.aunt)):
        assert told(parent, by=who)
    assert Acknowledgement.objects.count() == 3


def test_whom_an_order_keeps_away_or_who_is_no_parent_here_is_not_asked(cast, told, school, now):
    gone = Parent.objects.create(school=school, first_name="Gil", last_name="Gone")
    Relation.objects.filter(parent=cast.dev).update(ended_on=now.date())
    for parent in (cast.barred, gone, cast.dev):
        with pytest.raises(ValidationError, match="does not ask this person"):
            told(parent)
    assert not Acknowledgement.objects.exists()


def test_the_day_and_the_words_must_be_right(cast, told, now):
    for on in (now.date() + timedelta(days=1), now.date() - timedelta(days=30)):
        with pytest.raises(ValidationError):
            told(cast.dana, on=on)


def test_before_the_words_are_issued_nothing_is_written_down(cast, now):
    with pytest.raises(ValidationError, match="has not issued"):
        acknowledging.acknowledge_on_paper(
            cast.dana, how=How.PAPER, on=now.date(), by=cast.office.user, at=now
        )


def test_new_words_in_substance_are_read_again(cast, told, now):
    told(cast.dana)
    next_version(cast, now, Audience.FAMILIES)
    assert READ_IT in titles(cast.dana)


def test_what_was_written_down_wrongly_is_set_aside(cast, told, issued, now):
    wrong = told(cast.dana)
    with pytest.raises(ValidationError):
        acknowledging.set_aside(wrong, why=" ", by=cast.office.user, at=now)
    for who in (cast.teacher, cast.lead, cast.dana):
        with pytest.raises(Refused):
            acknowledging.set_aside(wrong, why="No.", by=who.user, at=now)
    first = acknowledging.set_aside(wrong, why="It was Dev.", by=cast.office.user, at=now)
    assert acknowledging.set_aside(wrong, why="Again.", by=cast.office.user, at=now) == first
    assert READ_IT in titles(cast.dana)
    assert families_reached(issued[Audience.FAMILIES]) == (0, 3)
    assert Acknowledgement.objects.count() == 2, "nothing is changed or lost"
    with pytest.raises(Refused):
        acknowledging.set_aside(first, why="No.", by=cast.office.user, at=now)
    assert told(cast.dana).pk not in (wrong.pk, first.pk)
    assert READ_IT not in titles(cast.dana)


def test_staff_cannot_take_away_what_a_parent_told_themselves(cast, issued, now, enter):
    own = acknowledging.acknowledge(shown=issued[Audience.FAMILIES].pk, by=cast.dana.user, at=now)
    with pytest.raises(Refused):
        acknowledging.set_aside(own, why="No.", by=cast.office.user, at=now)
    aside = f"/agreements/acknowledgements/{own.pk}/set-aside/"
    assert enter(cast.office).get(aside).status_code == 404


def test_of_an_erased_parent_no_reason_stays_that_may_name_them(cast, told, now):
    wrong = told(cast.dana)
    acknowledging.set_aside(wrong, why="Dana Tarmac’s sister.", by=cast.office.user, at=now)
    relation = Relation.objects.get(parent=cast.dana)
    parent_acts.end_relation(relation, on=now.date(), by=cast.office.user, at=now)
    parent_acts.erase(cast.dana, by=cast.office.user, at=now)
    assert set(Acknowledgement.objects.values_list("why", flat=True)) == {""}


# The pages


def test_the_office_finds_writes_down_and_sets_aside(cast, issued, enter, now):
    office = enter(cast.office)
    assert "/agreements/families/" in office.get("/agreements/").text
    page = office.get("/agreements/families/").text
    for name in ("Dana Tarmac", "Dev Asphalt", "Ann Gravel"):
        assert name in page
    assert "Bo Gravel" not in page
    assert "0 of 3 parents have read it" in page
    address = f"/agreements/families/{cast.dana.pk}/paper/"
    assert address in page
    assert office.post(address, {"how": "paper", "on": "1999-01-01"}).status_code == 422
    day = issued[Audience.FAMILIES].issued_at.date().isoformat()
    done = office.post(address, {"how": "in-person", "on": day}, follow=True).text
    assert "It is written down." in done
    assert "in person" in done
    assert "1 of 3 parents have read it" in office.get("/agreements/families/").text
    missing = office.get("/agreements/families/?missing=yes").text
    assert "Dana Tarmac" not in missing and "Dev Asphalt" in missing
    aside = f"/agreements/acknowledgements/{Acknowledgement.objects.get().pk}/set-aside/"
    assert aside in done
    assert office.post(aside, {"why": ""}).status_code == 422
    done = office.post(aside, {"why": "It was Dev."}, follow=True).text
    assert "It was Dev." in done
    assert office.get(aside).status_code == 404, "it is aside already"
    for parent in (cast.barred, Parent.objects.create(school=cast.robins.school, last_name="Z")):
        assert office.get(f"/agreements/families/{parent.pk}/paper/").status_code == 404


def test_the_safeguarding_lead_reads_the_list_and_teachers_do_not(cast, issued, told, enter):
    entry = told(cast.dana)
    addresses = (
        f"/agreements/families/{cast.dana.pk}/paper/",
        f"/agreements/acknowledgements/{entry.pk}/set-aside/",
    )
    lead = enter(cast.lead)
    page = lead.get("/agreements/families/").text
    assert "Dana Tarmac" in page
    assert addresses[0] not in page
    assert {lead.get(one).status_code for one in addresses} == {404}
    for who in (cast.teacher, cast.assistant, cast.governor, cast.dana):
        browser = enter(who)
        for one in ("/agreements/families/", "/agreements/families/families.csv", *addresses):
            assert browser.get(one).status_code == 404
    assert "/agreements/families/" not in enter(cast.teacher).get("/agreements/").text


def test_the_list_is_saved_as_a_sheet_after_a_fresh_sign_in(cast, issued, told, enter):
    Parent.objects.filter(pk=cast.dev.pk).update(first_name="=Dev")
    told(cast.dana)
    office = enter(cast.office)
    text = office.get("/agreements/families/families.csv").text.lstrip("\ufeff")
    rows = {row["first name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == {"Dana", "'=Dev", "Ann"}
    assert (rows["Dana"]["read"], rows["Dana"]["how"]) == ("yes", "on paper")
    assert (rows["Ann"]["read"], rows["Ann"]["on"]) == ("no", "")
    assert Entry.objects.filter(verb="acknowledgements.exported").count() == 1
    session = office.session
    session["fresh_at"] = "2026-01-01T00:00:00+00:00"
    session.save()
    assert office.get("/agreements/families/families.csv").status_code == 302


def test_the_list_asks_the_same_few_queries_for_any_number(
    cast, issued, told, django_assert_num_queries
):
    told(cast.dana)
    told(cast.dev)
    with django_assert_num_queries(2):
        assert [one.acknowledged is not None for one in readers(issued[Audience.FAMILIES])] == [
            True,
            False,
            True,
        ]
    assert own_acknowledgement(cast.aunt, issued[Audience.FAMILIES]) is None


def test_a_new_school_is_told_that_nobody_is_asked_yet(school, enter, cast):
    assert cast.office.user.has_role(Role.OFFICE)
    page = enter(cast.office).get("/agreements/families/").text
    assert "The head has not issued what we ask of families." in page
    page = enter(cast.office).get(f"/agreements/families/{cast.dana.pk}/paper/").text
    assert "The head has not issued what we ask of families." in page
