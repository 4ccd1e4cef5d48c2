"""The agreements: who writes them, who signs them, who is missing, and who may know it."""

import csv
import io
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import parents as parent_acts
from belisha.people.actions import pupils as pupil_acts
from belisha.people.models import Protection, Pupil, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import join, make_class, make_parent, make_pupil, make_staff
from belisha.policy import shipped
from belisha.policy.actions import acknowledging
from belisha.policy.actions import agreements as acts
from belisha.policy.actions import signatures as signing_acts
from belisha.policy.models import (
    Acknowledgement,
    Agreement,
    How,
    Reading,
    Signature,
    current_agreements,
    draft_of,
)
from belisha.policy.rules import Audience, Change, audience_of, differences, why_not_written
from belisha.policy.signing import children_of, families_reached, list_of
from belisha.policy.todo import todo

TODAY = date(2026, 11, 20)


@pytest.fixture
def cast(school):
    """Robins of year 2 with three children; Maisie has two homes, Leo a father under an order."""
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    robins = make_class(school, "Robins", teacher, year=2)
    maisie = make_pupil(school, "Maisie", "Tarmac", robins)
    leo = make_pupil(school, "Leo", "Gravel", robins)
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        assistant=make_staff(school, "Ms Refuge", Role.OTHER_STAFF),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
        other_teacher=make_staff(school, "Mr Tactile", Role.TEACHER),
        teacher=teacher,
        robins=robins,
        maisie=maisie,
        leo=leo,
        zofia=make_pupil(school, "Zofia", "Kerb", robins),
        dana=make_parent(school, maisie, "Dana", "Tarmac"),
        dev=make_parent(school, maisie, "Dev", "Asphalt"),
        barred=make_parent(school, leo, "Bo", "Gravel", no_contact=True),
        aunt=make_parent(school, leo, "Ann", "Gravel", pr=False),
    )


@pytest.fixture
def issued(cast, now):
    """The shipped texts, in force since yesterday."""
    for audience in Audience:
        acts.issue(audience, by=cast.head.user, at=now - timedelta(days=1))
    return current_agreements()


@pytest.fixture
def read(cast, now):
    """Write down that these children read it: `read(cast.maisie)`."""

    def read(*pupils, by=cast.teacher, shown=None, on=None, school_class=cast.robins):
        return signing_acts.read_with_class(
            school_class,
            pupils,
            shown=shown or [version.pk for version in current_agreements().values()],
            on=on or now.date(),
            by=by.user,
            at=now,
        )

    return read


@pytest.fixture
def countersign(now):
    def countersign(pupil, parent):
        shown = children_of([pupil])[0].agreement.pk
        return signing_acts.countersign(pupil, shown=shown, by=parent.user, at=now)

    return countersign


@pytest.fixture
def enter():
    """Sign someone in: `enter(cast.head)` answers with their browser."""

    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered


def missing(school_class):
    return [child.pupil.first_name for child in list_of(school_class).unsigned]


def without_parent(school_class):
    return [child.pupil.first_name for child in list_of(school_class).uncountersigned]


def next_version(cast, now, audience=Audience.KEY_STAGE_1, *, small=False, text="I ask first."):
    words = {"title": "Our promises", "text": text, "small_change": small}
    acts.draft(audience, **words, by=cast.head.user, at=now)
    return acts.issue(audience, by=cast.head.user, at=now)


def without_keys(page):
    """A page without the key of its forms, which differs each time."""
    return re.sub(r"\w{64}", "", page)


def titles(person):
    return [task.title for task in todo(person.user, TODAY)]


# The words


@pytest.mark.parametrize(
    ("year", "audience"),
    [
        (-1, Audience.EARLY_YEARS),
        (0, Audience.EARLY_YEARS),
        (1, Audience.KEY_STAGE_1),
        (2, Audience.KEY_STAGE_1),
        (3, Audience.KEY_STAGE_2),
        (6, Audience.KEY_STAGE_2),
        (7, None),
        (None, None),
    ],
)
def test_each_year_has_the_agreement_of_its_key_stage(year, audience):
    assert audience_of(year) == audience


