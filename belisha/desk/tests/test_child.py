"""Everything about one child on one page, and for each reader no more than is theirs to know."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.people.models import Parent, Protection, Teaching
from belisha.people.rules import Role
from belisha.people.tests.cast import join, make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import albums, answering, requests, stops
from belisha.photos.models import Face, Photo, Stop
from belisha.photos.rules import Source, Who
from belisha.policy.models import Purpose

TAKEN_ON = date(2026, 10, 2)


@pytest.fixture
def cast(school):
    """Leo of the Robins and his two parents; who works with him, and who does not."""
    teacher = make_staff(school, "Miss Raman", Role.TEACHER)
    robins = make_class(school, "Robins", teacher, year=2)
    wrens = make_class(school, "Wrens", make_staff(school, "Mr Finch", Role.TEACHER), year=2)
    leo = make_pupil(school, "Leo", "Xzebra", robins)
    return SimpleNamespace(
        school=school,
        robins=robins,
        wrens=wrens,
        leo=leo,
        mum=make_parent(school, leo, "Ada", "Xmum"),
        dad=make_parent(school, leo, "Bo", "Xdad", no_contact=True),
        teacher=teacher,
        other=wrens.teachers.get(),
        office=make_staff(school, "Ms Bright", Role.OFFICE),
        head=make_staff(school, "Mrs Adeyemi", Role.HEAD),
        lead=make_staff(school, "Mr Pellow", Role.SAFEGUARDING_LEAD),
        cook=make_staff(school, "Mr Ladle", Role.OTHER_STAFF),
        governor=make_staff(school, "Cllr Stone", Role.GOVERNOR),
    )


@pytest.fixture
def say(cast, now):
    def say(pupil, parent, kind, key="newsletter"):
        draft = Answer(
            parent=parent,
            purpose=Purpose.objects.get(key=key),
            kind=kind,
            how=How.PAPER,
            happened_on=date(2026, 9, 1),
        )
        return record_answers(pupil, [draft], by=cast.office.user, at=now)[0]

    return say


@pytest.fixture
def pictures(cast, now):
    """Put a child into some pictures of an album."""

    def put(pupil, count=1, *, title="Bridge day", of=None, by=None, who=Who.PUPIL):
        album = albums.make(
            title, taken_on=TAKEN_ON, by=(by or cast.head).user, at=now, school_class=of
        )
        photos = Photo.objects.bulk_create(
            Photo(
                school=cast.school,
                album=album,
                name="Xfilename.jpg",
                sha256=f"{number:064}",
                width=30,
                height=20,
                added_at=now,
                added_by=cast.head.user,
            )
            for number in range(count)
        )
        for photo in photos:
            known = pupil if who is Who.PUPIL else None
            Face.objects.create(
                school=cast.school, photo=photo, x=0, y=0, w=1, h=1, who=who, pupil=known
            )
        return photos

    return put


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client


def page_of(person, pupil, query=""):
    answer = enter(person).get(f"/child/{pupil.pk}/{query}")
    assert answer.status_code == 200
    return answer.text


def test_the_office_sees_family_answers_history_and_pictures(cast, say, pictures):
    say(cast.leo, cast.mum, "given")
    (photo,) = pictures(cast.leo, of=cast.robins)
    page = page_of(cast.office, cast.leo)
    for words in ("Leo Xzebra", "Ada Xmum", "Bo Xdad", "ada.xmum@people.example", "Bridge day"):
        assert words in page
    assert "<b>Yes</b>, from Ada Xmum" in page
    assert f"/pictures/{photo.ref}/thumb.jpg" in page
    assert "Xfilename" not in page


def test_the_teacher_sees_what_counts_and_names_but_not_who_said_what(cast, say, pictures):
    say(cast.leo, cast.mum, "given")
    pictures(cast.leo, of=cast.robins)
    page = page_of(cast.teacher, cast.leo)
    assert "What counts today" in page
    assert "Ada Xmum" in page
    assert "Bridge day" in page
    for words in ("Bo Xdad", "@people.example", "History", "Who said what", "Write an answer"):
        assert words not in page


@pytest.mark.parametrize("who", ["other", "cook"])
def test_others_at_the_school_see_name_and_class_alone(who, cast, say, pictures):
    say(cast.leo, cast.mum, "given")
    pictures(cast.leo)  # of the whole school, so that these readers may see the album
    page = page_of(getattr(cast, who), cast.leo)
    assert "Leo X" in page
    assert "Robins" in page
    for words in ("Xzebra", "Xmum", "What counts", "Pictures", "Bridge day", "Yes"):
        assert words not in page


def test_governors_and_parents_find_no_such_page(cast):
    for person in (cast.governor, cast.mum):
        assert enter(person).get(f"/child/{cast.leo.pk}/").status_code == 404
    assert Client().get(f"/child/{cast.leo.pk}/").status_code == 302
    assert enter(cast.head).get("/child/1/").status_code == 404


def test_of_a_child_who_left_only_the_whole_schools_people_know(cast, pictures):
    pictures(cast.leo, of=cast.robins)
    cast.leo.left_on = date(2026, 11, 1)
    cast.leo.save()
    assert enter(cast.teacher).get(f"/child/{cast.leo.pk}/").status_code == 404
    page = page_of(cast.office, cast.leo)
    assert "Left the school on 1 November 2026" in page
    assert "What counts today" not in page
    assert "/consent/pupil/" not in page


def test_a_picture_in_an_album_that_one_may_not_see_is_not_even_counted(cast, pictures):
    pictures(cast.leo, 2, title="Xhidden album", of=cast.wrens)
    pictures(cast.leo, 3, title="Xown album", of=cast.robins)
    page = page_of(cast.teacher, cast.leo)
    assert "Xhidden album" not in page
    assert 'Pictures <span class="muted">3</span>' in page
    assert 'Pictures <span class="muted">5</span>' in page_of(cast.head, cast.leo)


def test_only_pictures_in_which_a_person_named_the_child_are_shown(cast, pictures):
    photos = pictures(cast.leo, 2, of=cast.robins)
    pictures(cast.leo, 1, title="Xunknown", of=cast.robins, who=Who.UNKNOWN)
    Face.objects.filter(photo=photos[0]).update(removed_at=timezone.now())
    page = page_of(cast.head, cast.leo)
    assert "Xunknown" not in page
    assert photos[0].ref not in page
    assert photos[1].ref in page


def test_many_pictures_come_in_pages_and_with_as_many_questions_as_one(cast, pictures):
    def asked(query=""):
        browser = enter(cast.head)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/child/{cast.leo.pk}/{query}").text
        return len(queries), page.count("/thumb.jpg")

    pictures(cast.leo, of=cast.robins)
    one, shown = asked()
    assert shown == 1
    pictures(cast.leo, 49, title="Sports day", of=cast.robins)
    assert [asked(f"?page={number}") for number in (1, 2, 3)] == [(one, 24), (one, 24), (one, 2)]
    assert "Page 2 of 3" in page_of(cast.head, cast.leo, "?page=2")


def test_the_pages_of_a_child_lead_to_one_another(cast):
    browser = enter(cast.office)
    pages = [f"/child/{cast.leo.pk}/", f"/people/pupils/{cast.leo.pk}/"]
    pages.append(f"/consent/pupil/{cast.leo.pk}/")
    for here in pages:
        text = browser.get(here).text
        assert all(f'href="{page}"' in text for page in pages)
        assert f'href="{here}" aria-current="page"' in text


def test_answers_that_differ_are_said_with_what_to_do(cast, say):
    cast.leo.relations.update(no_contact=False)
    say(cast.leo, cast.mum, "given")
    say(cast.leo, cast.dad, "refused")
    for path in (f"/child/{cast.leo.pk}/", f"/consent/pupil/{cast.leo.pk}/"):
        page = enter(cast.office).get(path).text
        differ = page.partition('aria-labelledby="differ"')[2].partition("</section>")[0]
        for words in ("Ada Xmum", "Bo Xdad", "Nobody here can overrule a no", "Talk with each"):
            assert words in differ
        assert "<form" not in differ
        assert "<button" not in differ
        assert "safeguarding lead" not in differ
    assert "differ" not in page_of(cast.teacher, cast.leo).replace("answers differ", "")


def test_whoever_is_under_an_order_is_spoken_with_only_after_the_lead(cast, say):
    say(cast.leo, cast.mum, "given")
    say(cast.leo, cast.dad, "refused")
    page = page_of(cast.office, cast.leo)
    assert "An order forbids Bo Xdad contact. Speak with the safeguarding lead" in page


def test_what_does_not_count_is_no_part_of_a_difference(cast, say):
    """Bo said yes before the order, which counts no more; Dee spoke of another use."""
    third, fourth = (make_parent(cast.school, cast.leo, name, f"X{name}") for name in ("Cy", "Dee"))
    cast.leo.relations.update(no_contact=False)
    say(cast.leo, cast.dad, "given")
    cast.leo.relations.filter(parent=cast.dad).update(no_contact=True)
    say(cast.leo, cast.mum, "given")
    say(cast.leo, third, "refused")
    say(cast.leo, fourth, "given", "website")
    page = page_of(cast.office, cast.leo)
    differ = page.partition('aria-labelledby="differ"')[2].partition("</section>")[0]
    assert "Ada Xmum" in differ
    assert "Cy XCy" in differ
    assert "Bo Xdad" not in differ
    assert "Dee" not in differ


# A child who must not be found, and one whose family has not answered.


@pytest.fixture
def hour(monkeypatch):
    """It is the same moment on every page."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)


