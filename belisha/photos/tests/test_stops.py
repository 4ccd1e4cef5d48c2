""" "Not this one": who may say it, what it covers, and who may take it back (P.i, P.iii)."""

import pytest

from belisha.audit.journal import Line
from belisha.audit.models import Entry
from belisha.consent.models import facts
from belisha.consent.rules import Fact, Kind
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import copies, faces, stops
from belisha.photos.again import AGAIN
from belisha.photos.asking import ask, ask_one
from belisha.photos.models import Stop
from belisha.photos.rules import Source, Who
from belisha.photos.tests.conftest import MALIK, TODAY, same_robins, same_school
from belisha.photos.tests.test_pages import picture_of
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them


@pytest.fixture
def newsletter(school):
    return Purpose.objects.get(key="newsletter")


def make(robins, purpose):
    return copies.make(robins.photo, purpose, by=robins.teacher, at=robins.at, on=TODAY)


def stop(robins, source=Source.CHILD, by=None, **more):
    who = by or robins.teacher
    return stops.stop(robins.photo, robins.malik, source, by=who, at=robins.at, **more)


def hidden_for(robins, key):
    """Whether Malik is hidden in a copy that is made now."""
    purpose = Purpose.objects.get(key=key)
    face = robins.photo.faces.get(pupil=robins.malik, removed_at=None)
    return face.pk in ask_one(robins.photo, purpose, on=TODAY).hidden_ids


def test_a_childs_no_closes_the_copy_at_once_and_leaves_the_answer(settled, newsletter):
    copy = make(settled, newsletter)
    assert not hidden_for(settled, "newsletter")
    made = stop(settled)
    assert not copies.is_still_right(copy, on=TODAY)
    with pytest.raises(copies.NotNow) as no:
        copies.give(copy, by=settled.teacher, at=settled.at, on=TODAY)
    assert "Malik W: said not this one" in [one.text for one in no.value.decision.verdict.reasons]
    assert hidden_for(settled, "newsletter")
    assert facts([settled.malik.pk], on=TODAY)[settled.malik.pk, "newsletter"] is Fact.GIVEN
    stops.lift(made, by=settled.teacher, at=settled.at)
    assert copies.is_still_right(copy, on=TODAY)
    assert not hidden_for(settled, "newsletter")


def test_a_stop_for_one_purpose_leaves_the_others(settled, newsletter):
    settled.say(settled.malik, settled.mother, Kind.GIVEN, "website")
    stop(settled, Source.FAMILY, by=settled.mother.user, purpose=newsletter)
    assert hidden_for(settled, "newsletter")
    assert not hidden_for(settled, "website")


def test_a_stop_for_everything_is_in_every_light(settled):
    stop(settled)
    face = settled.photo.faces.get(pupil=settled.malik)
    decisions = ask([settled.photo], list(Purpose.objects.in_use()), on=TODAY)[settled.photo.pk]
    assert all(face.pk in decision.hidden_ids for decision in decisions.values())


@pytest.mark.parametrize("newer", ["nothing", "who said it", "the name at the face"])
def test_after_a_restore_a_no_to_a_picture_counts_again_whatever_is_newer(settled, newer):
    if newer == "the name at the face":
        settled.photo.faces.filter(pupil=settled.malik).update(pupil=None, who="")
    facts = {"photo": settled.photo.pk, "pupil": settled.malik.pk, "purpose": None}
    by = 1 if newer == "who said it" else settled.teacher.pk
    ids = {"id": 1, "school_id": settled.photo.school_id, "number": 1, "before": "", "hash": ""}
    line = Line(
        **ids,
        at=settled.at,
        by=by,
        verb="picture.stopped",
        about="stop:7",
        facts=facts | {"source": "child"},
        again={},
    )
    assert AGAIN[line.verb](line)
    settled.photo.refresh_from_db()
    assert bool(settled.photo.kept_back_at) is (newer != "nothing")
    assert Stop.objects.standing().exists() is (newer == "nothing")


def test_a_stop_counts_in_its_own_picture_alone(settled):
    stop(settled)
    other = picture_of(settled, settled.malik)
    purpose = Purpose.objects.get(key="newsletter")
    assert not ask_one(other, purpose, on=TODAY).hidden_ids


@pytest.mark.parametrize("change", ["moved", "drawn anew", "given to another and back", "undone"])
def test_no_change_of_boxes_undoes_a_stop(settled, newsletter, change):
    copy = make(settled, newsletter)
    stop(settled)
    face, do = settled.photo.faces.get(pupil=settled.malik), {"by": settled.teacher}
    if change == "moved":
        faces.move(face, MALIK.union(face.box), at=settled.at, **do)
    elif change == "drawn anew":
        faces.remove(face, at=settled.at, **do)
        face = faces.draw(settled.photo, MALIK, at=settled.at, **do)
        faces.settle(face, Who.PUPIL, pupil=settled.malik, at=settled.at, **do)
    elif change == "given to another and back":
        faces.settle(face, Who.PUPIL, pupil=settled.tilly, at=settled.at, **do)
        faces.settle(face, Who.PUPIL, pupil=settled.malik, at=settled.at, **do)
    else:
        faces.move(face, MALIK.union(face.box), at=settled.at, **do)
        faces.undo(settled.photo, at=settled.at, **do)
    faces.say_all_boxed(settled.photo, at=settled.at, **do)
    settled.photo.refresh_from_db()
    assert not copies.is_still_right(copy, on=TODAY)
    assert hidden_for(settled, "newsletter")


