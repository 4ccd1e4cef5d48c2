"""A clip in an album: added, looked through, its faces settled, covered copies given and closed."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope
from PIL import Image

from belisha.consent.rules import Kind
from belisha.lib import room
from belisha.people.models import Pupil, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos import clip_jobs, store
from belisha.photos.actions import (
    clips,
    copies,
    covering,
    faces,
    pictures,
    places,
    prints,
    publications,
    requests,
    selections,
    shares,
    stops,
)
from belisha.photos.actions.selections import NotYet, Worded
from belisha.photos.exposure import exposed
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film.tests import making
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.ledger import Fate, ledger_of
from belisha.photos.models import (
    CoveredClip,
    Face,
    Photo,
    Publication,
    RefusedClip,
    Rendition,
    SafeCopy,
    StoredFile,
    Upload,
)
from belisha.photos.recalls import due
from belisha.photos.rules import Layout, PlaceKind, Source, Viewers, Who
from belisha.photos.sights import sight_of
from belisha.photos.views import playing
from belisha.policy.actions import approvals
from belisha.policy.models import HeadAnswer, Purpose

from .conftest import PICTURES, TODAY, same_robins, same_school
from .test_shares import guest_of

robins, school = same_robins, same_school  # the names by which tests ask for them

DAY = timedelta(days=1)
SCENE = Image.open(PICTURES / "bridge-day" / "02.jpg").copy()
CLIP = making.clip(
    making.across(SCENE, 10),
    sound=True,
    words={
        "location": "+51.5000-000.1000/",
        "make": "CANARY",
        "creation_time": "2026-06-30T09:15:00Z",
    },
)


@pytest.fixture(scope="module")
def filmed(begun):
    """A clip of Malik and Tilly that was looked through."""
    robins, folder = begun
    with override_settings(MEDIA_ROOT=folder), scope(school=robins.album.school):
        pictures.add(robins.album, CLIP, name="IMG.MOV", by=robins.teacher, at=robins.at)
        assert clip_jobs.look_through(robins.at)


@pytest.fixture
def clip(filmed, robins):
    return Photo.objects.clips().get()


@pytest.fixture
def no_clip(robins):
    """As though none had come yet."""
    Photo.objects.clips().delete()


@pytest.fixture
def settled(robins, clip):
    """Malik's family said yes to the newsletter; Tilly's has not answered."""
    for face, pupil in zip(clip.faces.order_by("x"), (robins.malik, robins.tilly), strict=True):
        faces.settle(face, Who.PUPIL, pupil=pupil, by=robins.teacher, at=robins.at)
    faces.say_all_boxed(clip, by=robins.teacher, at=robins.at)
    clip.refresh_from_db()
    robins.say(robins.malik, robins.mother, Kind.GIVEN)
    return clip


def newsletter():
    return Purpose.objects.get(key="newsletter")


def made(robins, clip, purpose="newsletter", **more):
    about = {"by": robins.teacher, "at": robins.at, "on": TODAY, "sound": False, **more}
    copy = copies.make(clip, Purpose.objects.get(key=purpose), **about)
    clip_jobs.cover(robins.at)
    return copy


def given(robins, copy, *, keep=False):
    about = {"by": robins.teacher, "at": robins.at, "on": TODAY}
    pieces = covering.pieces(copies.give_clip(copy, keep=keep, **about))
    return pieces.read(0, pieces.size)


def test_a_clip_is_added_like_a_picture_and_its_faces_become_two_ways(robins, clip):
    assert clip.is_clip
    assert clip.seconds == pytest.approx(0.9, abs=0.2)
    assert clip.removed == ["camera", "place", "time"]
    assert [len(face.points) >= 2 for face in clip.faces.all()] == [True, True]
    strips = StoredFile.objects.filter(photo=clip, rendition=Rendition.STRIP)
    assert all(store.fetch(strip).startswith(b"\xff\xd8") for strip in strips)
    assert strips.count() == 2
    again = pictures.add(robins.album, CLIP, name="2.mov", by=robins.teacher, at=robins.at)
    assert (again.photo, again.already) == (clip, True)


def test_a_clip_comes_in_parts_and_its_parts_are_not_sealed_again(robins, no_clip):
    cut = len(CLIP) // 2
    about = {"token": "a" * 32, "name": "x.mp4", "size": len(CLIP), "by": robins.teacher}
    went = pictures.receive(robins.album, CLIP[:cut], offset=0, at=robins.at, **about)
    assert went == cut
    part = StoredFile.objects.get(rendition=Rendition.CLIP)
    added = pictures.receive(robins.album, CLIP[cut:], offset=cut, at=robins.at, **about)
    assert not Upload.objects.exists()
    whole = store.pieces(added.photo, Rendition.CLIP)
    assert whole.files[0].pk == part.pk
    assert whole.read(0, whole.size) == CLIP
    assert whole.read(cut - 3, 6) == CLIP[cut - 3 : cut + 3]


def test_what_is_no_clip_is_refused_in_plain_words_and_kept_nowhere(robins, no_clip):
    before = StoredFile.objects.count()
    with pytest.raises(Unreadable, match="MP4"):
        data = CLIP[:40] + b"\0" * 500
        pictures.add(robins.album, data, name="x.mp4", by=robins.teacher, at=robins.at)
    assert StoredFile.objects.count() == before
    assert Photo.objects.clips().count() == 0


def test_a_clip_that_breaks_off_further_on_is_taken_out_again_and_told(robins, no_clip):
    data = making.broken(making.clip(making.across(SCENE, 40)))
    pictures.add(robins.album, data, name="torn.mp4", by=robins.teacher, at=robins.at)
    assert clip_jobs.look_through(robins.at)
    assert Photo.objects.clips().count() == 0
    assert not StoredFile.objects.filter(rendition=Rendition.CLIP).exists()
    told = RefusedClip.objects.get(album=robins.album)
    assert "damaged" in told.why
    clips.dismiss(told, by=robins.teacher, at=robins.at)
    assert not RefusedClip.objects.exists()


def test_a_copy_covers_who_has_no_yes_in_every_frame_and_says_nothing_else(robins, settled):
    copy = made(robins, settled)
    data = given(robins, copy)
    assert making.streams_of(data) == ["video"]
    assert b"CANARY" not in data
    hidden = copy.hidden[0]
    tilly = settled.faces.get(pupil=robins.tilly)
    assert hidden == tilly.points
    left, top, right, bottom = tilly.box.pixels(making.WIDTH, making.HEIGHT)
    plain = making.frames_of(CLIP)
    seen = making.frames_of(data)
    assert len(seen) == len(plain)
    for frame in seen:
        face = frame[top:bottom, left:right].astype(int)
        assert abs(face - (84, 98, 112)).max() < 24  # one flat colour, as it was encoded
    malik = settled.faces.get(pupil=robins.malik).box.pixels(making.WIDTH, making.HEIGHT)
    left, top, right, bottom = malik
    assert seen[5][top:bottom, left:right].std() > 20


def test_the_sound_stays_only_when_someone_listened(robins, settled):
    copy = made(robins, settled, sound=True)
    assert making.streams_of(given(robins, copy)) == ["video", "audio"]
    silent = made(robins, settled)
    assert making.streams_of(given(robins, silent)) == ["video"]


def test_two_copies_that_cover_the_same_are_made_once(robins, settled):
    made(robins, settled)
    made(robins, settled)
    assert CoveredClip.objects.count() == 1


def test_a_no_closes_the_copy_at_once_and_the_next_copy_lets_the_old_one_go(robins, settled):
    copy = made(robins, settled)
    robins.say(robins.malik, robins.mother, Kind.WITHDRAWN)
    with pytest.raises(copies.NotNow):
        given(robins, copy)
    made(robins, settled)
    assert CoveredClip.objects.get().hidden != copy.hidden
    covered = StoredFile.objects.filter(rendition=Rendition.COVERED)
    assert set(covered.values_list("covered", flat=True)) == {CoveredClip.objects.get().pk}


def test_a_face_whose_way_is_changed_closes_the_copy(robins, settled):
    copy = made(robins, settled)
    tilly = settled.faces.get(pupil=robins.tilly)
    way = tilly.points
    faces.move(tilly, Box(0.1, 0.1, 0.2, 0.2), moment=500, by=robins.teacher, at=robins.at)
    faces.say_all_boxed(settled, by=robins.teacher, at=robins.at)
    with pytest.raises(copies.NotNow):
        given(robins, copy)
    faces.undo(settled, by=robins.teacher, at=robins.at)
    tilly.refresh_from_db()
    assert tilly.points == way


def test_a_face_that_was_missed_is_drawn_and_waits_for_a_name(robins, settled):
    about = {"by": robins.teacher, "at": robins.at}
    with pytest.raises(ValueError, match="when"):
        faces.draw(settled, Box(0.4, 0.4, 0.1, 0.1), **about)
    face = faces.draw(settled, Box(0.4, 0.4, 0.1, 0.1), between=(0, 900), **about)
    faces.cover_between(face, (200, 600), **about)
    face.refresh_from_db()
    assert (face.track.starts, face.track.ends) == (200, 600)
    with pytest.raises(copies.NotNow):
        made(robins, settled)


def test_a_clip_is_not_printed_and_leaves_in_no_zip(robins, settled):
    about = {"by": robins.teacher, "at": robins.at, "on": TODAY}
    with pytest.raises(copies.NotNow, match="No"):
        copies.make(settled, newsletter(), **about)
    with pytest.raises(prints.NothingToPrint):
        draft = prints.Draft("Wall", newsletter(), Layout.ONE, TODAY)
        prints.make(robins.album, [(2, settled)], draft, **about)


def test_with_the_clip_go_its_copies_and_all_that_was_made_of_it(robins, settled):
    copy = made(robins, settled)
    assert copy.photo == settled
    pictures.remove(settled, by=robins.teacher, at=robins.at)
    assert not SafeCopy.objects.exists()
    assert not CoveredClip.objects.exists()
    left = StoredFile.objects.exclude(photo=robins.photo)
    assert not left.exists()


def test_a_worker_that_lost_its_clip_keeps_nothing(robins, no_clip):
    photo = pictures.add(robins.album, CLIP, name="a.mp4", by=robins.teacher, at=robins.at).photo
    mine = clip_jobs._lease(Photo, clip_jobs.Q(pk=photo.pk), robins.at)
    Photo.objects.filter(pk=photo.pk).update(lease="somebody else's")
    with pytest.raises(clip_jobs._Lost):
        clip_jobs._look(mine, clip_jobs._Held(mine, "looked"))
    assert not Face.objects.filter(photo=photo).exists()


@pytest.fixture
def issue(robins, school):
    """An issue of the newsletter, and `chosen(place)`, a set with the clip alone, worded."""
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD)

    def place(kind, **more):
        about = {"keeper": head, "by": head.user, "at": robins.at}
        return places.add_place(school, kind, name=kind.label, **about | more)

    def chosen(clip, place, until=None):
        by = {"by": robins.teacher, "at": robins.at}
        days = {"from_on": min(TODAY, until or TODAY), "until_on": until}
        row = selections.choose(robins.album, place, [clip], title="Bridge day", **days, **by)
        days = {"from_on": row.from_on, "until_on": row.until_on}
        said = {row.pictures.get().pk: Worded("The bridge", "Children on a bridge")}
        selections.write(row, said, title="Bridge day", words="", looked=False, **days, **by)
        return row

    return SimpleNamespace(
        head=head, place=place, chosen=chosen, it=place(PlaceKind.NEWSLETTER, goes_out_on=TODAY)
    )


def test_a_clip_s_copy_goes_to_a_place_elsewhere_by_the_same_gates(robins, settled, issue):
    by = {"by": robins.teacher, "at": robins.at, "on": TODAY}
    row = issue.chosen(settled, issue.it)
    with pytest.raises(NotYet, match="Make its copy for this use"):
        selections.ask(row, **by)
    copy = made(robins, settled)
    asked = selections.ask(row, **by)
    publication = row.pictures.get()
    assert publication.copy == copy and asked.title == "1 clip for Newsletter issue"
    with pytest.raises(publications.NotThere):
        publications.take_clip(publication, **by)
    approvals.answer(asked, yes=True, digest=asked.digest, by=issue.head.user, at=robins.at)
    selections.publish(row, **by)
    seen = publications.preview_clip(publication, by=issue.head.user, at=robins.at, on=TODAY)
    covered = publications.take_clip(publication, **by)
    assert covered == seen == covering.covered(sight_of(copy))
    client = Client()
    client.force_login(robins.teacher)
    clip = client.get(f"/publications/{publication.ref}/clip.mp4")
    assert (clip.status_code, clip["Content-Type"]) == (200, "video/mp4")
    assert client.get(f"/pictures/{settled.ref}/poster.jpg").content.startswith(b"\xff\xd8")
    publication.refresh_from_db()
    assert publication.left_at == robins.at
    robins.say(robins.malik, robins.mother, Kind.WITHDRAWN)
    with pytest.raises(publications.NotThere):
        publications.take_clip(publication, **by)
    assert [one.publication for one in due([publication], on=TODAY)] == [publication]


@pytest.fixture
def gallery(robins, settled, issue):
    """The clip in our own gallery, agreed to: `page`, `feed`, `clip` and `poster` are addresses."""
    place = issue.place(PlaceKind.WEBSITE, in_our_hands=True)
    robins.say(robins.malik, robins.mother, Kind.GIVEN, "website")
    made(robins, settled, purpose="website")
    row, by = issue.chosen(settled, place), {"by": robins.teacher, "at": robins.at, "on": TODAY}
    asked = selections.ask(row, **by)
    approvals.answer(asked, yes=True, digest=asked.digest, by=issue.head.user, at=robins.at)
    selections.publish(row, **by)
    shown, base = row.pictures.get(), f"/gallery/{place.token}/"
    return SimpleNamespace(
        set=row,
        shown=shown,
        page=base,
        feed=f"{base}feed.json",
        clip=f"{base}clips/{shown.ref}.mp4",
        poster=f"{base}{shown.ref}.jpg",
    )


def played(client, address, part="bytes=0-"):
    """The status of a part of a clip, and its bytes."""
    answer = client.get(address, headers={"Range": part})
    return answer.status_code, answer.getvalue() if answer.status_code == 206 else b""


@pytest.mark.once
def test_anyone_plays_the_covered_clip_in_our_gallery_part_by_part(client, gallery, settled):
    assert client.get(gallery.page).text.count("<video") == 1
    [item] = client.get(gallery.feed).json()["items"]
    assert item["_belisha"] == {"kind": "clip", "poster": item["image"]}
    assert item["image"].endswith(gallery.poster)
    assert item["attachments"][0]["url"].endswith(gallery.clip)
    status, data = played(client, gallery.clip)
    assert (status, data) == (206, client.get(gallery.clip).getvalue())
    assert played(client, gallery.clip, "bytes=0-1") == (206, data[:2])
    assert [one.publication for one in exposed(on=TODAY)] == [gallery.shown]
    [entry], _ = ledger_of(settled.faces.get(pupil__first_name="Malik").pupil, on=TODAY)
    assert (entry.publication, entry.fate) == (gallery.shown, Fate.SHOWN)
    assert played(client, gallery.clip, f"bytes={len(data)}-")[0] == 416
    assert client.get(gallery.clip, headers={"Range": f"bytes={'9' * 5000}-"}).status_code == 200
    assert "no-store" in client.get(gallery.clip)["Cache-Control"]
    tilly = settled.faces.get(who=Who.PUPIL, pupil__first_name="Tilly")
    first = Image.open(BytesIO(client.get(gallery.poster).content))
    left, top, right, bottom = tilly.box.pixels(*first.size)
    covered = np.asarray(first)[top:bottom, left:right].astype(int)
    assert abs(covered - (84, 98, 112)).max() < 24, "the poster is a picture of the covered copy"
    assert np.abs(np.asarray(first, int) - making.frames_of(data)[0]).mean() < 4


ALL = "bytes=0-999999"
GONE = (
    *("no", "a stop", "leaver", "kept back", "a new box", "removed", "taken off", "closed"),
    *("a name", "the head takes it back", "over"),
)


@contextmanager
def undone():
    """What is done here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def end_it(end, robins, gallery, clip, monkeypatch):
    by = {"by": robins.teacher, "at": robins.at}
    match end:
        case "no":
            robins.say(robins.malik, robins.mother, Kind.WITHDRAWN, "website")
        case "a stop":
            stops.stop(clip, robins.malik, Source.CHILD, **by)
        case "leaver":
            Pupil.objects.filter(pk=robins.malik.pk).update(left_on=TODAY)
        case "kept back":
            pictures.keep_back(clip, **by)
        case "a new box":
            face = clip.faces.get(pupil=robins.malik)
            faces.move(face, Box(0, 0, 0.1, 0.1), moment=500, **by)
        case "removed":
            pictures.remove(Photo.objects.get(pk=clip.pk), **by)
        case "a name":
            Publication.objects.update(caption="Malik Wayfinder at the bridge")
        case "the head takes it back":
            said = HeadAnswer.objects.get(request__about=gallery.set.ref)
            approvals.take_back_yes(said, why="Not now", by=said.by, at=robins.at)
        case "taken off":
            publications.end(gallery.shown, **by | {"by": robins.office})
        case "closed":
            places.close_place(gallery.set.place, **by | {"by": robins.office})
        case "over":
            monkeypatch.setattr(timezone, "localdate", lambda *at: gallery.set.until_on + DAY)


