"""What a parent sees of very pictures, and the copies that a no closed (P.i, P.iii, P.vi)."""

from dataclasses import astuple
from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from django.utils import timezone, translation
from PIL import Image

from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.actions.protection import protect
from belisha.people.models import Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import join, make_parent, make_pupil, make_staff
from belisha.photos.actions import answering, copies, faces, requests, stops
from belisha.photos.models import PictureAnswer, SafeCopy, Stop
from belisha.photos.rules import Source, Who
from belisha.photos.shown import AT_ONCE, recalled, recalled_for, shown_of
from belisha.photos.sights import Sight
from belisha.photos.tests.conftest import MALIK, TILLY, TODAY, TWO, same_robins, same_school
from belisha.photos.tests.test_copies import within
from belisha.policy.models import Purpose
from belisha.policy.wording import in_language

robins, school = same_robins, same_school  # the names by which tests ask for them

STALE = {"fresh_at": "2026-01-01T00:00:00+00:00"}


def make(robins, key="newsletter", request=None):
    purpose = Purpose.objects.get(key=key)
    today = timezone.localdate()
    return copies.make(
        robins.photo, purpose, by=robins.teacher, at=timezone.now(), on=today, request=request
    )


def is_covered(data, box):
    return bool(within(data, box).reshape(-1, 3).std(axis=0).max() < 3)


@pytest.fixture
def mother(client, settled):
    client.force_login(settled.mother.user)
    return client


@pytest.fixture
def pages(settled):
    return f"/children/{settled.malik.pk}/"


@pytest.fixture
def asked(settled):
    today = timezone.localdate()
    return requests.ask_families(
        settled.photo,
        Purpose.objects.get(key="promotional"),
        use="Prospectus 2027, printed",
        until=today + timedelta(days=90),
        by=settled.teacher,
        at=timezone.now(),
        on=today,
    )


# What the school shows now


def test_a_parent_sees_each_place_where_their_child_is_shown(mother, settled, pages):
    settled.say(settled.malik, settled.mother, Kind.GIVEN, "website")
    for key in ("newsletter", "newsletter", "website"):
        make(settled, key)
    page = mother.get(f"{pages}pictures/")
    assert "What the school shows of Malik now" in page.text
    assert page.text.count("Take this down") == 2
    for word in ("Tilly", "Bridge day", "Robins", "Puffin", "IMG_1"):
        assert word not in page.text
    file = mother.get(f"{pages}shown/{SafeCopy.objects.first().ref}/photo.jpg")
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert not is_covered(file.content, MALIK)
    assert is_covered(file.content, TILLY)
    assert max(np.asarray(_opened(file.content)).shape) == 1200


def _opened(data):
    return Image.open(BytesIO(data))


def test_another_child_is_seen_only_where_every_family_may_see(mother, settled, pages):
    """Tilly's family said yes to both; a journal is for her own family and her teachers."""
    for key in ("newsletter", "learning-journal", "display"):
        settled.say(settled.malik, settled.mother, Kind.GIVEN, key)
        settled.say(settled.tilly, settled.father, Kind.GIVEN, key)
    for key, covered in (("newsletter", False), ("learning-journal", True), ("display", True)):
        data = mother.get(f"{pages}shown/{make(settled, key).ref}/photo.jpg").content
        assert is_covered(data, TILLY) == covered
        assert not is_covered(data, MALIK)


def test_nothing_is_given_when_whom_to_hide_changed_while_it_was_made(settled):
    tilly, malik = astuple(TILLY), astuple(MALIK)
    answers = (Sight(settled.photo.pk, hidden) for hidden in ([tilly], [tilly, malik]))
    with pytest.raises(Refused):
        copies._shown(settled.photo, lambda: next(answers))


def test_brothers_and_sisters_are_ones_own(mother, settled, pages):
    join(settled.mother, settled.tilly)
    key = "learning-journal"
    settled.say(settled.malik, settled.mother, Kind.GIVEN, key)
    settled.say(settled.tilly, settled.mother, Kind.GIVEN, key)
    data = mother.get(f"{pages}shown/{make(settled, key).ref}/photo.jpg").content
    assert not is_covered(data, TILLY)