def test_the_shipped_words_are_few_and_short():
    counts = {audience: len(lines) - 1 for audience, lines in shipped.SHIPPED.items()}
    assert 4 <= counts[Audience.EARLY_YEARS] <= 5
    assert 6 <= counts[Audience.KEY_STAGE_1] <= 7
    assert 9 <= counts[Audience.KEY_STAGE_2] <= 10
    for title, *lines in shipped.SHIPPED.values():
        assert why_not_written(title, "\n".join(lines)) == ""
        assert all(len(line.split()) < 15 for line in lines)
    longest = max(shipped.SHIPPED[Audience.EARLY_YEARS], key=lambda line: len(line.split()))
    assert len(longest.split()) <= 8


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        (" ", "I ask.", "title"),
        ("Ours", " \n ", "at least one promise"),
        ("Ours", "I ask.\n" * 21, "21 promises"),
        ("Ours", "x" * 201, "200 letters"),
    ],
)
def test_what_is_no_agreement_is_refused_in_words(cast, now, title, text, why):
    with pytest.raises(ValidationError, match=why):
        acts.draft(
            Audience.FAMILIES,
            title=title,
            text=text,
            small_change=False,
            by=cast.head.user,
            at=now,
        )


def test_what_changed_is_said_line_by_line():
    assert differences(["a", "b", "c"], ["a", "B", "c", "d"]) == [
        (Change.SAME, "a"),
        (Change.GONE, "b"),
        (Change.NEW, "B"),
        (Change.SAME, "c"),
        (Change.NEW, "d"),
    ]


def test_nobody_is_asked_before_the_head_issues_the_shipped_words(cast, now):
    assert [task.title for task in todo(cast.head.user, TODAY)] == [
        "4 agreements wait for you to issue"
    ]
    assert missing(cast.robins) == []
    assert titles(cast.teacher) == titles(cast.dana) == []
    for audience in Audience:
        acts.issue(audience, by=cast.head.user, at=now)
    assert titles(cast.head) == []
    assert missing(cast.robins) == ["Leo", "Maisie", "Zofia"]
    assert titles(cast.teacher) == ["3 children of Robins have not signed the agreement"]


@pytest.mark.parametrize("role", ["leader", "lead", "office", "teacher", "assistant", "governor"])
def test_only_the_head_writes_and_issues(cast, now, enter, role):
    person = getattr(cast, role)
    with pytest.raises(Refused):
        acts.issue(Audience.FAMILIES, by=person.user, at=now)
    with pytest.raises(Refused):
        acts.discard(Audience.FAMILIES, by=person.user, at=now)
    browser = enter(person)
    assert browser.get("/agreements/texts/families/change/").status_code == 404
    assert browser.post("/agreements/texts/families/issue/").status_code == 404
    reads = 404 if role == "governor" else 200
    assert browser.get("/agreements/texts/families/").status_code == reads


def test_the_head_changes_the_shipped_words_before_issuing_them(cast, enter):
    head, address = enter(cast.head), "/agreements/texts/key-stage-1/"
    words = {"title": "Our way", "text": "I ask first.\n\n  I  am kind. "}
    page = head.post(f"{address}change/", words, follow=True)
    assert "Our way" in page.text and "Not issued yet" in page.text
    page = head.post(f"{address}issue/", follow=True)
    assert "“Our way” is issued." in page.text
    row = Agreement.objects.get()
    assert row.lines == ("I ask first.", "I am kind.")
    assert (row.number, row.issued_by) == (1, cast.head.user)
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "agreement.drafted",
        "agreement.issued",
    ]


def test_a_draft_thrown_away_gives_the_shipped_words_back(cast, now, enter):
    words = {"title": "Ours", "text": "I ask.", "small_change": False}
    acts.draft(Audience.FAMILIES, **words, by=cast.head.user, at=now)
    enter(cast.head).post("/agreements/texts/families/discard/")
    assert draft_of(Audience.FAMILIES).title == shipped.SHIPPED[Audience.FAMILIES][0]