@pytest.mark.once
def test_a_clip_is_gone_from_our_gallery_at_the_next_request(
    client, robins, gallery, settled, monkeypatch
):
    for end in GONE:
        with undone():
            end_it(end, robins, gallery, settled, monkeypatch)
            assert played(client, gallery.clip, "bytes=100-") == (404, b""), end
            assert client.get(gallery.poster).status_code == 404, end
            if end != "closed":
                assert client.get(gallery.feed).json()["items"] == [], end
                assert "<video" not in client.get(gallery.page).text, end
    monkeypatch.undo()
    assert played(client, gallery.clip)[0] == 206
    for file in StoredFile.objects.filter(covered__isnull=False):
        path, address = (
            store.path_of(file),
            gallery.clip if file.rendition == "covered" else gallery.poster,
        )
        path.rename(path.with_suffix(".away"))
        assert client.get(address).status_code == 404, "let go while it was asked for"
        path.with_suffix(".away").rename(path)
    with undone():
        StoredFile.objects.filter(covered__isnull=False).delete()
        assert played(client, gallery.clip)[0] == client.get(gallery.poster).status_code == 404

    data = played(client, gallery.clip)[1]
    monkeypatch.setattr(playing, "AT_ONCE", 1000)
    long = [client.get(gallery.clip) for _ in range(4)]
    assert {one.status_code for one in long} == {200}
    for part in ({}, {"Range": ALL}):
        full = client.get(gallery.clip, headers=part)
        assert (full.status_code, full["Retry-After"]) == (503, "60"), "slow readers keep threads"
    assert played(client, gallery.clip, "bytes=9-") == (206, data[9:1009]), "a part keeps none"
    assert client.head(gallery.clip)["Content-Length"] == str(len(data))
    for one in long:
        assert one.getvalue() == data
    assert len(played(client, gallery.clip)[1]) == 1000 < len(played(client, gallery.clip, ALL)[1])
    whole = iter(client.get(gallery.clip, headers={"Range": ALL}).streaming_content)
    assert len(next(whole)) == 1000
    robins.say(robins.malik, robins.mother, Kind.WITHDRAWN, "website")
    assert list(whole) == [], "an answer that takes long breaks off"
    covering.keep_up(settled, at=robins.at, on=TODAY)
    assert not CoveredClip.objects.exists()
    robins.say(robins.malik, robins.mother, Kind.GIVEN, "website")
    assert client.get(gallery.feed).json()["items"] == []
    assert played(client, gallery.clip)[0] == client.get(gallery.poster).status_code == 404
    assert not CoveredClip.objects.exists(), "whoever looks starts no work"
    clip_jobs.KEEP_UP.forget()
    clip_jobs.keep_up(robins.at)
    clip_jobs.cover(robins.at)
    assert played(client, gallery.clip)[0] == 206