def told(answer, child, mum, photo, school_class):
    said = answer.content.decode() + repr(sorted(answer.headers.items()))
    for word in (str(child.pk), str(mum.pk), str(child.relations.get().pk), photo.ref):
        said = said.replace(word, "…")
    said = said.replace(str(school_class.pk), "…").replace(school_class.name, "…")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "…", said)


@pytest.mark.parametrize("who", ["head", "office", "teacher"])
def test_the_page_of_a_protected_child_is_the_same_to_the_byte(who, cast, say, pictures, now, hour):
    cast.wrens.name = "Plover"
    cast.wrens.save()
    Teaching.objects.create(school=cast.school, staff=cast.teacher, school_class=cast.wrens)
    pages = []
    for school_class, protected in ((cast.robins, True), (cast.wrens, False)):
        child = make_pupil(cast.school, "Canary", "Xcanary", school_class)
        mum = Parent.objects.create(school=cast.school, first_name="Di", last_name="Xcanary")
        join(mum, child)
        (photo,) = pictures(child, title="Bridge day", of=school_class)
        if protected:
            say(child, mum, "given")
            Protection.objects.create(
                school=cast.school, pupil=child, why="Xwhy", set_at=now, set_by=cast.lead.user
            )
        answer = enter(getattr(cast, who)).get(f"/child/{child.pk}/")
        assert "Canary Xcanary" in answer.text
        assert photo.ref in answer.text
        assert "Xwhy" not in answer.text
        pages.append(told(answer, child, mum, photo, school_class))
    assert pages[0] == pages[1]