def test_an_issued_version_never_changes_and_stays_readable(cast, issued, now, enter):
    old = issued[Audience.KEY_STAGE_1]
    next_version(cast, now)
    assert Agreement.objects.get(pk=old.pk).text == old.text
    teacher = enter(cast.teacher)
    page = teacher.get("/agreements/texts/key-stage-1/?version=1")
    assert old.title in page.text and "No longer in force" in page.text
    compared = teacher.get("/agreements/texts/key-stage-1/compare/?old=1&new=2").text
    assert "<del>I keep my password to myself.</del>" in compared
    assert "<ins>I ask first.</ins>" in compared
    for odd in ("version=9", "version=x", "version=99999999999999999999"):
        assert teacher.get(f"/agreements/texts/key-stage-1/?{odd}").status_code == 404
    assert teacher.get("/agreements/texts/key-stage-9/").status_code == 404


def test_a_draft_that_says_nothing_new_is_not_issued(cast, issued, now, enter):
    same = issued[Audience.FAMILIES]
    acts.draft(
        Audience.FAMILIES,
        title=same.title,
        text=same.text,
        small_change=False,
        by=cast.head.user,
        at=now,
    )
    page = enter(cast.head).post("/agreements/texts/families/issue/", follow=True)
    assert "says the same as the version in force" in page.text
    assert current_agreements()[Audience.FAMILIES] == same


def test_the_head_must_say_what_kind_of_change_it_is(cast, issued, enter):
    head, address = enter(cast.head), "/agreements/texts/key-stage-1/change/"
    page = head.post(address, {"title": "Ours", "text": "I ask."})
    assert page.status_code == 422 and "Say what kind of change it is." in page.text
    page = head.post(address, {"title": "Ours", "text": "I ask.", "size": "small"}, follow=True)
    assert not draft_of(Audience.KEY_STAGE_1).asks_anew
    assert re.search(r'value="small"[^>]*checked', head.get(address).text)
    head.post(address, {"title": "Ours", "text": "I ask.", "size": "substance"})
    assert draft_of(Audience.KEY_STAGE_1).asks_anew
    assert Agreement.objects.drafts().count() == 1


def test_only_a_change_of_substance_asks_for_new_signatures(cast, issued, read, countersign, now):
    read(cast.maisie, cast.leo, cast.zofia)
    countersign(cast.maisie, cast.dana)
    next_version(cast, now, small=True)
    assert missing(cast.robins) == []
    assert "Maisie" not in without_parent(cast.robins)
    next_version(cast, now, text="I ask first.\nI am kind.")
    assert missing(cast.robins) == ["Leo", "Maisie", "Zofia"]
    assert "Maisie" in without_parent(cast.robins)
    assert Signature.objects.count() == 4, "what was signed before is kept"


# Reading with the class


def test_a_teacher_writes_down_who_was_there_and_the_absent_stay_missing(cast, issued, enter):
    teacher, address = enter(cast.teacher), f"/agreements/classes/{cast.robins.pk}/read/"
    page = teacher.get(address)
    assert page.text.count("checked") == 3, "all are ticked to begin with"
    shown = issued[Audience.KEY_STAGE_1].pk
    there = [cast.maisie.pk, cast.zofia.pk]
    page = teacher.post(
        address, {"on": "2026-11-20", "present": there, "shown": shown}, follow=True
    )
    assert "2 children have signed." in page.text
    assert missing(cast.robins) == ["Leo"]
    assert titles(cast.teacher) == ["1 child of Robins has not signed the agreement"]
    kept = Signature.objects.filter(pupil=cast.maisie).get()
    assert (kept.agreement_id, kept.reading.school_class) == (shown, cast.robins)
    assert "checked" not in teacher.get(address).text, "later each is ticked by hand"
    line = Entry.objects.get(verb="agreement.read")
    assert sorted(line.facts["pupils"]) == sorted(there)


def test_a_single_child_signs_by_the_button_beside_the_name(cast, issued, enter):
    teacher = enter(cast.teacher)
    page = teacher.get(f"/agreements/classes/{cast.robins.pk}/").text
    assert "Leo Gravel read it and signed today" in page
    button = {"on": "2026-11-20", "present": cast.leo.pk, "shown": issued["key-stage-1"].pk}
    for _ in range(2):  # a double tap
        answer = teacher.post(f"/agreements/classes/{cast.robins.pk}/read/", button, follow=True)
    assert "They had signed already." in answer.text
    assert Signature.objects.count() == Reading.objects.count() == 1