JOURNAL = "learning-journal"


@pytest.fixture
def both_seen(robins, settled, client):
    """Both families said yes to a journal and to the newsletter; Malik's mother is signed in."""
    for key in (JOURNAL, "newsletter"):
        robins.say(robins.malik, robins.mother, Kind.GIVEN, key)
        robins.say(robins.tilly, robins.father, Kind.GIVEN, key)
    client.force_login(robins.mother.user)
    return settled


def shared(robins, clip, key, viewers=Viewers.FAMILIES):
    today = timezone.localdate()
    row = shares.share(
        robins.album,
        [clip],
        viewers=viewers,
        purpose=Purpose.objects.get(key=key),
        title="Our bridge",
        from_on=today,
        until_on=today + 9 * DAY,
        by=robins.teacher,
        at=timezone.now(),
    )
    cover_all()
    return row


def cover_all():
    while clip_jobs.cover(timezone.now()):
        pass


def kept_up(at=None):
    """What the jobs do in their time."""
    clip_jobs.KEEP_UP.forget()
    clip_jobs.keep_up(at or timezone.now())
    cover_all()


def seen_in(data, face):
    """Whether a face is seen where it is first."""
    left, top, right, bottom = face.box.pixels(making.WIDTH, making.HEIGHT)
    return bool(making.frames_of(data)[0][top:bottom, left:right].std() > 20)