def test_a_copy_in_which_the_child_is_hidden_is_not_theirs_to_see(client, settled):
    copy = make(settled)  # Tilly's family has not answered
    client.force_login(settled.father.user)
    page = f"/children/{settled.tilly.pk}/"
    assert "Nothing is shown" in client.get(f"{page}pictures/").text
    assert client.get(f"{page}shown/{copy.ref}/photo.jpg").status_code == 404
    assert client.get(f"{page}shown/{copy.ref}/take-down/").status_code == 302
    client.post(f"{page}shown/{copy.ref}/take-down/", {"where": "everywhere"})
    assert not Stop.objects.exists()


@pytest.mark.parametrize("end", ["no", "protected", "a box more", "kept back", "another name"])
def test_what_may_not_be_shown_any_more_is_gone_at_the_next_look(
    mother, settled, school, pages, end
):
    copy = make(settled)
    file = f"{pages}shown/{copy.ref}/photo.jpg"
    assert mother.get(file).status_code == 200
    if end == "no":
        settled.say(settled.malik, settled.mother, Kind.REFUSED)
    elif end == "protected":
        lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
        protect(settled.malik, why="A court order", by=lead, at=settled.at)
    elif end == "a box more":
        faces.draw(settled.photo, TILLY.union(MALIK), by=settled.teacher, at=settled.at)
    elif end == "kept back":
        settled.photo.kept_back_at = settled.at
        settled.photo.save()
    else:
        face = settled.photo.faces.get(pupil=settled.malik)
        faces.settle(face, Who.PUPIL, pupil=settled.tilly, by=settled.teacher, at=settled.at)
    assert mother.get(file).status_code == 404
    assert "Nothing is shown" in mother.get(f"{pages}pictures/").text


def test_the_page_of_a_protected_child_is_that_of_one_without_a_yes(client, settled, school):
    """The same page to the letter, before and after, although a copy was made with a yes."""
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    make(settled)
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    client.force_login(settled.mother.user)
    page = f"/children/{settled.malik.pk}/pictures/"
    without = _plain(client.get(page))
    settled.say(settled.malik, settled.mother, Kind.GIVEN)
    assert _plain(client.get(page)) != without
    protect(settled.malik, why="A court order", by=lead, at=settled.at)
    assert _plain(client.get(page)) == without


def _plain(answer):
    return answer.text.replace(str(answer.context["csrf_token"]), "")


@pytest.mark.parametrize("kind", ["order", "no responsibility", "another child", "ended", "staff"])
def test_who_does_not_answer_for_a_child_finds_no_page(client, settled, school, asked, kind):
    copy = make(settled)
    made = stops.stop(
        settled.photo,
        settled.malik,
        Source.FAMILY,
        purpose=Purpose.objects.get(key="display"),
        by=settled.mother.user,
        at=settled.at,
    )
    own = make_pupil(school, "Priya", "Greenlight", settled.school_class)
    other = make_parent(school, own, "Runa", "Greenlight")  # so that they are let in at all
    if kind == "order":
        join(other, settled.malik, no_contact=True)
    elif kind == "no responsibility":
        join(other, settled.malik, pr=False)
    elif kind == "ended":
        join(other, settled.malik)
        Relation.objects.filter(parent=other, pupil=settled.malik).update(ended_on=TODAY)
    client.force_login(settled.teacher if kind == "staff" else other.user)
    before = f"/children/{settled.malik.pk}/"
    for after in (
        "pictures/",
        f"shown/{copy.ref}/photo.jpg",
        f"shown/{copy.ref}/take-down/",
        f"stops/{made.pk}/lift/",
        f"asked/{asked.ref}/",
        f"asked/{asked.ref}/photo.jpg",
    ):
        assert client.get(before + after).status_code == 404
        said = {"where": "everywhere", "answer": "yes"}
        assert client.post(before + after, said).status_code in (404, 405)
        if kind != "staff":  # nor under the name of their own child
            assert client.get(f"/children/{own.pk}/{after}").status_code == (
                200 if after == "pictures/" else 404
            )
    assert Stop.objects.standing().count() == 1
    assert not PictureAnswer.objects.exists()


