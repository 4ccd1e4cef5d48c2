"""The policy page of a school of 400 with three years of records, beside a bare view.

    python -m bench.policy_page [PUPILS] [--rounds N]

The bare view answers three letters through the same server, sign-in and doors.
"""

import argparse
import os
import tempfile
from datetime import date, timedelta

from bench.register import office_of, show

STAFF, YEARS, ALBUMS, PICTURES = 40, 3, 90, 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pupils", nargs="?", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BELISHA_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        measure(given.pupils, given.rounds)


def measure(pupils: int, rounds: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    office = office_of(pupils)
    fill()
    with override_settings(ROOT_URLCONF="bench.bare"):
        print(f"wall time, medians of {rounds}; a ratio is to the bare view\n")
        bare = show("a bare view", office, "/bare/", rounds)
        show("policy, with every state", office, "/policy/", rounds, bare)
        first = Forgetful(office)
        show("the same, after each act", first, "/policy/", rounds, bare)
        office.logout()
        show("policy, as anyone sees it", office, "/policy/", rounds, bare)


class Forgetful:
    """A browser whose school did something before each look, so that every state is asked anew."""

    def __init__(self, browser):
        self.browser = browser

    def get(self, path):
        from belisha.desk import states

        states._known.clear()
        return self.browser.get(path)


def fill() -> None:
    """The model policy in force with its duties; three years of readings, pictures and copies."""
    from django.utils import timezone
    from django_scopes import scope

    from belisha.people.actions import add_user
    from belisha.people.models import School, Staff, StaffRole
    from belisha.people.rules import Role
    from belisha.photos.models import Album, Photo, SafeCopy
    from belisha.policy.actions import duties
    from belisha.policy.actions.model_documents import Issued, shipped_documents
    from belisha.policy.models import Approval, Purpose, Read, ReadingDuty, Version

    now, school = timezone.now(), School.objects.get()
    with scope(school=school):
        head = add_user(school, email="head@school.example", name="Head", password=None)
        first = Staff.objects.create(school=school, name="Head", user=head)
        StaffRole.objects.create(school=school, staff=first, role=Role.HEAD)
        team = [first]
        for number in range(STAFF):
            team.append(Staff.objects.create(school=school, name=f"Ms {number}"))
            StaffRole.objects.create(school=school, staff=team[-1], role=Role.TEACHER)
        signed = {Approval.Side.HEAD: "Head", Approval.Side.GOVERNORS: "Chair"}
        issued = Issued("Head", "Lead", signed, date(2026, 9, 1), date(2027, 9, 1))
        shipped_documents(school, by=head, at=now, issued=issued)
        duties.begin_usual_duties(by=head, at=now)
        versions = {version.document_id: version for version in Version.objects.all()}
        Read.objects.bulk_create(
            Read(
                school=school,
                staff=one,
                version=versions[duty.document_id],
                part=duty.part,
                how="web",
                happened_on=now.date() - timedelta(days=365 * year),
                recorded_at=now,
                recorded_by=head,
                wording="I have read it.",
            )
            for one in team[: STAFF // 2]
            for duty in ReadingDuty.objects.all()
            for year in range(YEARS)
        )
        website = Purpose.objects.get(key="website")
        for number in range(ALBUMS):
            album = Album.objects.create(
                school=school, title=f"Day {number}", taken_on=now.date(), created_at=now
            )
            photos = Photo.objects.bulk_create(
                Photo(
                    school=school,
                    album=album,
                    name="x",
                    sha256=f"{number}-{picture}",
                    width=640,
                    height=480,
                    added_at=now,
                    faces_found_at=now,
                    boxed_at=now,
                )
                for picture in range(PICTURES)
            )
            SafeCopy.objects.bulk_create(
                SafeCopy(
                    school=school,
                    photo=photo,
                    purpose=website,
                    hidden=[],
                    made_at=now,
                    made_by=head,
                )
                for photo in photos
            )


if __name__ == "__main__":
    main()