@pytest.mark.once
def test_a_family_sees_its_own_child_in_a_shared_clip_and_others_as_in_a_picture(
    client, robins, both_seen
):
    malik, tilly = both_seen.faces.order_by("x")
    journal, letter = shared(robins, both_seen, JOURNAL), shared(robins, both_seen, "newsletter")
    ways = set(map(str, CoveredClip.objects.values_list("hidden", flat=True)))
    assert ways == {str([malik.points]), str([tilly.points]), "[]"}, "for each child, and for all"
    base = f"/children/{robins.malik.pk}/"

    def clip_in(row, end="clip.mp4"):
        return f"{base}shared/{row.ref}/clips/{both_seen.ref}/{end}"

    for row, others in ((journal, False), (letter, True)):
        status, data = played(client, clip_in(row))
        assert (status, seen_in(data, malik), seen_in(data, tilly)) == (206, True, others)
        poster = f"{base}shared/{row.ref}/pictures/{both_seen.ref}/photo.jpg"
        page = client.get(f"{base}shared/{row.ref}/").text
        assert poster in page and clip_in(row) in page and "Tilly" not in page
        assert client.get(poster).content.startswith(b"\xff\xd8")
    assert clip_in(journal) in client.get(f"{base}record/").text
    copy = made(robins, both_seen, on=timezone.localdate())
    assert f"{base}shown/clips/{copy.ref}/clip.mp4" in client.get(f"{base}pictures/").text
    assert played(client, f"{base}shown/clips/{copy.ref}/clip.mp4")[0] == 206
    narrow = made(robins, both_seen, purpose=JOURNAL, sound=True, on=timezone.localdate())
    assert making.streams_of(played(client, clip_in(journal))[1]) == ["video"], "others are heard"
    assert "Ask the school to show it" in client.get(f"{base}pictures/").text
    assert played(client, f"{base}shown/clips/{narrow.ref}/clip.mp4")[0] == 404
    saved = client.get(clip_in(journal, "clip.mp4?keep=1"))
    assert saved["Content-Disposition"] == 'attachment; filename="for-your-family.mp4"'

    client.force_login(robins.father.user)
    assert played(client, clip_in(journal))[0] == 404, "somebody else's child"
    client.force_login(robins.mother.user)
    for end in ("no", "order", "stop", "ended"):
        with undone():
            match end:
                case "no":
                    robins.say(robins.malik, robins.mother, Kind.REFUSED, JOURNAL)
                case "order":
                    Relation.objects.filter(parent=robins.mother).update(no_contact=True)
                case "stop":
                    by = {"by": robins.teacher, "at": robins.at}
                    stops.stop(both_seen, robins.malik, Source.CHILD, **by)
                case "ended":
                    shares.end(journal, by=robins.teacher, at=robins.at)
            answer = client.get(clip_in(journal), headers={"Range": "bytes=100-"})
            assert answer.status_code in (302, 404), end
    client.force_login(robins.mother.user)

    robins.say(robins.tilly, robins.father, Kind.REFUSED, "newsletter")
    assert not seen_in(played(client, clip_in(letter))[1], tilly), "at once: it was made already"
    by = {"by": robins.teacher, "at": robins.at}
    passer_by = faces.draw(both_seen, Box(0.45, 0.05, 0.1, 0.1), between=(0, 900), **by)
    faces.settle(passer_by, Who.UNKNOWN, **by)
    faces.say_all_boxed(both_seen, **by)
    assert played(client, clip_in(letter))[0] == 404, "what hides this one is not made yet"
    assert "We are covering faces" in client.get(f"{base}shared/{letter.ref}/").text
    client.force_login(robins.teacher)
    assert "are covered before anybody" in client.get(f"/shared/{letter.ref}/").text
    kept_up()
    client.force_login(robins.mother.user)
    status, data = played(client, clip_in(letter))
    assert (status, seen_in(data, malik), seen_in(data, passer_by)) == (206, True, False)
    ways = CoveredClip.objects.values_list("hidden", flat=True)
    assert all(passer_by.points in way for way in ways), "what shows them is let go"