# Take this down


def test_a_parent_takes_a_picture_down_in_one_place_and_lets_it_back(mother, settled, pages):
    settled.say(settled.malik, settled.mother, Kind.GIVEN, "website")
    copy, website = make(settled), make(settled, "website")
    page = f"{pages}shown/{copy.ref}/take-down/"
    words = mother.get(page).text
    assert "nobody can open a copy that shows Malik" in words
    assert "Paper copies cannot be called back" in words
    assert mother.post(page, {"where": "nowhere"}).status_code == 422
    done = mother.post(page, {"where": "here"}, follow=True).text
    assert "We stopped it at" in done
    assert "Paper copies cannot be called back." in done
    today = timezone.localdate()
    assert not copies.is_still_right(copy, on=today)
    assert copies.is_still_right(website, on=today)
    assert mother.get(f"{pages}shown/{copy.ref}/photo.jpg").status_code == 404
    assert mother.post(page, {"where": "everywhere"}).status_code == 302  # a second tap
    made = Stop.objects.get()
    assert made.source == Source.FAMILY
    undo = f"{pages}stops/{made.pk}/lift/"
    assert "Let it be used again" in mother.get(undo).text
    mother.post(undo)
    assert copies.is_still_right(copy, on=today)
    assert "We stopped it at" not in mother.get(f"{pages}pictures/").text


def test_taken_down_everywhere_is_down_in_every_place(mother, settled, pages):
    settled.say(settled.malik, settled.mother, Kind.GIVEN, "website")
    both = make(settled), make(settled, "website")
    mother.post(f"{pages}shown/{both[0].ref}/take-down/", {"where": "everywhere"})
    assert not any(copies.is_still_right(copy, on=timezone.localdate()) for copy in both)
    assert "Nothing is shown" in mother.get(f"{pages}pictures/").text


def test_looking_at_the_question_takes_nothing_down(mother, settled, pages):
    copy = make(settled)
    mother.get(f"{pages}shown/{copy.ref}/take-down/?where=everywhere")
    assert not Stop.objects.exists()


def test_letting_a_picture_back_asks_who_is_there(mother, settled, pages):
    copy = make(settled)
    mother.post(f"{pages}shown/{copy.ref}/take-down/", {"where": "here"})
    _stale(mother)
    undo = f"{pages}stops/{Stop.objects.get().pk}/lift/"
    assert mother.post(undo).headers["Location"].startswith("/account/again/?next=")
    assert Stop.objects.standing().exists()


def _stale(client):
    session = client.session
    session.update(STALE)
    session.save()


def test_neither_parent_sees_what_the_other_took_down(client, settled, school, pages):
    father = make_parent(school, settled.malik, "Fabian", "Wayfinder").user
    copy = make(settled)
    stops.stop(copy.photo, settled.malik, Source.FAMILY, by=settled.mother.user, at=settled.at)
    stops.stop(copy.photo, settled.malik, Source.CHILD, by=settled.teacher, at=settled.at)
    client.force_login(father)
    page = client.get(f"{pages}pictures/").text
    assert "Nothing is shown" in page
    assert "We stopped it" not in page
    for made in Stop.objects.all():
        assert client.get(f"{pages}stops/{made.pk}/lift/").status_code == 404


# One picture and one use


def test_a_parent_says_yes_and_no_to_the_very_picture(mother, settled, asked, pages):
    page = f"{pages}asked/{asked.ref}/"
    assert "Prospectus 2027, printed" in mother.get(f"{pages}pictures/").text
    shown = mother.get(page)
    assert "Prospectus 2027, printed" in shown.text
    assert "Miss Puffin asks" in shown.text
    assert "checked" not in shown.text
    for word in ("Tilly", "Cleo", "Bridge day", "Robins"):
        assert word not in shown.text
    file = mother.get(f"{page}photo.jpg")
    assert not is_covered(file.content, MALIK)
    assert is_covered(file.content, TILLY)
    assert mother.post(page, {"answer": ""}).status_code == 422
    assert "You said yes" in mother.post(page, {"answer": "yes"}, follow=True).text
    assert "You said no" in mother.post(page, {"answer": "no"}, follow=True).text
    kinds = list(PictureAnswer.objects.values_list("kind", flat=True))
    assert kinds == [Kind.GIVEN, Kind.WITHDRAWN]
    entry = PictureAnswer.objects.last()
    assert "Malik" not in entry.wording  # or it would outlast the child's name
    assert "It is for: Prospectus 2027, printed." in entry.wording
    assert entry.language == "en-gb"