def test_a_yes_shows_so_that_the_sameness_above_means_something(cast, say):
    before = page_of(cast.head, cast.leo)
    say(cast.leo, cast.mum, "given")
    assert page_of(cast.head, cast.leo) != before
    assert "from Ada Xmum" in page_of(cast.head, cast.leo)


# What families are asked about very pictures, and what stops them


@pytest.fixture
def asked(cast, pictures):
    """Leo's mother is asked about a picture of the Robins."""

    def ask(pupil=None, of=None, use="Prospectus 2027", title="Bridge day"):
        of = of or cast.robins
        (photo,) = pictures(pupil or cast.leo, of=of, title=title)
        Photo.objects.filter(pk=photo.pk).update(
            boxed_at=timezone.now(), faces_found_at=timezone.now()
        )
        today = timezone.localdate()
        return requests.ask_families(
            photo,
            Purpose.objects.get(key="promotional"),
            use=use,
            until=today + timedelta(days=30),
            by=cast.head.user,
            at=timezone.now(),
            on=today,
        )

    return ask


def answer(cast, request, *, yes, parent=None):
    return answering.answer_on_paper(
        request,
        cast.leo,
        parent or cast.mum,
        yes=yes,
        how=How.PAPER,
        happened_on=timezone.localdate(),
        by=cast.office.user,
        at=timezone.now(),
        on=timezone.localdate(),
    )