@pytest.mark.once
def test_what_nobody_may_see_is_let_go_but_nothing_for_a_box_drawn_by_mistake(
    client, robins, both_seen
):
    row, by = shared(robins, both_seen, "newsletter"), {"by": robins.teacher, "at": robins.at}
    base = f"/children/{robins.malik.pk}/shared/{row.ref}"
    clip, poster = (
        f"{base}/{end}" % both_seen.ref for end in ("clips/%s/clip.mp4", "pictures/%s/photo.jpg")
    )
    with undone(), CaptureQueriesContext(connection) as asked:
        covering.progress_of(row, on=timezone.localdate())
        one = len(asked)
        for ref in "ab":
            twin, rows = Photo.objects.get(pk=both_seen.pk), list(both_seen.faces.all())
            twin.pk, twin.ref, twin.sha256 = None, ref, ref
            twin.save()
            for face in rows:
                face.pk, face.photo = None, twin
                face.save()
            row.pictures.create(school=row.school, photo=twin)
        before = len(asked)
        assert covering.progress_of(row, on=timezone.localdate()).needed == 3
        assert len(asked) - before == one, "as many questions for three clips as for one"

    faces.draw(both_seen, Box(0.45, 0.05, 0.1, 0.1), between=(0, 900), **by)
    kept_up()
    assert CoveredClip.objects.count() == 1
    assert played(client, clip)[0] == client.get(poster).status_code == 404
    faces.undo(both_seen, **by)
    assert played(client, clip)[0] == client.get(poster).status_code == 404
    faces.say_all_boxed(both_seen, **by)
    assert played(client, clip)[0] == 206, "nothing is made again"

    today = timezone.localdate()
    with undone():
        days = {"from_on": today, "until_on": today}
        shares.change(row, [robins.photo], title="Us", by=robins.teacher, at=timezone.now(), **days)
        kept_up()
        assert not CoveredClip.objects.exists(), "it was taken out"
    kept_up(timezone.now() + 30 * DAY)
    assert not CoveredClip.objects.exists(), "nobody looked for weeks after the last day"


