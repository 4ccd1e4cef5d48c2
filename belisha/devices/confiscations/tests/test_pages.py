"""The pages of confiscations: on a teacher's phone, in the office, on a parent's page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from belisha.devices.confiscations import exempting, keeping, todo
from belisha.devices.confiscations.tests.conftest import enter, receive
from belisha.devices.models import Confiscation, ContactTry, Returned
from belisha.people.tests.cast import make_pupil
from belisha.policy.models import HeadRequest, Ladder, Sanction

TYPED = {
    "kind": "phone",
    "description": "Black, in a red case",
    "power": "off",
    "not_unlocked": "on",
    "not_searched": "on",
    "where": "classroom",
    "way_home": "fetched",
    "during": "lesson",
    "seized_at": "2026-11-20T09:00",
}


def page(name, *ids):
    return reverse(name, args=ids)


def titles(person, on):
    return [task.title for task in todo.todo(person.user, on)]


def test_a_teacher_takes_a_phone_and_is_told_first_what_counts(cast, now, is_now, taken):
    taken(at=now - timedelta(days=2))
    exempting.exempt(
        cast.child,
        kind="watch",
        named="",
        says="It stays silent",
        until=now.date(),
        by=cast.lead.user,
        at=now,
    )
    teacher = enter(cast.colleague)
    found = teacher.get(page("take_from"), {"child": "ad"}).text
    assert "Ada K" in found and "Kerbstone" not in found
    form = page("take", cast.child.pk)
    shown = teacher.get(form).text
    for words in (
        "This pupil may keep it: Watch. Ask the office.",
        "1 before this in this school year",
        "It goes back by 20 November 2026, 3:15pm.",
        "over the weekend",
        "Contact home",
    ):
        assert words in shown
    wrong = teacher.post(form, TYPED | {"not_searched": "", "why": "In the <register>"})
    assert wrong.status_code == 422
    assert "Say why it was unlocked or searched" in wrong.text
    assert "In the &lt;register&gt;" in wrong.text, "nothing that was typed is lost"
    made = teacher.post(form, TYPED)
    row = Confiscation.objects.first()
    assert made.url == page("confiscation", row.ref)
    assert "Hand it in at the office now" in teacher.get(made.url).text
    assert titles(cast.colleague, now.date()) == ["Hand in the phone of Ada K"] * 2
    for act in ("receive", "collect", "keep", "label", "mail"):
        assert teacher.get(page(f"confiscation_{act}", row.ref)).status_code == 404


def test_the_office_leads_it_home_step_by_step(cast, taken, now, is_now):
    row, office = taken(way_home="unknown"), enter(cast.office)
    here, today = page("confiscation", row.ref), now.date()
    assert titles(cast.office, today) == ["Receive the phone of Ada K"]
    stored = {"envelope": "1", "shelf": "Safe", "fits": "yes"}
    assert office.post(page("confiscation_receive", row.ref), stored).url == here
    assert titles(cast.office, today) == ["The way home without the phone of Ada K"]
    told = {"parent": cast.mother.pk, "how": "phone", "tried_at": "2026-11-20T09:00"}
    assert office.post(page("confiscation_try", row.ref), told).status_code == 422
    office.post(page("confiscation_try", row.ref), told | {"reached": "yes"})
    assert titles(cast.office, today) == ["Give back the phone of Ada K"]
    barred = told | {"parent": cast.barred.pk, "reached": "yes"}
    assert office.post(page("confiscation_try", row.ref), barred).status_code == 422
    is_now(hours=7)
    office = enter(cast.office)  # quiet for so long, she signs in again
    assert titles(cast.office, today) == ["Still here: the phone of Ada K"]
    assert titles(cast.head, today) == ["Still here: the phone of Ada K"]
    asked = {"until": "2026-11-23", "why": "Nobody comes"}
    office.post(page("confiscation_keep", row.ref), asked)
    request = HeadRequest.objects.get()
    head = enter(cast.head)
    decides = head.get(page("approval", request.ref)).text
    assert "Ada K" in decides and "I do not know: the office asks" in decides
    yes = {"say": "yes", "digest": request.digest}
    assert head.post(page("approval_answer", request.ref), yes).status_code == 302
    assert titles(cast.head, today) == []
    given = {"parent": cast.mother.pk, "identity": "known", "same_condition": "yes"}
    collect = page("confiscation_collect", row.ref)
    assert "Sign here, or tick" in office.post(collect, given).text
    office.post(collect, given | {"signature_typed": "on"})
    assert "Mara Kerbstone" in office.get(here).text
    assert titles(cast.office, today) == []
    again = office.post(collect, given | {"signature_typed": "on"})
    assert again.status_code == 422 and "was quicker" in again.text
    office.post(page("confiscation_not_back", row.ref), {"why": "Wrong one"})
    hand_back = {"decided_by": cast.head.pk, "words": "First time"}
    office.post(page("confiscation_hand_back", row.ref), hand_back)
    assert Returned.objects.standing().get().how == Returned.How.PUPIL


def test_whom_nobody_tells_learns_nothing(cast, stored, is_now):
    row = stored()
    for person in (cast.assistant, cast.governor):
        client = enter(person)
        assert client.get(page("confiscation", row.ref)).status_code == 404
    assert "Ada" not in enter(cast.assistant).get(page("confiscations")).text
    governor = enter(cast.governor)
    assert governor.get(page("confiscations")).url == page("confiscation_counts")
    assert "Fewer than 5 taken." in governor.get(page("confiscation_counts")).text
    assert governor.get(page("confiscation_counts"), {"year": "1999"}).status_code == 404
    sheet = governor.get(page("confiscation_counts_csv")).content.decode("utf-8-sig")
    assert "2026" in sheet and "Ada" not in sheet and ",1\r\n" not in sheet


def test_a_parent_reads_what_waits_in_plain_words(cast, school, stored, now, is_now):
    stored()
    mother = enter(cast.mother)
    waits = mother.get(page("waits_for_family")).text
    for words in ("Phone", "school office", "15:15 on 20 November 2026"):
        assert words in waits
    assert "A device of your child waits at school: Phone" in mother.get(page("children")).text
    assert "red case" not in waits
    barred = enter(cast.barred).get(page("waits_for_family"))
    assert barred.status_code in (302, 404)


def test_mistakes_are_undone_and_put_right_on_the_page(cast, taken, now, is_now):
    row, teacher = taken(), enter(cast.colleague)
    teacher.post(page("confiscation_correct", row.ref), {"words": "It was <blue>"})
    undo = page("confiscation_undo", row.ref)
    assert teacher.post(undo, {"why": "A reader"}).status_code == 422
    teacher.post(undo, {"how": "back", "why": "A reader"})
    shown = teacher.get(page("confiscation", row.ref)).text
    assert "It was &lt;blue&gt;" in shown
    assert "It was a mistake. The child has it again. A reader" in shown
    teacher.post(page("confiscation_take_up", row.ref))
    assert "Hand it in at the office now" in teacher.get(page("confiscation", row.ref)).text


def test_what_a_pupil_may_have_is_kept_and_never_why(cast, is_now):
    lead, form = enter(cast.lead), page("exempt", cast.child.pk)
    said = {"kind": "phone", "says": "In the bag", "until": "2026-12-01"}
    assert lead.post(form, said | {"until": "2028-01-01"}).status_code == 422
    lead.post(form, said)
    shown = enter(cast.assistant).get(page("exemptions")).text
    assert "Ada K" in shown and "In the bag" in shown and "Change" not in shown
    ref = cast.child and exempting.Exemption.objects.get().ref
    lead.post(page("exemption_change", ref), said | {"says": "At the desk"})
    assert "At the desk" in enter(cast.assistant).get(page("exemptions")).text
    newest = exempting.Exemption.objects.get(ended_at=None)
    lead.post(page("exemption_end", newest.ref))
    assert "At the desk" not in enter(cast.assistant).get(page("exemptions")).text


def test_what_follows_is_decided_beside_what_was_decided_in_like_cases(
    cast, school, taken, now, is_now
):
    first, row = taken(at=now - timedelta(days=1)), taken()
    other = taken(pupil=make_pupil(school, "Bo", "Bollard", cast.robins))
    teacher = enter(cast.teacher)
    teacher.post(page("confiscation_sanction", other.ref), {"chosen": "Words with the pupil"})
    like = teacher.get(page("confiscation_sanction", first.ref)).text
    assert "What was decided in like cases" in like and "Bo B" not in like
    form = page("confiscation_sanction", row.ref)
    assert "Contact home (suggested)" in teacher.get(form).text
    assert teacher.post(form, {"chosen": "No sanction"}).status_code == 422
    teacher.post(form, {"chosen": "No sanction", "why": "It was her grandmother’s"})
    assert Sanction.objects.about(row.ref).get().why == "It was her grandmother’s"
    assert enter(cast.colleague).get(form).status_code == 404, "who took it need not know the child"


def test_the_head_writes_the_ladder(cast, is_now):
    head, form = enter(cast.head), page("ladder_change", "mobile-phones")
    assert "Collected by a parent (1 day):" in head.get(form).text
    assert head.post(form, {"steps": "Talk\nTalk"}).status_code == 422
    head.post(form, {"steps": "Talk: Sit down together\nKept (2 days)"})
    assert [one.days for one in Ladder.objects.get().ladder] == [0, 2]
    governor = enter(cast.governor)
    assert "Sit down together" in governor.get(page("ladder", "mobile-phones")).text
    assert governor.get(form).status_code == 404
    assert head.get(page("ladder", "no-such")).status_code == 404


def test_it_is_found_filtered_and_saved_and_printed(cast, stored, taken, now, is_now):
    row = stored(envelope="77", description="=Black")
    office = enter(cast.office)
    assert page("confiscation", row.ref) in office.get(page("search"), {"q": "77"}).text
    assert "Ada K" in office.get(page("confiscations"), {"state": "office", "child": "ad"}).text
    assert "None found" in office.get(page("confiscations"), {"state": "held"}).text
    sheet = office.get(page("confiscations_csv")).content.decode("utf-8-sig")
    assert "'=Black" in sheet and "Ada K" in sheet
    for name in ("receipt", "label"):
        paper = office.get(page(f"confiscation_{name}", row.ref))
        assert paper.content.startswith(b"%PDF")
    letter = office.post(page("confiscation_letter", row.ref), {"parent": cast.mother.pk})
    assert letter.content.startswith(b"%PDF")
    assert ContactTry.objects.get().how == ContactTry.How.LETTER


@pytest.mark.parametrize("language", ["ur", "pl"])
def test_a_letter_is_set_in_the_reader_s_language(cast, stored, is_now, language):
    row = stored()
    cast.mother.language = language
    cast.mother.save()
    office = enter(cast.office)
    letter = office.post(page("confiscation_letter", row.ref), {"parent": cast.mother.pk})
    assert letter.content.startswith(b"%PDF")


def test_what_went_wrong_is_settled_by_the_head(cast, stored, now, is_now):
    row, office, head = stored(), enter(cast.office), enter(cast.head)
    told = {"kind": "condition", "words": "A scratch"}
    office.post(page("confiscation_tell", row.ref), told)
    assert "It is not in the same condition: the device of Ada K" in titles(cast.head, now.date())
    matter = row.matters.get()
    assert office.get(page("matter_settle", matter.pk)).status_code == 404
    head.post(page("matter_settle", matter.pk), {"outcome": "It was there before"})
    assert "It was there before" in office.get(page("confiscation", row.ref)).text
    office.post(
        page("confiscation_pass_on", row.ref),
        {"how": "lost", "decided_by": cast.head.pk, "words": "Looked everywhere"},
    )
    head.post(page("confiscation_retain", row.ref), {"why": "Open"})
    assert "Kept beyond its time: Open" in head.get(page("confiscation", row.ref)).text
    head.post(page("confiscation_release", row.ref))
    assert "Kept beyond its time" not in head.get(page("confiscation", row.ref)).text


def test_a_mail_home_is_sent_from_the_page(cast, stored, is_now):
    row = stored()
    office = enter(cast.office)
    office.post(page("confiscation_mail", row.ref), {"parent": cast.mother.pk})
    assert "By email: Mara Kerbstone, sent" in office.get(page("confiscation", row.ref)).text
    cast.mother.email = ""
    cast.mother.save()
    without = office.post(page("confiscation_mail", row.ref), {"parent": cast.mother.pk})
    assert without.status_code == 422 and "no email address" in without.text
    assert keeping.ContactTry.objects.count() == 1


def test_it_can_be_put_elsewhere(cast, taken, now, is_now):
    row, office = taken(), enter(cast.office)
    receive(cast, row, now)
    assert 'value="1"' in office.get(page("confiscation_receive", row.ref)).text
    moved = {"envelope": "1", "shelf": "Drawer", "fits": "no"}
    assert (
        "Say what is different." in office.post(page("confiscation_receive", row.ref), moved).text
    )
    office.post(page("confiscation_receive", row.ref), moved | {"difference": "Cracked"})
    assert "Envelope 1, Drawer" in office.get(page("confiscation", row.ref)).text


def test_can_i_leads_staff_from_the_no_to_taking_the_device(cast, client):
    asked = "/can-i/?as=pupil&do=use-phone&when=lesson"
    assert page("take_from") in enter(cast.colleague).get(asked).text
    assert page("take_from") not in client.get(asked).text