def test_new_pupils_and_those_who_reach_a_new_key_stage_are_missing(cast, issued, read, school):
    read(cast.maisie, cast.leo, cast.zofia)
    make_pupil(school, "Idris", "Drain", cast.robins)
    Pupil.objects.filter(pk=cast.leo.pk).update(year_group=3)
    assert missing(cast.robins) == ["Idris", "Leo"]
    Pupil.objects.filter(pk=cast.leo.pk).update(year_group=None)
    assert missing(cast.robins) == ["Idris"]
    unasked = [child.pupil for child in list_of(cast.robins).without_agreement]
    assert unasked == [cast.leo], "whoever is not asked is listed as such"


def test_in_a_class_of_two_key_stages_each_signs_their_own(cast, issued, read):
    Pupil.objects.filter(pk=cast.leo.pk).update(year_group=3)
    read(cast.maisie, cast.leo)
    signed = dict(Signature.objects.values_list("pupil", "agreement__audience"))
    assert signed == {cast.maisie.pk: "key-stage-1", cast.leo.pk: "key-stage-2"}


def test_what_was_not_on_the_page_is_not_signed(cast, issued, now, enter):
    teacher, address = enter(cast.teacher), f"/agreements/classes/{cast.robins.pk}/read/"
    before = issued[Audience.KEY_STAGE_1].pk
    next_version(cast, now)
    sent = {"on": "2026-11-20", "present": cast.leo.pk, "shown": before}
    page = teacher.post(address, sent)
    assert page.status_code == 422
    assert "A new version was issued" in page.text and "I ask first." in page.text
    assert not Signature.objects.exists()


def test_a_child_who_is_not_in_the_class_cannot_sign_with_it(cast, issued, read, school, enter):
    elsewhere = make_pupil(school, "Ada", "Lay-By", make_class(school, "Wrens", year=1))
    with pytest.raises(ValidationError, match="class has changed"):
        read(cast.maisie, elsewhere)
    sent = {"on": "2026-11-20", "present": elsewhere.pk, "shown": issued["key-stage-1"].pk}
    page = enter(cast.teacher).post(f"/agreements/classes/{cast.robins.pk}/read/", sent)
    assert page.status_code == 422
    assert not Signature.objects.exists()


def test_a_day_that_cannot_be_right_is_refused(cast, issued, read, now):
    with pytest.raises(ValidationError, match="still to come"):
        read(cast.maisie, on=now.date() + timedelta(days=1))
    with pytest.raises(ValidationError, match="issued on 19 November 2026"):
        read(cast.maisie, on=now.date() - timedelta(days=2))
    with pytest.raises(ValidationError, match="Tick those"):
        read()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("teacher", True),
        ("head", True),
        ("leader", True),
        ("office", True),
        ("lead", False),
        ("other_teacher", False),
        ("assistant", False),
        ("governor", False),
    ],
)
def test_who_writes_a_reading_down(cast, issued, read, enter, role, may):
    person = getattr(cast, role)
    if may:
        assert read(cast.maisie, by=person)
    else:
        with pytest.raises(Refused):
            read(cast.maisie, by=person)
    status = enter(person).get(f"/agreements/classes/{cast.robins.pk}/read/").status_code
    assert status == (200 if may else 404)


def test_what_was_written_down_wrongly_is_set_aside_with_a_reason(cast, issued, read, enter):
    reading = read(cast.maisie, cast.leo)
    wrong = Signature.objects.get(pupil=cast.leo)
    teacher, address = enter(cast.teacher), f"/agreements/readings/{reading.pk}/"
    assert teacher.post(address, {"signature": wrong.pk}).status_code == 422, "why?"
    assert teacher.post(address, {"why": "He was ill."}).status_code == 422, "who?"
    page = teacher.post(address, {"signature": [wrong.pk, "x"], "why": "He was ill."}, follow=True)
    assert "1 signature is set aside." in page.text
    assert "<del>Leo Gravel</del>" in page.text and "He was ill." in page.text
    assert missing(cast.robins) == ["Leo", "Zofia"]
    assert Signature.objects.get(pk=wrong.pk).voids is None, "the entry itself is unchanged"
    teacher.post(address, {"signature": wrong.pk, "why": "Again."})
    assert Signature.objects.filter(voids=wrong).count() == 1
    read(cast.leo)
    assert missing(cast.robins) == ["Zofia"]
    assert enter(cast.lead).post(address, {"signature": wrong.pk, "why": "x"}).status_code == 404


