"""A furnished school in a folder of its own: `furnish` makes it, `say_no` is what happens after the
backup, `look` prints what stands. Run by a test, each in a process."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.audit.actions import verify  # noqa: E402
from belisha.consent.actions import differences, record_answer  # noqa: E402
from belisha.consent.models import facts  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.people.actions import guests, parents, protection, staff  # noqa: E402
from belisha.people.models import GuestPass, Protection, Pupil, Relation, School, Staff  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.photos.actions import pictures, shares  # noqa: E402
from belisha.photos.models import Photo, Share  # noqa: E402
from belisha.policy.actions import approvals  # noqa: E402
from belisha.policy.models import HeadAnswer, Purpose  # noqa: E402
from tests.furnished import furnish, furnished_school, user_with  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MARK = "Canary"


def main(act):
    if act == "furnish":
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        furnish(furnished_school("Kerbside Primary School", timezone.now()), MARK)
    school = School.objects.get()
    with scope(school=school):
        if act == "say_no":
            say_no(school)
        sys.stdout.write(json.dumps(look(), default=str))


def the_child():
    """Who has answers, a family and a picture."""
    return Pupil.objects.get(first_name=f"{MARK}first")


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
    pictures.remove(Photo.objects.order_by("id").first(), **said)


def look():
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
        "wrong": [*differences(), *(str(one) for _, _, one in verify() if one)],
    }


if __name__ == "__main__":
    main(sys.argv[1])