def test_every_other_child_is_covered_in_what_a_parent_is_asked(mother, settled, asked, pages):
    """Whatever that child's own family said to this very picture, and to all others."""
    for purpose in Purpose.objects.filter(each_picture=False):
        settled.say(settled.tilly, settled.father, Kind.GIVEN, purpose.key)
    answering.answer(
        asked,
        settled.tilly,
        yes=True,
        wording="",
        language="",
        by=settled.father.user,
        at=settled.at,
        on=timezone.localdate(),
    )
    assert is_covered(mother.get(f"{pages}asked/{asked.ref}/photo.jpg").content, TILLY)


def test_a_yes_after_a_no_asks_who_is_there_and_a_no_never_does(mother, asked, pages):
    page = f"{pages}asked/{asked.ref}/"
    _stale(mother)
    mother.post(page, {"answer": "yes"})  # the first answer is no change of mind
    mother.post(page, {"answer": "no"})
    assert (
        mother.post(page, {"answer": "yes"}).headers["Location"].startswith("/account/again/?next=")
    )
    assert PictureAnswer.objects.last().kind == Kind.WITHDRAWN


def test_while_a_picture_is_checked_it_is_not_shown_and_a_no_is_heard(
    mother, settled, asked, pages
):
    page = f"{pages}asked/{asked.ref}/"
    faces.ask_for_boxes_again(settled.photo, by=settled.teacher, at=settled.at)
    assert mother.get(f"{page}photo.jpg").status_code == 404
    shown = mother.get(page).text
    assert "The picture is being checked" in shown
    assert "photo.jpg" not in shown
    mother.post(page, {"answer": "yes"})
    assert not PictureAnswer.objects.exists()
    mother.post(page, {"answer": "no"})
    assert PictureAnswer.objects.get().kind == Kind.REFUSED


def test_a_question_that_is_over_is_no_page(mother, settled, asked, pages):
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    assert mother.get(f"{pages}asked/{asked.ref}/").status_code == 404
    assert mother.get(f"{pages}asked/{asked.ref}/photo.jpg").status_code == 404
    assert "Prospectus" not in mother.get(f"{pages}pictures/").text


def test_a_picture_that_promotion_shows_says_which_use(mother, settled, asked, pages):
    mother.post(f"{pages}asked/{asked.ref}/", {"answer": "yes"})
    make(settled, "promotional", request=asked)
    page = mother.get(f"{pages}pictures/").text
    assert page.count("Take this down") == 1
    assert "Promoting the school" in page


# Closed copies


@pytest.fixture
def lead(school):
    return make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user


def names(user):
    children, _ = recalled(user, on=timezone.localdate())
    return {child.pupil.first_name: [one.why for one in child.copies] for child in children}


def test_a_no_written_down_shows_at_once_what_it_closed(client, settled):
    make(settled), make(settled)
    client.force_login(settled.office)
    page = f"/consent/pupil/{settled.malik.pk}/"
    assert "can no longer be opened" not in client.get(page).text
    assert "Nothing was closed" in client.get("/recall/").text
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    assert "2 copies can no longer be opened." in client.get(page).text
    shown = client.get("/recall/").text
    assert "2 copies can no longer be opened" in shown
    assert "Malik W" in shown
    assert "the family took their yes back" in shown
    assert "Tilly" not in shown


def test_a_stop_is_recalled_too(settled):
    make(settled)
    stops.stop(settled.photo, settled.malik, Source.CHILD, by=settled.teacher, at=settled.at)
    assert names(settled.office) == {"Malik": ["said not this one"]}


def test_a_copy_that_is_closed_for_other_reasons_recalls_nobody(settled):
    make(settled)
    faces.ask_for_boxes_again(settled.photo, by=settled.teacher, at=settled.at)
    assert names(settled.office) == {}