def test_the_same_said_twice_is_one_stop(settled):
    assert stop(settled) == stop(settled)
    assert Stop.objects.count() == 1
    assert Entry.objects.filter(verb="picture.stopped").count() == 1


def test_two_stops_stand_until_both_are_lifted(settled):
    childs, familys = stop(settled), stop(settled, Source.FAMILY, by=settled.mother.user)
    stops.lift(childs, by=settled.teacher, at=settled.at)
    assert hidden_for(settled, "newsletter")
    stops.lift(familys, by=settled.mother.user, at=settled.at)
    assert not hidden_for(settled, "newsletter")


def test_who_may_stop(settled, school):
    """A family for its own child; staff of the album for a child; the office for a family."""
    stranger = make_parent(school, settled.tilly, "Ilse", "Crossley").user
    barred = make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True).user
    without = make_parent(school, settled.malik, "Vesna", "Wayfinder", pr=False).user
    other = make_staff(school, "Mr Handsignal", Role.TEACHER)
    make_class(school, "Wrens", other, year=1)
    for who in (stranger, barred, without):
        for source in Source:
            with pytest.raises(Refused):
                stop(settled, source, by=who)
    for who, source in (
        (other.user, Source.CHILD),
        (settled.teacher, Source.FAMILY),
        (settled.mother.user, Source.CHILD),
        (settled.mother.user, Source.SCHOOL),
    ):
        with pytest.raises(Refused):
            stop(settled, source, by=who)
    assert not Stop.objects.exists()
    stop(settled, Source.FAMILY, by=settled.office)
    stop(settled, Source.SCHOOL)


def test_a_child_who_is_not_in_the_picture_is_not_stopped_there(settled, school):
    elsewhere = make_pupil(school, "Priya", "Greenlight", settled.school_class)
    with pytest.raises(Refused):
        stops.stop(settled.photo, elsewhere, Source.CHILD, by=settled.teacher, at=settled.at)


def test_a_familys_stop_is_lifted_by_that_parent_or_by_the_office(settled, school):
    father = make_parent(school, settled.malik, "Fabian", "Wayfinder").user
    made = stop(settled, Source.FAMILY, by=settled.mother.user)
    for who in (father, settled.teacher):
        with pytest.raises(Refused):
            stops.lift(made, by=who, at=settled.at)
    assert hidden_for(settled, "newsletter")
    stops.lift(made, by=settled.office, at=settled.at)
    made.refresh_from_db()
    assert made.lifted_by == settled.office
    stops.lift(
        stop(settled, Source.FAMILY, by=settled.mother.user), by=settled.mother.user, at=settled.at
    )
    assert not Stop.objects.standing().exists()


def test_a_parent_under_an_order_lifts_nothing(settled):
    made = stop(settled, Source.FAMILY, by=settled.mother.user)
    settled.mother.relations.update(no_contact=True)
    with pytest.raises(Refused):
        stops.lift(made, by=settled.mother.user, at=settled.at)


def test_a_childs_stop_is_lifted_by_their_teacher_and_not_by_the_family(settled):
    made = stop(settled)
    with pytest.raises(Refused):
        stops.lift(made, by=settled.mother.user, at=settled.at)
    stops.lift(made, by=settled.teacher, at=settled.at)


def test_a_teacher_writes_it_down_and_lifts_it_on_the_page(client, settled):
    client.force_login(settled.teacher)
    face = settled.photo.faces.get(pupil=settled.malik)
    page = f"/pictures/{settled.photo.ref}/"
    shown = client.get(f"{page}?face={face.pk}")
    assert "Malik W said no to this picture" in shown.text
    assert "The family told us no" not in shown.text
    client.post(f"{page}stops/", {"face": face.pk, "source": "child"})
    shown = client.get(page)
    assert "Malik W: said not this one" in shown.text
    assert "written down by Miss Puffin" in shown.text
    made = Stop.objects.get()
    assert "only when the child has told you so" in client.get(f"/stops/{made.pk}/lift/").text
    client.post(f"/stops/{made.pk}/lift/")
    assert "said not this one" not in client.get(page).text
    assert client.get(f"/stops/{made.pk}/lift/").status_code == 404


def test_a_familys_stop_names_no_parent_on_the_page(client, settled):
    stop(settled, Source.FAMILY, by=settled.mother.user)
    client.force_login(settled.teacher)
    shown = client.get(f"/pictures/{settled.photo.ref}/").text
    assert "the family said not this one" in shown
    assert "Wanda" not in shown
    assert client.post(f"/stops/{Stop.objects.get().pk}/lift/").status_code == 404


def test_what_a_form_makes_up_stops_nobody(client, settled):
    client.force_login(settled.teacher)
    page = f"/pictures/{settled.photo.ref}/stops/"
    face = settled.photo.faces.get(pupil=settled.malik)
    for said in (
        {},
        {"face": face.pk},
        {"face": "x", "source": "child"},
        {"source": "child"},
        {"face": face.pk, "source": "family"},
        {"face": face.pk, "source": "nobody"},
    ):
        assert client.post(page, said).status_code == 404
    assert not Stop.objects.exists()