def part(page, name):
    return page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_the_office_sees_what_the_family_is_asked_and_who_said_what(cast, asked):
    request = asked()
    shown = part(page_of(cast.office, cast.leo), "asked")
    assert f"/requests/{request.ref}/" in shown
    assert "Prospectus 2027" in shown
    assert "Ada Xmum: No answer yet" in shown
    answer(cast, request, yes=True)
    shown = part(page_of(cast.office, cast.leo), "asked")
    assert "Ada Xmum: Yes" in shown
    assert "on paper" in shown
    assert "Bo Xdad" not in shown
    requests.withdraw(request, by=cast.head.user, at=timezone.now())
    assert "Withdrawn" in part(page_of(cast.office, cast.leo), "asked")


def test_the_teacher_sees_what_counts_of_it_and_no_parent(cast, asked):
    answer(cast, asked(), yes=True)
    shown = part(page_of(cast.teacher, cast.leo), "asked")
    assert "Prospectus 2027" in shown
    assert "Yes" in shown
    assert "Ada" not in shown
    asked(of=cast.wrens, use="Xhidden use", title="Xhidden album")
    assert "Xhidden" not in page_of(cast.teacher, cast.leo)
    assert "Xhidden use" in page_of(cast.office, cast.leo)


@pytest.mark.parametrize("who", ["other", "cook"])
def test_whoever_sees_the_name_alone_sees_none_of_it(who, cast, asked, pictures):
    answer(cast, asked(), yes=True)
    (photo,) = pictures(cast.leo)
    stops.stop(photo, cast.leo, Source.CHILD, by=cast.head.user, at=timezone.now())
    page = page_of(getattr(cast, who), cast.leo)
    for words in ("Prospectus", "Not this one", "not this one"):
        assert words not in page


def test_only_requests_about_pictures_of_this_child_stand_there(cast, asked):
    maisie = make_pupil(cast.school, "Maisie", "Tarmac", cast.robins)
    make_parent(cast.school, maisie, "Dana", "Tarmac")
    asked(maisie, use="Another use")
    page = page_of(cast.office, cast.leo)
    assert "Another use" not in page
    assert "Pictures that the family is asked about" not in page


def test_the_stops_are_told_with_who_said_them_and_when_they_were_lifted(cast, pictures):
    (photo,) = pictures(cast.leo, of=cast.robins)
    display = Purpose.objects.get(key="display")
    now = timezone.now()
    stops.stop(photo, cast.leo, Source.CHILD, by=cast.teacher.user, at=now)
    own = stops.stop(photo, cast.leo, Source.FAMILY, purpose=display, by=cast.mum.user, at=now)
    office = part(page_of(cast.office, cast.leo), "stops")
    assert "said not this one" in office
    assert ", by Miss Raman" in office
    assert "For Display in school only." in office
    assert ", by Ada Xmum" in office
    teacher = part(page_of(cast.teacher, cast.leo), "stops")
    assert "the family said not this one" in teacher
    assert "Ada" not in teacher
    stops.lift(own, by=cast.mum.user, at=now)
    assert "Lifted" in part(page_of(cast.office, cast.leo), "stops")
    teacher = part(page_of(cast.teacher, cast.leo), "stops")
    assert "Lifted" in teacher
    assert "Ada" not in teacher
    Stop.objects.all().delete()
    assert "Not this one" not in page_of(cast.office, cast.leo)


def test_of_a_child_who_left_it_is_still_told_to_whom_it_may_be(cast, asked):
    answer(cast, asked(), yes=False)
    cast.leo.left_on = date(2026, 11, 1)
    cast.leo.save()
    assert "Ada Xmum: No" in part(page_of(cast.office, cast.leo), "asked")


def test_a_yes_for_a_protected_child_is_told_to_nobody_here(cast, asked, now):
    request = asked()
    Protection.objects.create(school=cast.school, pupil=cast.leo, set_at=now, set_by=cast.lead.user)
    readers = (cast.teacher, cast.office, cast.head)
    before = [part(page_of(one, cast.leo), "asked") for one in readers]
    assert all(before)
    answer(cast, request, yes=True)
    assert [part(page_of(one, cast.leo), "asked") for one in readers] == before


def test_more_requests_and_stops_need_no_more_questions(cast, asked):
    def count():
        browser = enter(cast.head)
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/child/{cast.leo.pk}/")
        return len(queries)

    def add(number):
        request = asked(use=f"Use {number}")
        answer(cast, request, yes=True)
        stops.stop(request.photo, cast.leo, Source.SCHOOL, by=cast.head.user, at=timezone.now())

    add(0)
    one = count()
    for number in range(1, 4):
        add(number)
    assert count() == one