# Parents


def test_a_parent_countersigns_on_their_own_page_and_the_words_are_kept(cast, issued, enter, now):
    dana, address = enter(cast.dana), f"/children/{cast.maisie.pk}/agreement/"
    assert "Read the agreement with Maisie" in dana.get("/children/").text
    page = dana.get(address)
    assert "I have read this with Maisie" in page.text and "checked" not in page.text
    shown = {"shown": issued[Audience.KEY_STAGE_1].pk}
    for _ in range(2):  # a double tap
        page = dana.post(address, shown, follow=True)
    assert "You signed this on" in page.text
    kept = Signature.objects.get()
    assert (kept.parent, kept.how, kept.language) == (cast.dana, How.WEB, "en-gb")
    assert kept.wording == "\n".join(shipped.SHIPPED[Audience.KEY_STAGE_1])
    assert "Read the agreement with Maisie" not in dana.get("/children/").text
    assert without_parent(cast.robins) == ["Leo", "Zofia"]


def test_no_parent_sees_what_another_signed(cast, issued, countersign, enter):
    address = f"/children/{cast.maisie.pk}/agreement/"

    def page():
        return without_keys(enter(cast.dev).get(address).text), titles(cast.dev)

    before = page()
    countersign(cast.maisie, cast.dana)
    assert page() == before
    assert "Read the agreement with Maisie" in before[1]


def test_a_contact_under_an_order_finds_no_page_and_is_nowhere_listed(cast, issued, enter, school):
    sister = make_pupil(school, "Lia", "Gravel", cast.robins)
    join(cast.barred, sister)
    barred = enter(cast.barred)
    assert barred.get(f"/children/{sister.pk}/agreement/").status_code == 200
    assert barred.get(f"/children/{cast.leo.pk}/agreement/").status_code == 404
    shown = {"shown": issued[Audience.KEY_STAGE_1].pk}
    assert barred.post(f"/children/{cast.leo.pk}/agreement/", shown).status_code == 404
    assert "Leo" not in " ".join(titles(cast.barred))
    assert "Leo" not in barred.get("/families/expectations/").text
    paper = enter(cast.office).get(f"/agreements/pupils/{cast.leo.pk}/paper/").text
    assert "Bo Gravel" not in paper
    assert not Signature.objects.exists()


def test_it_takes_parental_responsibility_to_countersign(cast, issued, enter):
    aunt = enter(cast.aunt)
    assert aunt.get(f"/children/{cast.leo.pk}/agreement/").status_code == 404
    assert titles(cast.aunt) == ["Read what the school asks of families"]


def test_a_countersignature_counts_while_the_person_is_responsible(cast, issued, countersign):
    countersign(cast.maisie, cast.dana)
    assert "Maisie" not in without_parent(cast.robins)
    Relation.objects.filter(parent=cast.dana).update(no_contact=True)
    assert "Maisie" in without_parent(cast.robins)


def test_words_that_changed_under_a_parents_eyes_are_not_signed(cast, issued, now, enter):
    before = issued[Audience.KEY_STAGE_1].pk
    next_version(cast, now)
    dana = enter(cast.dana)
    page = dana.post(f"/children/{cast.maisie.pk}/agreement/", {"shown": before})
    assert page.status_code == 409
    assert "The words have changed" in page.text and "I ask first." in page.text
    for nonsense in ("", "x", "9" * 30):
        sent = {"shown": nonsense}
        assert dana.post(f"/children/{cast.maisie.pk}/agreement/", sent).status_code == 409
        assert dana.post("/families/expectations/", sent).status_code == 409
    assert not Signature.objects.exists() and not Acknowledgement.objects.exists()


