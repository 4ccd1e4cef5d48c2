"""A picture or a paper that goes with a complaint, from the page to its end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from belisha.audit.models import Entry as Recorded
from belisha.complaints.actions import files, hearing, passing
from belisha.complaints.models import Attachment
from belisha.complaints.rules import Outcome
from belisha.complaints.standing import entry_of
from belisha.complaints.tests.conftest import enter
from belisha.incidents.models import Case
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos import store
from belisha.photos.models import StoredFile

pytestmark = pytest.mark.once
PDF = b"%PDF-1.7 a letter"


def typed(shows="no", data=PDF, **more):
    return {"shows": shows, "file": SimpleUploadedFile("x<b>.pdf", data), **more}


@pytest.fixture
def written(cast, is_now, sent):
    """A concern, and the browser of the parent who sent it."""
    complaint, _code = sent(parent=cast.parent)
    return complaint, enter(cast.parent)


def test_no_file_can_be_chosen_before_somebody_says_that_it_shows_no_child_undressed(written, now):
    complaint, family = written
    page = reverse("complain_files", args=[complaint.ref])
    assert b'type="file"' not in family.get(page).content
    assert b'type="file"' in family.get(page + "?shows=no").content
    family.post(page, typed(shows=""))
    assert not Attachment.objects.exists() and not Case.objects.exists()
    for shows in ("unsure", "yes"):
        said = family.post(page, typed(shows=shows))
        assert b"Do not copy it." in said.content
    family.post(page, typed(step="file"))
    with pytest.raises(ValidationError, match="no file about this"):
        files.attach(complaint, PDF, name="a.pdf", from_family=True, by=None, at=now)
    assert not Attachment.objects.exists(), "never again for this one"
    assert not StoredFile.objects.exists()


def test_yes_or_not_sure_tells_the_safeguarding_lead_once_and_nobody_it_is_about(cast, sent, now):
    lead = make_staff(cast.school, "Mr Pellow", Role.SAFEGUARDING_LEAD)
    complaint, _ = sent(subject="staff", who="Mrs Zebrahart")
    for _ in range(2):
        files.say_undressed(complaint, from_family=True, by=None, at=now)
    case = Case.objects.get()
    assert case.undressed and case.is_urgent and complaint.name in case.what
    seen = {who for who in (cast.head, lead) if case in Case.objects.visible_to(who.user, now)}
    assert seen == {lead}


def test_a_file_is_kept_as_it_came_and_leaves_only_as_an_attachment(cast, written, now):
    complaint, family = written
    family.post(reverse("complain_files", args=[complaint.ref]), typed(step="file", words="Hers"))
    kept = Attachment.objects.select_related("file__school").get()
    assert kept.from_family and store.fetch(kept.file) == PDF and kept.shows == "Hers"
    assert PDF not in store.path_of(kept.file).read_bytes()
    assert entry_of(complaint, now.date()).unanswered, "it waits for somebody to look"
    own = family.get(reverse("complain_one", args=[complaint.ref])).content
    assert b"x&lt;b&gt;.pdf" in own
    url = reverse("complaint_file", args=[complaint.ref, kept.ref])
    for who in (cast.parent, cast.leader, cast.office):
        assert enter(who).get(url).status_code in (403, 404)
    with pytest.raises(Refused):
        files.opened(kept, by=cast.leader.user, at=now)
    got = enter(cast.teacher).get(url)
    assert got.content == PDF and got["Content-Disposition"].startswith("attachment")
    assert got["Content-Security-Policy"].startswith("sandbox")
    opened = Recorded.objects.filter(verb="complaint.file-opened")
    assert [row.by for row in opened] == [cast.teacher.user.pk]
    store.path_of(kept.file).write_bytes(b"changed")
    assert enter(cast.teacher).get(url).status_code == 404


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"MZ\x90", b""])
def test_what_a_browser_could_run_is_not_taken(written, data):
    complaint, family = written
    page = reverse("complain_files", args=[complaint.ref])
    assert family.post(page, typed(data=data, step="file")).status_code == 422
    assert not Attachment.objects.exists()


def test_a_file_is_taken_once_and_only_for_its_family_or_whoever_handles_it(cast, sent, now):
    complaint, _ = sent(parent=cast.parent)
    by_school = {"name": "a.pdf", "from_family": False, "at": now}
    with pytest.raises(Refused):
        files.attach(complaint, PDF, by=cast.office.user, **by_school)
    first = files.attach(complaint, PDF, by=cast.teacher.user, **by_school)
    assert files.attach(complaint, PDF, by=cast.teacher.user, **by_school) == first
    own = enter(cast.parent).get(reverse("complain_one", args=[complaint.ref])).text
    assert "Your words" in own and first.name not in own, "what the school adds is its own"
    assert StoredFile.objects.count() == 1


def test_a_file_goes_when_its_complaint_goes(cast, sent, now, django_capture_on_commit_callbacks):
    complaint, _ = sent()
    kept = files.attach(complaint, PDF, name="a.pdf", from_family=True, by=None, at=now)
    path = store.path_of(kept.file)
    step = entry_of(complaint, now.date()).step
    hearing.answer(step, Outcome.UPHELD, "So.", by=cast.teacher.user, at=now)
    hearing.end(complaint, "content", "", by=cast.teacher.user, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert passing.erase_old(now + timedelta(days=7 * 366)) == 1
    assert not StoredFile.objects.exists() and not path.exists()
