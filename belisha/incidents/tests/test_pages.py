"""Telling, coming back, evidence and its doors, as a browser gets them."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from belisha.channels.actions.found import record_found
from belisha.incidents import jobs
from belisha.incidents.actions import evidence, handling
from belisha.incidents.actions.telling import Named
from belisha.incidents.clauses import received
from belisha.incidents.forms import FamilyForm
from belisha.incidents.models import Arrival, Case, Evidence, Happening
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.tests.conftest import enter, who_work_on
from belisha.incidents.todo import todo
from belisha.incidents.views.telling import CODE_AT_ALL
from belisha.lib.state import Standing
from belisha.people.actions import limits
from belisha.people.models import Mail, School
from belisha.people.tests.cast import make_pupil
from belisha.photos import store
from belisha.photos.imaging.tests.making import paper
from belisha.photos.models import StoredFile

pytestmark = pytest.mark.once
PUPIL = {"kind": "bullying", "what": "They call me zebra.", "about": "pupil"}
PDF = b"%PDF-1.7 something"


def code_in(response):
    said = response.content.decode()
    return said.split('<bdi dir="ltr">')[1].split("<")[0]


@pytest.fixture
def anyone(cast, is_now):
    return Client()


@pytest.fixture
def picture():
    file = io.BytesIO()
    Image.new("RGB", (120, 240), "white").save(file, "PNG")
    return file.getvalue()


def test_a_pupil_tells_and_comes_back_with_a_code_that_works_in_any_writing(anyone, cast):
    sent = anyone.post("/tell/pupil/", PUPIL, follow=True)
    code = code_in(sent)
    case = Case.objects.get()
    assert case.way == Way.PUPIL and case.reported_by is None and code not in case.code_hash
    assert anyone.get("/tell/sent/").status_code == 302, "the code is shown once"
    later = Client()
    assert later.get("/tell/mine/").status_code == 302
    mine = later.post("/tell/back/", {"code": code.lower().replace("-", " ")}, follow=True)
    assert b"They call me zebra." in mine.content
    later.post("/tell/mine/", {"words": "It was on Monday."})
    assert Happening.objects.first().words == "It was on Monday."
    later.post("/tell/mine/leave/")
    assert later.get("/tell/mine/").status_code == 302


def test_what_is_private_is_not_read_by_whoever_told_us(anyone, cast, told, now):
    begun = told(about=About.PUPIL)
    handling.note(begun.case, words="A word among us", by=cast.lead.user, at=now)
    handling.note(begun.case, words="We look at it", shared=True, by=cast.lead.user, at=now)
    said = anyone.post("/tell/back/", {"code": begun.code}, follow=True).content
    assert b"We look at it" in said and b"A word among us" not in said
    assert b"Pelican" not in said.split(b"<main")[1].split(b"</main")[0].replace(
        b"<b>Mr Pelican</b>", b""
    )


def test_a_thousand_guesses_are_stopped(anyone, told):
    told()
    answers = [
        anyone.post("/tell/back/", {"code": f"BCDF-GHJK-{number:04}"}).status_code
        for number in range(60)
    ]
    assert answers.count(422) == 30 and answers[-30:] == [429] * 30


def test_guesses_from_a_thousand_places_are_stopped_too(anyone, told, school, now):
    code = told().code
    for _ in range(CODE_AT_ALL.times):  # each from somewhere else
        assert limits.take(CODE_AT_ALL, str(school.pk), at=now) is None
    assert anyone.post("/tell/back/", {"code": "BCDF-GHJK-0001"}).status_code == 429
    assert anyone.post("/tell/back/", {"code": code}).status_code == 429, (
        "nor does a lucky one open"
    )


def test_a_right_code_takes_no_try(anyone, told):
    code = told().code
    for _ in range(40):
        assert anyone.post("/tell/back/", {"code": code}).status_code == 302


def test_no_file_can_be_chosen_before_somebody_says_that_it_shows_no_child_undressed(anyone, cast):
    anyone.post("/tell/pupil/", PUPIL)
    gate = anyone.get("/tell/mine/evidence/")
    assert b'type="file"' not in gate.content
    for shows in ("", "yes", "unsure"):
        file = SimpleUploadedFile("a.pdf", PDF)
        anyone.post("/tell/mine/evidence/", {"shows": shows, "file": file})
        assert not Evidence.objects.exists()
    case = Case.objects.get()
    assert case.undressed and case.is_urgent
    file = SimpleUploadedFile("a.pdf", PDF)
    anyone.post("/tell/mine/evidence/", {"shows": "no", "step": "file", "file": file})
    assert not Evidence.objects.exists(), "never again for this one"


@pytest.mark.parametrize(
    ("who", "about", "named"),
    [
        ("Mr Pelican", "staff", False),
        ("Somebody tall", "staff", False),
        ("Miss Puffin", "pupil", True),
    ],
)
def test_whoever_tells_of_the_safeguarding_lead_is_not_sent_to_them(
    anyone, cast, school, who, about, named
):
    School.objects.filter(pk=school.pk).update(phone="01632 960123")
    sent = anyone.post("/tell/pupil/", PUPIL | {"about": about, "who": who}, follow=True)
    undressed = anyone.post("/tell/mine/evidence/", {"shows": "yes"})
    for page in (sent, anyone.get("/tell/mine/"), undressed):
        said = page.content.decode()
        assert ("<b>Mr Pelican</b>" in said) is named and "01632" in said
    assert b"<b>Mr Pelican</b>" in anyone.get("/tell/").content


def test_yes_or_not_sure_tells_the_safeguarding_lead_at_once(anyone, cast):
    anyone.post("/tell/us/", {"kind": "post", "what": "A picture", "about": "adult"})
    case = Case.objects.get()
    assert who_work_on(case) == {"Mrs Zebrahart"}
    mails = Mail.objects.filter(to=cast.head.email)
    before = mails.count()
    answer = anyone.post("/tell/mine/evidence/", {"shows": "unsure", "step": "gate"})
    assert b"Do not copy it." in answer.content and b"101" in answer.content
    assert who_work_on(case) == {"Mrs Zebrahart", "Mr Pelican", "Ms Toucan"}
    assert mails.count() == before + 1 and mails.latest("pk").subject.startswith("Urgent")
    assert case.tasks.get(rule="undressed").due_at.date() == case.reported_at.date()


def test_a_file_is_kept_as_it_came_and_leaves_only_as_an_attachment(anyone, cast, settings):
    anyone.post("/tell/pupil/", PUPIL)
    file = SimpleUploadedFile("x<b>.pdf", PDF)
    anyone.post("/tell/mine/evidence/", {"shows": "no", "step": "file", "file": file})
    kept = Evidence.objects.select_related("case", "file").get()
    assert len(kept.sha256) == 64 and store.fetch(kept.file) == PDF
    url = reverse("case_file", args=[kept.case.ref, kept.ref])
    assert anyone.get(url).status_code == 302
    assert enter(cast.head).get(url).status_code == 404
    got = enter(cast.lead).get(url)
    assert got.content == PDF and got["Content-Disposition"].startswith("attachment")
    assert got["Content-Security-Policy"].startswith("sandbox")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert Happening.objects.filter(what="looked", by=cast.lead.user).count() == 1


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"<html>", b"MZ\x90", b""])
def test_what_a_browser_could_run_is_not_taken(anyone, cast, data):
    anyone.post("/tell/pupil/", PUPIL)
    file = SimpleUploadedFile("a.png", data, content_type="image/png")
    page = {"shows": "no", "step": "file", "file": file}
    assert anyone.post("/tell/mine/evidence/", page).status_code == 422
    assert not Evidence.objects.exists()


def test_an_upload_that_was_cut_in_half_goes_on_where_it_stopped(anyone, cast):
    anyone.post("/tell/pupil/", PUPIL)
    whole, token = PDF * 100, "a" * 32

    def send(part, offset):
        said = {"upload": token, "offset": offset, "size": len(whole), "name": "long.pdf"}
        file = SimpleUploadedFile("part", part)
        return anyone.post("/tell/mine/evidence/parts/", {**said, "part": file}).json()

    assert "undressed" in send(whole, 0)["message"] and not Evidence.objects.exists()
    anyone.get("/tell/mine/evidence/?shows=no")
    assert send(whole[:700], 0) == {"received": 700}
    assert send(b"lost", 300) == {"received": 700}, "what does not follow changes nothing"
    assert anyone.get(f"/tell/mine/evidence/parts/?upload={token}").json() == {"received": 700}
    assert send(whole[700:], 700)["status"] == "added"
    kept = Evidence.objects.select_related("file").get()
    assert store.fetch(kept.file) == whole and not Arrival.objects.exists()


def test_nothing_is_kept_of_a_file_that_never_arrived_whole(
    anyone, cast, told, now, django_capture_on_commit_callbacks
):
    case, token = told().case, "b" * 32
    half = {"token": token, "name": "long.pdf", "size": 2 * len(PDF), "offset": 0, "by": None}
    assert evidence.receive(case, PDF, **half, at=now) == len(PDF)
    path = store.path_of(StoredFile.objects.get())
    assert path.exists()
    for hours, there in ((23, True), (25, False)):
        jobs.LOOK.forget()
        with django_capture_on_commit_callbacks(execute=True):
            jobs.look_after_cases(now + timedelta(hours=hours))
        assert Arrival.objects.exists() is StoredFile.objects.exists() is path.exists() is there


def test_a_file_over_the_limit_is_refused_at_its_first_part_or_before_it_is_read(
    anyone, cast, told
):
    page = told_and_asked(anyone)
    assert b"up to 30 MB each" in page.content and b'data-most="31457280"' in page.content
    said = {"upload": "c" * 32, "offset": 0, "size": (30 << 20) + 1, "name": "film.mp4"}
    file = SimpleUploadedFile("part", PDF)
    answer = anyone.post("/tell/mine/evidence/parts/", {**said, "part": file}).json()
    assert answer["status"] == "refused" and "too big" in answer["message"]
    assert not Arrival.objects.exists() and not StoredFile.objects.exists()


def told_and_asked(client):
    client.post("/tell/pupil/", PUPIL)
    return client.get("/tell/mine/evidence/?shows=no")


def test_parts_of_a_picture_are_covered_in_a_copy_and_the_evidence_stays(
    cast, told, picture, now, is_now
):
    case = told(about=About.PUPIL).case
    kept = evidence.add_file(case, picture, name="a.png", by=cast.lead.user, at=now)
    client = enter(cast.lead)
    url = reverse("case_cover", args=[case.ref, kept.ref])
    assert client.post(url, {}).status_code == 422
    client.post(url, {"cell": ["0-0", "0-1", "0-2", "1-0"]})
    copy = kept.copies.get()
    with Image.open(io.BytesIO(store.fetch(copy.file))) as covered:
        assert covered.size == (120, 240)
        assert max(covered.getpixel((30, 8))) < 150 and min(covered.getpixel((100, 200))) > 240
    assert store.fetch(kept.file) == picture
    got = client.get(reverse("case_copy", args=[case.ref, copy.ref]))
    assert got["Content-Disposition"].startswith("attachment")


def test_a_pdf_is_covered_page_by_page_and_one_that_does_not_open_says_so(cast, told, now, is_now):
    case, client = told(about=About.PUPIL).case, enter(cast.lead)
    kept = evidence.add_file(case, paper(b"", b""), name="a.pdf", by=cast.lead.user, at=now)
    url = reverse("case_cover", args=[case.ref, kept.ref])
    assert b"?page=2" in client.get(url).content
    assert client.get(f"{url}?page=3").status_code == client.get(f"{url}?page=0").status_code == 404
    picture = client.get(reverse("case_view", args=[case.ref, kept.ref]) + "?page=2")
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert client.post(f"{url}?page=2", {"nothing": "", "cell": "0-0"}).status_code == 422
    assert client.post(f"{url}?page=2", {}).status_code == 422 and not kept.copies.exists()
    assert client.post(f"{url}?page=2", {"nothing": ""})["Location"] == f"{url}?page=1"
    bundle = reverse("case_bundle", args=[case.ref])
    assert b"a.pdf: page 1." in client.get(bundle).content
    assert client.post(url, {"cell": "0-0"})["Location"] == reverse("case", args=[case.ref])
    assert sorted(kept.copies.values_list("page", "pages")) == [(1, 2), (2, 2)]
    assert b"Left out" not in client.get(bundle).content
    shut = evidence.add_file(case, PDF, name="b.pdf", by=cast.lead.user, at=now)
    said = client.get(reverse("case_cover", args=[case.ref, shut.ref])).content.decode()
    assert "does not open here" in said and "Which parts?" not in said


def test_staff_tell_of_what_stands_in_a_register_and_see_a_case_only_if_they_work_on_it(
    cast, is_now
):
    page = {"kind": "concern", "about": "staff", "staff": cast.teacher.pk, "what": "x"}
    client = enter(cast.office)
    sent = client.post("/cases/new/", page | {"told": "staff"}, follow=True)
    assert sent.redirect_chain[-1][0] == "/tell/sent/"
    case = Case.objects.get()
    assert who_work_on(case) == {"Mrs Zebrahart"} and case.reported_by == cast.office.user
    assert client.get(f"/cases/{case.ref}/").status_code == 404
    own = enter(cast.head).post("/cases/new/", page | {"told": "phone"})
    assert own.status_code == 302 and own["Location"].startswith("/cases/")


def test_the_list_and_its_sheet_hold_one_s_own_cases_alone(cast, told, is_now):
    own, other = told(about=About.PUPIL).case, told(about=About.STAFF).case
    said = enter(cast.lead).get("/cases/").content.decode()
    assert own.reference in said and other.reference not in said
    for words, found in ((own.reference, True), (other.reference, False), ("zebra", True)):
        said = enter(cast.lead).get("/cases/", {"words": words}).content.decode()
        assert (own.reference in said) == found


def test_what_waits_is_for_whoever_works_on_it(cast, told, now, is_now):
    case = told(about=About.PUPIL, harm=True).case
    unread = "Urgent: read what was told: bullying online"
    assert unread in {one.title for one in todo(cast.lead.user, now.date())}
    assert list(todo(cast.head.user, now.date())) == []
    handling.taken_as_sheet(case, by=cast.lead.user, at=now)
    assert unread in {one.title for one in todo(cast.lead.user, now.date())}, "nobody read it so"
    handling.note(case, words="Read", by=cast.lead.user, at=now)
    assert unread not in {one.title for one in todo(cast.lead.user, now.date())}
    more = f"There is more about case {case.reference}"
    assert more not in {one.title for one in todo(cast.lead.user, now.date())}
    evidence.add_link(case, "https://x.example/", shows="", seen_at=None, by=None, at=now)
    assert more in {one.title for one in todo(cast.lead.user, now.date())}
    handling.taken_as_sheet(case, by=cast.lead.user, at=now)
    assert more in {one.title for one in todo(cast.lead.user, now.date())}


def test_a_case_says_that_nobody_has_decided_yet_whether_the_school_may_act(cast, school, told):
    named = [Named(Part.SUBJECT, pupil=make_pupil(school, "Robin", "Amberlight"))]
    case = told(named=named, about=About.PUPIL).case
    page = enter(cast.lead).get(f"/cases/{case.ref}/").text
    assert "Not decided" in page and "Nobody has said" in page


def test_a_picture_is_urgent_only_where_somebody_says_that_it_was_in_a_forbidden_place():
    said = {"kind": "picture", "what": "It hangs there.", "about": "nobody"}
    for place, kind in (({}, Kind.POST), ({"forbidden_place": "on"}, Kind.PLACE)):
        form = FamilyForm(said | place)
        assert form.is_valid() and form.details["kind"] == kind


def test_the_state_of_a_clause_never_hangs_on_a_case(cast, told, now):
    before = received(now.date())
    told(about=About.STAFF)
    assert received(now.date()) == before and before.standing is Standing.ATTENTION
    details = {"name": "Officer", "email": "", "phone": "1"}
    handling.keep_officer(details, by=cast.head.user, at=now)
    assert received(now.date()).standing is Standing.KEPT


def test_what_was_found_begins_a_case_and_says_nothing_of_it_below(cast, now, is_now):
    found = record_found(
        details={"service": "facebook", "name": "Kerbside mums", "told_by": "staff"}
        | {"seen_on": now.date()},
        by=cast.teacher.user,
        at=now,
    )
    page = f"/accounts/found/{found.ref}/"
    before = without_key(enter(cast.office).get(page).content)
    client = enter(cast.office)
    new = client.get(f"/cases/new/?from=found-account:{found.ref}").content.decode()
    assert "Kerbside mums" in new and f'value="{found.ref}"' in new
    said = {"kind": "account", "about": "nobody", "what": "It is not ours.", "told": "staff"}
    said |= {"came_from": "found-account", "came_from_ref": found.ref}
    client.post("/cases/new/", said)
    assert Case.objects.get().came_from_ref == found.ref
    assert without_key(enter(cast.office).get(page).content) == before
    for wrong in ("found-account:1", "nothing:1", "found-account", "%00"):
        assert client.get(f"/cases/new/?from={wrong}").status_code == 200


def without_key(said):
    return re.sub(rb"\w{64}", b"", said)