def test_the_office_writes_a_paper_signature_down_and_sets_it_aside(cast, issued, enter, now):
    office, address = enter(cast.office), f"/agreements/pupils/{cast.maisie.pk}/paper/"
    sent = {"parent": cast.dev.pk, "how": "paper", "on": "2026-11-20"}
    page = office.post(address, sent, follow=True)
    assert "The signature is written down." in page.text and "Dev Asphalt" in page.text
    kept = Signature.objects.get()
    assert (kept.parent, kept.how, kept.recorded_by) == (cast.dev, How.PAPER, cast.office.user)
    aside = f"/agreements/signatures/{kept.pk}/set-aside/"
    assert office.post(aside, {"why": "The wrong child."}).status_code == 302
    assert "Maisie" in without_parent(cast.robins)
    assert office.get(aside).status_code == 404, "it is aside already"
    stranger = make_parent(cast.robins.school, cast.zofia, "Zed", "Kerb")
    assert office.post(address, sent | {"parent": stranger.pk}).status_code == 422
    assert enter(cast.teacher).get(address).status_code == 404


def test_staff_cannot_take_away_what_a_parent_signed_themselves(
    cast, issued, countersign, enter, now
):
    kept = countersign(cast.maisie, cast.dana)
    office = enter(cast.office)
    assert office.get(f"/agreements/signatures/{kept.pk}/set-aside/").status_code == 404
    with pytest.raises(Refused):
        signing_acts.set_aside([kept], why="No.", by=cast.office.user, at=now)


def test_a_parent_tells_us_once_that_they_read_what_we_ask(cast, issued, enter, now):
    dana, shown = enter(cast.dana), {"shown": issued[Audience.FAMILIES].pk}
    assert "Read what the school asks of families" in titles(cast.dana)
    for _ in range(2):
        page = dana.post("/families/expectations/", shown, follow=True)
    assert "that you have read this." in page.text
    kept = Acknowledgement.objects.get()
    assert (kept.parent, kept.language) == (cast.dana, "en-gb")
    assert kept.wording.splitlines() == list(shipped.SHIPPED[Audience.FAMILIES])
    assert "Read what the school asks of families" not in titles(cast.dana)
    next_version(cast, now, Audience.FAMILIES)
    assert "Read what the school asks of families" in titles(cast.dana)


def test_families_reached_are_children_with_a_parent_who_read_it(cast, issued, now, school):
    expectations = issued[Audience.FAMILIES]
    assert families_reached(expectations) == (0, 3)
    join(cast.dana, make_pupil(school, "Ada", "Tarmac", cast.robins))
    for parent in (cast.dana, cast.dev, cast.aunt):
        acknowledging.acknowledge(shown=expectations.pk, by=parent.user, at=now)
    assert families_reached(expectations) == (3, 4), "Maisie and Ada once, Leo by his aunt"


def test_the_school_s_own_words_are_shown_as_they_were_typed(cast, issued, now, enter):
    own = "I clap when the bell rings."
    next_version(cast, now, text=f"{own}\nI keep my password to myself.")
    agreement = current_agreements()[Audience.KEY_STAGE_1]
    with translation.override("pl"):
        lines = agreement.lines_shown
    assert (lines[0].text, lines[0].lang) == (own, "en-gb")
    with translation.override("en-gb"):
        assert agreement.lines_shown[0].lang == ""


def test_the_language_of_the_page_is_kept_with_the_signature(cast, issued, now):
    shown = issued[Audience.KEY_STAGE_1]
    with translation.override("ar"):
        words = shown.words_shown
        kept = signing_acts.countersign(cast.maisie, shown=shown.pk, by=cast.dana.user, at=now)
    assert (kept.language, kept.wording) == ("ar", words)


# Who is missing, and who may know it


def test_teachers_see_their_classes_and_the_whole_school_s_people_all(cast, issued, enter, school):
    make_pupil(school, "Ada", "Lay-By", make_class(school, "Wrens", year=1))
    make_pupil(school, "Pip", "Nowhere")
    for person in (cast.head, cast.leader, cast.lead, cast.office):
        page = enter(person).get("/agreements/").text
        assert "Ada Lay-By" in page and "Maisie Tarmac" in page and "Pip Nowhere" in page
    page = enter(cast.teacher).get("/agreements/").text
    assert "Maisie Tarmac" in page and "Ada" not in page and "Pip" not in page
    for person in (cast.other_teacher, cast.assistant):
        page = enter(person).get("/agreements/").text
        assert "No class of yours" in page and "Maisie" not in page
        assert enter(person).get(f"/agreements/classes/{cast.robins.pk}/").status_code == 404
        assert "Maisie" not in enter(person).get("/agreements/agreements.csv").text
    assert enter(cast.governor).get("/agreements/").status_code == 404


