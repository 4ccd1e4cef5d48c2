"""A school is taken along and brought back, in folders of its own (run by a test).

The words are the folders: of the school, of one that is filled from its backup and journal, and on
SQLite of one that somebody put back by hand and of one that is filled from its archive. Before that
each table gets a row. Prints what each of them holds.
"""

import io
import json
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - the apps must be there first
from django.core.exceptions import ValidationError  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402

from belisha.audit.actions import verify  # noqa: E402
from belisha.complaints.actions import family, hearing  # noqa: E402
from belisha.complaints.models import Complaint, Concerned  # noqa: E402
from belisha.consent.actions import differences, record_answer  # noqa: E402
from belisha.consent.models import facts  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.devices.confiscations import exempting  # noqa: E402
from belisha.devices.models import Exemption  # noqa: E402
from belisha.events.actions import occasions  # noqa: E402
from belisha.events.models import Event  # noqa: E402
from belisha.lib.sealing import new_key  # noqa: E402
from belisha.people.actions import guests, parents, protection, staff  # noqa: E402
from belisha.people.models import GuestPass, Mail, Protection, Pupil, Relation, School, Staff  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.photos.actions import pictures, shares  # noqa: E402
from belisha.photos.models import Photo, Share  # noqa: E402
from belisha.policy.actions import approvals  # noqa: E402
from belisha.policy.models import HeadAnswer, Purpose  # noqa: E402
from belisha.rights.actions import archives as actions  # noqa: E402
from belisha.rights.archive.figures import figures  # noqa: E402
from belisha.rights.archive.kept import all_open  # noqa: E402
from belisha.rights.archive.taking import write_archive  # noqa: E402
from belisha.rights.backups.journal import apply, waiting  # noqa: E402
from belisha.rights.backups.making import back_up  # noqa: E402
from belisha.rights.backups.restoring import import_archive, restore  # noqa: E402
from belisha.rights.jobs import make_archives  # noqa: E402
from tests.filled import fill_empty_tables  # noqa: E402
from tests.furnished import furnish, furnished_school, user_with  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MARK = "Canary"


def main(places):
    old, new, *more = places
    here(old)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    furnish(furnished_school("Kerbside Primary School", timezone.now()), MARK)
    said = {"figures": counted(), "before": look()}
    backup, archive = old.parent / "monday.belisha", old.parent / "school.zip"
    made = back_up(backup, at=timezone.now())
    said["made"] = [made.backup.rows, made.backup.files, made.lost]
    said["taken"] = take_along()
    say_no()
    said["after"] = look()

    def restored(place, journal):
        here(place)
        done = restore(backup, key=settings.PICTURES_KEY, journal=journal, at=timezone.now())
        return {"came": [done.rows, done.files, done.figures], "left": done.again.left}

    said |= {"restored": restored(new, old / "journal")}
    said["restored"] |= {"look": look(), "waits": len(waiting()), "files": all_open()}
    for place in more[:1]:
        (old.parent / "nothing").mkdir()
        by_hand = restored(place, old.parent / "nothing")
        by_hand["before"] = look()
        for day in (old / "journal").iterdir():  # it lay elsewhere all the time
            with (place / "journal" / day.name).open("ab") as lines:
                lines.write(day.read_bytes())
        by_hand["waits"] = len(waiting())
        apply(timezone.now())
        said["by_hand"] = by_hand | {"after": look(), "waits_then": len(waiting())}
    here(old)
    with scopes_disabled():
        fill_empty_tables()
    write_archive(archive, at=timezone.now())
    said["filled"] = look()
    for place in more[1:]:
        here(place)
        settings.PICTURES_KEY = new_key()
        import_archive(archive, at=timezone.now())
        write_archive(old.parent / "again.zip", at=timezone.now())
        said["imported"] = {"look": look(), "files": all_open()}
    sys.stdout.write(json.dumps(said, default=str))


def here(folder):
    """Let this process work for another installation."""
    connection.close()
    settings.DATA, settings.MEDIA_ROOT = folder, folder / "pictures"
    settings.JOURNAL = folder / "journal"
    name = str(folder / "belisha.sqlite3")
    connection.settings_dict["NAME"] = name if connection.vendor == "sqlite" else folder.name


def counted():
    with scopes_disabled():
        return figures()


def scoped(act):
    def within():
        school = School.objects.get()
        with scope(school=school):
            return act(school)

    return within