def test_a_clip_is_covered_again_where_an_earlier_try_left_all_but_the_last_word(robins, settled):
    made(robins, settled)
    CoveredClip.objects.update(made_at=None, tries=0, leased_until=None)
    assert clip_jobs.cover(robins.at)
    assert CoveredClip.objects.get().made_at


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_whoever_holds_covered_clips_holds_their_clip_first(robins, settled):
    """Else two wait for each other, and the database ends one of them."""
    purpose, by = newsletter(), {"by": robins.teacher, "at": robins.at}
    copies.make(settled, purpose, sound=False, on=TODAY, **by)
    held = clip_jobs._Held(CoveredClip.objects.get(), "share")
    for act in (
        held.lock,
        lambda: covering.keep_up(settled, at=robins.at, on=TODAY),
        lambda: copies.make(settled, purpose, sound=False, on=TODAY, **by),
        lambda: pictures.remove(settled, **by),
    ):
        with CaptureQueriesContext(connection) as asked:
            act()
        told = [one["sql"] for one in asked]
        clip = [
            n for n, sql in enumerate(told) if 'FROM "photos_photo"' in sql and " UPDATE" in sql
        ]
        film = [
            n for n, sql in enumerate(told) if '"photos_coveredclip"' in sql and " UPDATE" in sql
        ]
        assert clip and clip[0] < min(film, default=len(told))


