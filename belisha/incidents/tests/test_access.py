"""Who sees a case, and who never does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from belisha.incidents.actions import handling, record, routing, telling
from belisha.incidents.actions.telling import Named
from belisha.incidents.models import Case, Happening, Interest, Party, Told
from belisha.incidents.rules import About, Kind, Part, Seat, Way
from belisha.incidents.tests.conftest import who_work_on
from belisha.people.access import Refused
from belisha.people.models import Mail, StaffRole, StandIn
from belisha.people.tests.cast import make_parent, make_pupil


def sees(person, case, at):
    return case in Case.objects.visible_to(person.user, at)


def test_bullying_and_what_a_pupil_tells_us_reach_those_who_safeguard(told):
    everybody = {"Mrs Zebrahart", "Mr Pelican", "Ms Toucan"}
    assert who_work_on(told(kind=Kind.POST).case) == everybody, "a pupil tells us"
    assert who_work_on(told(way=Way.FAMILY).case) == everybody, "bullying"
    assert who_work_on(told(way=Way.FAMILY, kind=Kind.POST).case) == {"Mrs Zebrahart"}


def test_a_case_about_staff_goes_to_the_head_alone(cast, told, now):
    case = told(about=About.STAFF, who="Miss Puffin").case
    assert who_work_on(case) == {"Mrs Zebrahart"}
    assert [one for one in vars(cast).values() if sees(one, case, now)] == [cast.head]


def test_one_about_the_head_goes_to_the_chair_and_the_head_never_sees_it(cast, told, now):
    case = told(about=About.HEAD).case
    assert who_work_on(case) == {"Dr Pegasus"}
    assert not sees(cast.head, case, now)
    with pytest.raises(ValidationError):
        handling.hand_over(case, to=cast.head, why="", stays=True, by=cast.chair.user, at=now)
    for act in (
        lambda: handling.note(case, words="Nothing in it", by=cast.head.user, at=now),
        lambda: handling.step_back(case, why="", by=cast.head.user, at=now),
        lambda: telling.ask(case, words="Who are you?", by=cast.head.user, at=now),
    ):
        with pytest.raises(Refused):
            act()


def test_words_that_name_the_head_are_enough(cast, told, now):
    case = told(about=About.STAFF, who="i think it was zebrahart").case
    assert who_work_on(case) == {"Dr Pegasus"} and not sees(cast.head, case, now)


def test_one_about_the_chair_is_for_the_officer_and_somebody_here_tells_them(cast, told, now):
    case = told(about=About.CHAIR).case
    assert who_work_on(case) == {"Mrs Zebrahart"} and not sees(cast.chair, case, now)
    assert Told.objects.get(case=case).seat == Seat.OFFICER


def test_one_about_a_pupil_is_for_those_who_safeguard(cast, told, now):
    assert who_work_on(told(about=About.PUPIL).case) == {"Mr Pelican", "Ms Toucan"}


def test_toilets_and_threats_reach_the_safeguarding_lead_at_once_by_mail(cast, told, now):
    case = told(about=About.STAFF, who="Miss Puffin", forbidden_place=True).case
    assert who_work_on(case) == {"Mrs Zebrahart", "Mr Pelican", "Ms Toucan"}
    mails = Mail.objects.filter(kind="case")
    assert {one.to for one in mails} == {
        one.user.email for one in (cast.head, cast.lead, cast.deputy)
    }
    assert all(one.subject.startswith("Urgent") for one in mails)
    assert not any("zebra" in one.body.lower() for one in mails)


def test_while_the_head_is_away_the_stand_in_sees_it_but_not_what_is_about_them(
    cast, school, told, now
):
    StandIn.objects.create(
        school=school,
        staff=cast.leader,
        first_day=now.date(),
        last_day=now.date(),
        named_at=now,
        named_by=cast.head.user,
    )
    case, own = told(about=About.STAFF).case, told(about=About.STAFF, who="mr lantern").case
    assert sees(cast.leader, case, now) and not sees(cast.leader, own, now)
    assert who_work_on(own) >= {"Mrs Zebrahart", "Dr Pegasus"}


def test_an_older_case_of_the_head_is_open_to_the_stand_in_while_it_lasts(cast, school, told, now):
    case, day = told(about=About.STAFF).case, now.date()
    assert not sees(cast.leader, case, now)
    StandIn.objects.create(
        school=school,
        staff=cast.leader,
        first_day=day,
        last_day=day,
        named_at=now,
        named_by=cast.head.user,
    )
    assert sees(cast.leader, case, now)
    assert not sees(cast.leader, case, now + timedelta(days=1))


def test_whoever_is_close_to_the_subject_does_not_receive_it(cast, school, told, now):
    Interest.objects.create(
        school=school, staff=cast.head, other_staff=cast.teacher, at=now, by=cast.head.user
    )
    case = told(about=About.STAFF, named=[Named(Part.SUBJECT, staff=cast.teacher)]).case
    assert not sees(cast.head, case, now) and who_work_on(case) == {"Mr Lantern"}
    assert Told.objects.filter(case=case, seat=Seat.OFFICER).exists()


def test_a_parent_on_the_staff_does_not_see_their_own_child_s_case(cast, school, told, now):
    pupil = make_pupil(school, "Zed", "Pelicanchild")
    parent = make_parent(school, pupil, "Pel", "Pelican")
    parent.user = cast.lead.user
    parent.save()
    case = told(about=About.PUPIL, named=[Named(Part.SUBJECT, pupil=pupil)]).case
    assert who_work_on(case) == {"Ms Toucan"} and not sees(cast.lead, case, now)


def test_a_handler_who_is_named_as_the_subject_ceases_to_see_it(cast, told, now):
    case = told(about=About.PUPIL).case
    handling.name(case, Named(Part.SUBJECT, staff=cast.deputy), by=cast.lead.user, at=now)
    assert not sees(cast.deputy, case, now) and sees(cast.lead, case, now)
    assert who_work_on(case) == {"Mr Pelican"}


def test_who_steps_back_is_followed_by_somebody_who_may(cast, told, now):
    case = told(about=About.STAFF).case
    handling.step_back(case, why="My sister", by=cast.head.user, at=now)
    assert not sees(cast.head, case, now) and who_work_on(case) == {"Mr Lantern"}


def test_nobody_steps_back_where_nobody_could_go_on(cast, told, now):
    for one in (cast.leader, cast.lead, cast.deputy, cast.chair, cast.governor):
        StaffRole.objects.filter(staff=one).delete()
    case = told(about=About.STAFF).case
    with pytest.raises(ValidationError):
        handling.step_back(case, why="My sister", by=cast.head.user, at=now)
    assert sees(cast.head, case, now)


def test_a_case_that_nobody_works_on_any_more_is_given_anew(cast, told, now):
    case = told(about=About.STAFF).case
    cast.head.left_on = now.date()
    cast.head.save()
    assert list(routing.left_alone(now)) == [case]
    with transaction.atomic():
        routing.give(case, now)
    assert who_work_on(case) >= {"Mr Lantern"} and not list(routing.left_alone(now))


def test_a_subject_who_was_named_wrongly_may_be_given_the_case_again(cast, told, now):
    case = told(about=About.PUPIL, who="pelican").case
    assert who_work_on(case) == {"Mrs Zebrahart", "Ms Toucan"}
    party = Party.objects.get(case=case, part=Part.SUBJECT)
    handling.strike_out(party, by=cast.deputy.user, at=now)
    handling.hand_over(case, to=cast.lead, why="", stays=True, by=cast.deputy.user, at=now)
    assert sees(cast.lead, case, now)


def test_a_link_needs_both_cases(cast, told, now):
    one, other = told(about=About.STAFF).case, told(about=About.PUPIL).case
    with pytest.raises(Refused):
        handling.tie(one, other, why="", by=cast.head.user, at=now)


def test_a_case_s_own_record_shows_what_was_changed(cast, told, now):
    case = told(about=About.PUPIL).case
    handling.note(case, words="We rang them.", by=cast.lead.user, at=now)
    assert [wrong for _, wrong in record.verify()] == [None]
    with pytest.raises(DatabaseError), transaction.atomic():
        Happening.objects.filter(case=case).update(words="Nothing")
    last = Happening.objects.filter(case=case).first()
    last.delete()
    assert [wrong for _, wrong in record.verify()] == [
        (last.number, "the end of the record is missing")
    ]


def test_nobody_learns_of_a_case_because_somebody_cannot_be_erased(cast, told, now):
    case = told(about=About.STAFF, named=[Named(Part.SUBJECT, staff=cast.teacher)]).case
    cast.teacher.delete()
    assert [str(one) for one in case.parties.all()] == ["Miss Puffin"]


def test_a_contact_that_was_made_one_with_somebody_bars_them_still(cast, school, told, now):
    keep, other = (
        make_parent(school, make_pupil(school, first, "Pelicanchild"), first, "Pelican")
        for first in ("Pel", "Pip")
    )
    keep.user = cast.lead.user
    keep.save()
    case = told(about=About.PUPIL, named=[Named(Part.SUBJECT, parent=other)]).case
    assert sees(cast.lead, case, now)
    other.merged_into = keep
    other.save()
    assert not sees(cast.lead, case, now)


@pytest.mark.parametrize("close_to", ["pupil", "kept contact", "merged contact"])
def test_whoever_said_that_they_are_close_to_a_family_does_not_see_it(
    cast, school, told, now, close_to
):
    pupil = make_pupil(school, "Zed", "Pelicanchild")
    keep, other = (make_parent(school, pupil, first, "Pelican") for first in ("Pel", "Pip"))
    other.merged_into = keep
    other.save()
    subject = {"kept contact": other, "merged contact": keep}.get(close_to)
    near = {"kept contact": keep, "merged contact": other}.get(close_to)
    named = Named(Part.SUBJECT, parent=subject, pupil=None if subject else pupil)
    case = told(about=About.PUPIL, named=[named]).case
    assert sees(cast.lead, case, now)
    said = {"parent": near} if near else {"pupil": pupil}
    handling.declare(said, by=cast.lead.user, at=now)
    assert not sees(cast.lead, case, now)