def test_governors_see_numbers_and_no_names(cast, issued, read, countersign, now, enter):
    read(cast.maisie, cast.leo)
    countersign(cast.maisie, cast.dana)
    acknowledging.acknowledge(shown=issued["families"].pk, by=cast.dana.user, at=now)
    page = " ".join(enter(cast.governor).get("/").text.split())
    assert "2 of 3</b> children have signed the agreement; 1 have a parent who signed" in page
    assert "1 of 3</b> children have a parent who read what we ask of families" in page
    assert "Maisie" not in page


def test_the_lists_are_narrowed_and_saved_as_a_sheet(cast, issued, read, countersign, enter):
    Pupil.objects.filter(pk=cast.zofia.pk).update(first_name="=Zofia")
    read(cast.maisie)
    countersign(cast.leo, join_responsible(cast))
    office = enter(cast.office)
    page = office.get("/agreements/?missing=parents").text
    assert "No parent has signed" in page and "Have not signed" not in page

    def names(query):
        sheet = office.get(f"/agreements/agreements.csv?{query}").text.lstrip("\ufeff")
        return [row["first name"] for row in csv.DictReader(io.StringIO(sheet))]

    assert names("") == ["Leo", "Maisie", "'=Zofia"], "a cell cannot become a formula"
    assert names("missing=children") == ["Leo", "'=Zofia"]
    assert names(f"missing=parents&school_class={cast.robins.pk}") == ["Maisie", "'=Zofia"]
    assert names("missing=nonsense") == ["Leo", "Maisie", "'=Zofia"]
    assert Entry.objects.filter(verb="agreements.exported").count() == 4


def join_responsible(cast):
    Relation.objects.filter(parent=cast.aunt).update(parental_responsibility=True)
    return cast.aunt


def test_the_sheet_has_the_words_and_a_line_for_each_child(cast, issued, enter):
    page = enter(cast.teacher).get(f"/agreements/classes/{cast.robins.pk}/sheet/").text
    assert "I keep my password to myself." in page
    assert page.count('<th scope="row">') == 3


def test_a_protected_child_looks_like_any_other(cast, issued, read, enter, now, school):
    read(cast.maisie, cast.leo)

    def pages():
        addresses = ("/agreements/", f"/agreements/classes/{cast.robins.pk}/")
        said = [enter(cast.teacher).get(one).text for one in addresses]
        return [without_keys(one) for one in said]

    before = pages()
    Protection.objects.create(school=school, pupil=cast.maisie, set_at=now, set_by=cast.lead.user)
    assert pages() == before


def test_a_list_asks_the_same_few_queries_for_any_number_of_children(
    cast, issued, school, django_assert_num_queries
):
    for number in range(30):
        make_pupil(school, f"Child{number}", "Cobble", cast.robins)
    with django_assert_num_queries(4):
        assert len(list_of(cast.robins).unsigned) == 33


# Erasing


def test_an_erased_child_takes_all_signatures_along(cast, issued, read, countersign, now):
    reading = read(cast.maisie, cast.leo)
    countersign(cast.maisie, cast.dana)
    signing_acts.set_aside(
        Signature.objects.filter(reading=reading, pupil=cast.maisie),
        why="Maisie Tarmac was ill.",
        by=cast.teacher.user,
        at=now,
    )
    pupil_acts.leave(cast.maisie, on=now.date(), by=cast.office.user, at=now)
    pupil_acts.erase(cast.maisie, by=cast.office.user, at=now)
    assert list(Signature.objects.values_list("pupil", flat=True)) == [cast.leo.pk]


def test_of_an_erased_parent_only_the_bare_number_stays(cast, issued, countersign, now):
    countersign(cast.maisie, cast.dana)
    acknowledging.acknowledge(shown=issued["families"].pk, by=cast.dana.user, at=now)
    relation = Relation.objects.get(parent=cast.dana)
    parent_acts.end_relation(relation, on=now.date(), by=cast.office.user, at=now)
    parent_acts.erase(cast.dana, by=cast.office.user, at=now)
    kept = Signature.objects.get()
    assert (kept.parent_id, str(kept.parent)) == (cast.dana.pk, "Erased")
    assert "Dana" not in kept.wording + kept.why
    assert "Maisie" in without_parent(cast.robins)