@scoped
def take_along(school):
    """The head asks for an archive on a page and fetches it; a day later it is gone."""
    head, now = user_with(school, Role.HEAD), timezone.now()
    row = actions.ask_for_archive(school, why="Moving", by=head, at=now)
    made = [make_archives(now), make_archives(now)]
    row.refresh_from_db()
    path = settings.DATA / "archives" / f"{row.ref}.sealed"
    lies_open = MARK.encode() in path.read_bytes() or path.read_bytes().startswith(b"PK")
    fetched = b"".join(actions.fetch_archive(row, by=head, at=now))
    names = len(zipfile.ZipFile(io.BytesIO(fetched)).namelist())
    later = now + timedelta(hours=25)
    with scopes_disabled():
        actions.forget_archives(later)
    try:
        actions.fetch_archive(row, by=head, at=later)
    except ValidationError:
        refused = True
    told = Mail.objects.filter(kind="archive").count()
    there = path.exists()
    return [made, lies_open, len(fetched) == row.size, names > 90, told, refused, there]


def the_child():
    """Who has answers, a family and a picture."""
    return Pupil.objects.get(first_name=f"{MARK}first")


@scoped
def say_no(school):
    now, on = timezone.now(), timezone.localdate()
    by = {role: user_with(school, role) for role in (Role.HEAD, Role.OFFICE)}
    lead = user_with(school, Role.SAFEGUARDING_LEAD)
    said = {"by": by[Role.OFFICE], "at": now}
    child = the_child()
    tie = Relation.objects.filter(pupil=child, no_contact=False).first()
    for key, kind in (("website", Kind.REFUSED), ("newsletter", Kind.REFUSED)):
        purpose = Purpose.objects.get(key=key)
        how = {"how": "phone", "happened_on": on}
        record_answer(child, parent=tie.parent, purpose=purpose, kind=kind, **how, **said)
    shares.end(Share.objects.filter(ended_at=None).first(), **said)
    answer = next(row for row in HeadAnswer.objects.filter(yes=True) if row.stands(on))
    approvals.take_back_yes(answer, why="Not any more.", by=by[Role.HEAD], at=now)
    gone = Staff.objects.filter(roles__role=Role.OTHER_STAFF).first()
    staff.leave(gone, on=on, by=by[Role.HEAD], at=now, all_the_same=True)
    guests.end(GuestPass.objects.live(now).first(), by=by[Role.HEAD], at=now)
    ties = {"no_contact": True, "parental_responsibility": True}
    parents.change_relation(tie, **ties, **said)
    protection.protect(child, why="Told today.", by=lead, at=now)
    concern = Complaint.objects.for_everyone().open().order_by("pk").first()
    chair = Staff.objects.filter(roles__role=Role.CHAIR).first()
    hearing.name_concerned(concern, [chair], by=by[Role.HEAD], at=now)
    family.take_back(concern, "It is settled.", by=None, at=now)
    exempting.end(Exemption.objects.filter(ended_at=None).first(), **said)
    occasions.cancel(Event.objects.filter(cancelled_at=None, ends_at__gt=now).first(), **said)
    pictures.remove(Photo.objects.order_by("id").first(), **said)


@scoped
def look(school):
    """What stands: each no that could have been lost, and whether all hangs together."""
    now, on, child = timezone.now(), timezone.localdate(), the_child()
    return {
        "facts": {key: fact for (_, key), fact in sorted(facts([child.pk], on=on).items())},
        "protected": sorted(Protection.objects.standing().values_list("pupil", flat=True)),
        "barred": sorted(Relation.objects.filter(no_contact=True).values_list("pk", flat=True)),
        "here": sorted(Staff.objects.current().values_list("pk", flat=True)),
        "guests": sorted(GuestPass.objects.live(now).values_list("pk", flat=True)),
        "shares": sorted(Share.objects.filter(ended_at=None).values_list("pk", flat=True)),
        "photos": sorted(Photo.objects.values_list("pk", flat=True)),
        "yeses": sorted(one.pk for one in HeadAnswer.objects.filter(yes=True) if one.stands(on)),
        "about": sorted(Concerned.objects.values_list("complaint", "staff")),
        "concerns": sorted(Complaint.objects.open().values_list("pk", flat=True)),
        "phones": sorted(Exemption.objects.filter(ended_at=None).values_list("pk", flat=True)),
        "events": sorted(Event.objects.filter(cancelled_at=None).values_list("pk", flat=True)),
        "wrong": [*differences(), *(str(one) for _, _, one in verify() if one)],
    }


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
