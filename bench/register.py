"""The register of a large school beside that of a small one: queries and time for one page.

    python -m bench.register [PUPILS] [--rounds N]

Beside it stands a bare page of the same server, so that what the server itself costs is seen.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import date

SMALL = 60  # one page
SEARCH = "/consent/?words=Ada&state=none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pupils", nargs="?", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BELISHA_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        measure(given.pupils, given.rounds)


def measure(pupils: int, rounds: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    small, large = (office_of(count) for count in (SMALL, pupils))
    print(f"wall time, medians of {rounds}; a ratio is to the first page of the small school\n")
    first = show(f"register of {SMALL}, page 1", small, "/consent/", rounds)
    show("a bare page (/me/)", large, "/me/", rounds, first)
    show(f"register of {pupils}, page 1", large, "/consent/", rounds, first)
    last = f"/consent/?page={-(-pupils // SMALL)}"
    show(f"register of {pupils}, last page", large, last, rounds, first)
    show(f"register of {pupils}, searched", large, SEARCH, rounds, first)


def office_of(pupils: int):
    """A browser in which the office of a school of so many pupils has signed in."""
    from django.test import Client
    from django.utils import timezone
    from django_scopes import scope

    from belisha.consent.models import Answer, Standing
    from belisha.people.actions import add_user
    from belisha.people.models import (
        Parent,
        Pupil,
        Relation,
        School,
        SchoolClass,
        Staff,
        StaffRole,
    )
    from belisha.people.rules import Role
    from belisha.people.tests.cast import give_second_factor
    from belisha.policy.models import Purpose, add_shipped_purposes

    now = timezone.now()
    school = School.objects.create(name=f"School of {pupils}", created_at=now)
    with scope(school=school):
        add_shipped_purposes(school)
        user = add_user(school, email=f"{pupils}@school.example", name="Office", password=None)
        give_second_factor(user)
        staff = Staff.objects.create(school=school, name="Office", user=user)
        StaffRole.objects.create(school=school, staff=staff, role=Role.OFFICE)
        classes = [
            SchoolClass.objects.create(school=school, name=f"Class {number}", year_group=number % 7)
            for number in range(-(-pupils // 30))
        ]
        children = Pupil.objects.bulk_create(
            Pupil(
                school=school,
                first_name=("Ada", "Bo", "Cy", "Di", "Ed")[number % 5],
                last_name=f"Kerb{number}",
                school_class=classes[number // 30],
            )
            for number in range(pupils)
        )
        parents = Parent.objects.bulk_create(
            Parent(school=school, first_name="Pat", last_name=f"Kerb{number}")
            for number in range(2 * pupils)
        )
        families = list(zip(children * 2, parents, strict=True))
        Relation.objects.bulk_create(
            Relation(school=school, pupil=child, parent=parent, parental_responsibility=True)
            for child, parent in families
        )
        answers = Answer.objects.bulk_create(
            Answer(
                school=school,
                pupil=child,
                parent=parent,
                purpose=purpose,
                kind="given" if (child.pk + purpose.position) % 6 else "refused",
                how="paper",
                happened_on=date(2026, 9, 1),
                recorded_at=now,
                wording="",
            )
            for child, parent in families
            for purpose in Purpose.objects.all()
        )
        Standing.objects.bulk_create(
            Standing(
                school=school,
                pupil_id=answer.pupil_id,
                parent_id=answer.parent_id,
                purpose_id=answer.purpose_id,
                answer=answer,
                kind=answer.kind,
            )
            for answer in answers
        )
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(user)
    return browser


def show(name, browser, path, rounds, peer=None) -> float:
    """Print what one page costs; return its seconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers)
    asked = queries.final_queries - queries.initial_queries
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        browser.get(path)
        taken.append(time.perf_counter() - start)
    seconds = statistics.median(taken)
    ratio = f"   ratio {seconds / peer:5.1f}" if peer else ""
    print(f"{name:28} {asked:3} queries {seconds * 1000:7.0f} ms{ratio}", flush=True)
    return seconds


if __name__ == "__main__":
    main()