@pytest.mark.once
def test_a_clip_shown_in_school_hides_whom_the_rule_hides_and_is_heard_when_someone_listened(
    client, robins, school, settled, monkeypatch
):
    malik, tilly = settled.faces.order_by("x")
    robins.say(robins.malik, robins.mother, Kind.GIVEN, "display")
    row = shared(robins, settled, "display", Viewers.SCHOOL)
    clip = f"/in-school/{row.ref}/clips/{settled.ref}/clip.mp4"
    client.force_login(robins.office)
    assert clip in client.get(f"/in-school/{row.ref}/").text
    status, data = played(client, clip)
    assert (status, seen_in(data, malik), seen_in(data, tilly)) == (206, True, False)
    assert making.streams_of(data) == ["video"], "nobody listened to it for this"
    made(robins, settled, purpose="display", sound=True)
    assert making.streams_of(played(client, clip)[1]) == ["video", "audio"]
    robins.say(robins.tilly, robins.father, Kind.GIVEN, "display")
    made(robins, settled, purpose="display", sound=True, on=timezone.localdate())
    assert seen_in(played(client, clip)[1], tilly)
    robins.say(robins.tilly, robins.father, Kind.WITHDRAWN, "display")
    kept_up()
    status, data = played(client, clip)
    assert (status, making.streams_of(data), seen_in(data, tilly)) == (206, ["video"], False)

    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    guest, now = guest_of(school, head), timezone.now()
    look = shares.let_guest_look(row, guest, until_on=timezone.localdate(), by=head, at=now)
    client.force_login(guest.user)
    with monkeypatch.context() as small:
        small.setattr(playing, "AT_ONCE", 1000)
        whole = iter(client.get(clip, headers={"Range": ALL}).streaming_content)
        assert len(next(whole)) == 1000
        shares.end_guest_look(look, by=head, at=now)
        assert list(whole) == [], "they may look no more"
    client.force_login(robins.office)
    robins.say(robins.malik, robins.mother, Kind.WITHDRAWN, "display")
    assert played(client, clip)[0] == 404
    assert "<video" not in client.get(f"/in-school/{row.ref}/").text