@pytest.mark.parametrize("then", ["nothing", "a no", "a stop", "both"])
def test_a_protected_child_is_recalled_for_nobody_but_the_safeguarding_lead(
    client, settled, lead, then
):
    """The ledger that the office reads never had a yes, so no copy can have shown the child."""
    make(settled)
    protect(settled.malik, why="A court order", by=lead, at=settled.at)
    if then in ("a no", "both"):
        settled.say(settled.malik, settled.mother, Kind.REFUSED)
    if then in ("a stop", "both"):
        stops.stop(settled.photo, settled.malik, Source.CHILD, by=settled.teacher, at=settled.at)
    assert names(settled.office) == {}
    assert recalled_for(settled.malik, settled.office, on=timezone.localdate()) == 0
    client.force_login(settled.office)
    page = f"/consent/pupil/{settled.malik.pk}/"
    assert "can no longer be opened" not in client.get(page).text
    assert len(names(lead)["Malik"]) == 1
    assert "protect" not in names(lead)["Malik"][0]


def test_a_family_that_lost_its_say_is_recalled_like_a_protected_child(settled, lead):
    make(settled)
    settled.mother.relations.update(ended_on=TODAY)
    assert names(settled.office) == {}
    assert names(lead) == {"Malik": ["no answer from the family yet"]}


def test_a_teacher_and_a_parent_find_no_page_of_closed_copies(client, settled):
    for who in (settled.teacher, settled.mother.user):
        client.force_login(who)
        assert client.get("/recall/").status_code == 404


def test_many_copies_are_read_some_at_a_time(client, settled, django_assert_max_num_queries):
    first = make(settled)
    rows = [
        SafeCopy(
            school=settled.album.school,
            photo=settled.photo,
            purpose=first.purpose,
            hidden=first.hidden,
            made_at=first.made_at + timedelta(seconds=number + 1),
            made_by=settled.teacher,
        )
        for number in range(AT_ONCE)
    ]
    SafeCopy.objects.bulk_create(rows)
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    today = timezone.localdate()
    with django_assert_max_num_queries(12):
        [child], further = recalled(settled.office, on=today)
    assert len(child.copies) == AT_ONCE
    [child], end = recalled(settled.office, on=today, before=further)
    assert [closed.copy for closed in child.copies] == [first]
    assert end == ""
    client.force_login(settled.office)
    assert f"?before={further}" in client.get("/recall/").text
    settled.say(settled.malik, settled.mother, Kind.GIVEN)
    with django_assert_max_num_queries(12):
        [picture], _ = shown_of(settled.malik, on=today)
    assert picture.copies == (rows[-1],)


def test_the_picture_itself_is_never_given_whole(mother, settled, pages):
    """A parent has no way to the working picture, nor to the copy's own address."""
    copy = make(settled)
    for address in (
        f"/pictures/{settled.photo.ref}/view.jpg",
        f"/pictures/{settled.photo.ref}/thumb.jpg",
        f"/copies/{copy.ref}/photo.jpg",
        f"{pages}shown/{copy.ref}/photo.jpg?keep=1&longest=9999",
    ):
        answer = mother.get(address)
        assert answer.status_code == 404 or max(_opened(answer.content).size) == 1200
    assert max(_opened(TWO).size) > 1200


def test_a_parent_reads_the_names_of_uses_in_their_own_language(mother, settled, pages):
    """Our words are translated; what the school typed stays as it typed it."""
    copy = make(settled)
    settled.mother.language = "cy"
    settled.mother.save()
    newsletter = Purpose.objects.get(key="newsletter")
    with translation.override("cy"):
        name, who = in_language(newsletter.name), in_language(newsletter.audience)
    assert name != newsletter.name
    for address in ("pictures/", f"shown/{copy.ref}/take-down/"):
        page = mother.get(pages + address).text
        assert name in page
        assert newsletter.name not in page
    assert who in mother.get(f"{pages}pictures/").text
    Purpose.objects.filter(pk=newsletter.pk).update(name="The Kerb Courier")
    page = mother.get(f"{pages}pictures/").text
    assert '<span lang="en-gb" dir="auto">The Kerb Courier</span>' in page