@pytest.mark.once
def test_families_are_asked_about_a_clip_and_see_their_own_child_alone_in_it(
    client, robins, settled, issue, monkeypatch
):
    malik, tilly = settled.faces.order_by("x")
    promotional, today = Purpose.objects.get(key="promotional"), timezone.localdate()
    by = {"by": robins.office, "at": robins.at, "on": today}
    asked = requests.ask_families(settled, promotional, use="Banner", until=today + DAY, **by)
    page = f"/children/{robins.malik.pk}/asked/{asked.ref}/"
    film = f"/children/{robins.malik.pk}/asked/clips/{asked.ref}/clip.mp4"
    client.force_login(robins.mother.user)
    text = client.get(page).text
    assert "You can say no now, and yes when you can see it" in text
    assert "Yes, use it" not in text and played(client, film)[0] == 404
    client.post(page, {"answer": "yes"})
    assert not asked.answers.exists(), "a yes to what one cannot see"
    assert CoveredClip.objects.count() == 2
    client.force_login(robins.office)
    with undone():
        Pupil.objects.filter(pk=robins.tilly.pk).update(left_on=today - DAY)
        kept_up()
        assert [one.hidden for one in CoveredClip.objects.all()] == [[tilly.points]], "no leaver's"
    with monkeypatch.context() as disk:
        disk.setattr(room, "KEPT", 1 << 60)
        assert not clip_jobs.cover(timezone.now())
        assert "too little room" in client.get(f"/requests/{asked.ref}/").text
    CoveredClip.objects.update(tries=3)
    assert "2 could not be made. Send a reminder" in client.get(f"/requests/{asked.ref}/").text
    requests.remind(asked, by=robins.office, at=timezone.now(), on=today)
    client.force_login(robins.mother.user)
    cover_all()
    text = client.get(page).text
    assert "May we use this clip?" in text and "Yes, use it" in text and film in text
    status, data = played(client, film)
    assert (status, seen_in(data, malik), seen_in(data, tilly)) == (206, True, False)
    assert making.streams_of(data) == ["video"]
    assert client.get(f"{page}photo.jpg").content.startswith(b"\xff\xd8")
    client.post(page, {"answer": "yes"})
    assert asked.answers.get().kind == Kind.GIVEN and "this clip" in asked.answers.get().wording

    with undone():
        kept_up()
        assert [one.hidden for one in CoveredClip.objects.all()] == [[malik.points]], "he said yes"
        assert "covering faces" not in client.get(page).text
        client.post(page, {"answer": "no"})
        kept_up()
        assert "Yes, use it" in client.get(page).text, "seen again before a yes after a no"

    copy = made(robins, settled, purpose="promotional", request=asked, sound=True, on=today)
    assert not copy.sound and copy.hidden == [tilly.points]
    row = issue.chosen(settled, issue.place(PlaceKind.PROMOTION), until=today)
    selections.ask(row, by=robins.teacher, at=robins.at, on=today)
    assert row.pictures.get().copy == copy

    requests.withdraw(asked, by=robins.office, at=robins.at)
    assert played(client, film)[0] == client.get(page).status_code == 404
    assert not CoveredClip.objects.exists(), "what was made for the question goes with it"
