"""Does the time of an answer tell whether the school knows an address? Whole requests, in turn.

    python -m bench.doors [--rounds N]

Asks for a code, for a new password, and with a wrong password, for addresses of six kinds, in a
school of 400 families on a disk of its own, and prints the median time of each and its ratio to
that of an unknown address: 1.00 tells nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable

KINDS = ("unknown", "known", "under an order", "works here", "signs in", "of two contacts")
DOORS = {
    "a code": ("/in/", lambda address: {"email": address}, 302),
    "a new password": ("/account/forgotten/", lambda address: {"email": address}, 200),
    "a wrong password": (
        "/account/login/",
        lambda address: {"login": address, "password": "not this one at all"},
        200,
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=400)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BELISHA_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        addresses = families(rounds)
        for door, (path, fields, status) in DOORS.items():
            tell(door, path, measured(addresses, path, fields, status))


def tell(door: str, path: str, times: dict[str, list[float]]) -> None:
    rounds, base = len(times["unknown"]), statistics.median(times["unknown"])
    print(f"\n{door}: wall time of POST {path}, {rounds} requests of each kind in random order")
    for kind in KINDS:
        middle = statistics.median(times[kind])
        spread = statistics.quantiles(times[kind], n=20)
        print(
            f"{kind:16} median {middle * 1000:6.2f} ms   5% to 95%: {spread[0] * 1000:5.2f} to"
            f" {spread[-1] * 1000:6.2f} ms   ratio to unknown {middle / base:5.3f}"
        )


def families(rounds: int) -> dict[str, list[str]]:
    """A school with as many people of each kind as there are rounds; their addresses by kind."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone
    from django_scopes import scope

    from belisha.people.models import Parent, Pupil, Relation, School, Staff, User

    school = School.objects.create(name="Bench School", created_at=timezone.now())
    addresses = {
        kind: [f"p{n}@{kind.replace(' ', '')}.example" for n in range(rounds)] for kind in KINDS
    }
    password = make_password("four words of one school")
    with scope(school=school):
        pupil = Pupil.objects.create(school=school, first_name="Ada", last_name="Arch")

        def add(address: str, no_contact: bool = False) -> None:
            parent = Parent.objects.create(school=school, last_name="Arch", email=address)
            Relation.objects.create(
                school=school, pupil=pupil, parent=parent, no_contact=no_contact
            )

        for n in range(rounds):
            add(addresses["known"][n])
            add(addresses["under an order"][n], no_contact=True)
            add(addresses["of two contacts"][n])
            add(addresses["of two contacts"][n])
            Staff.objects.create(school=school, name="Miss Arch", email=addresses["works here"][n])
            user = User(school=school, email=addresses["signs in"][n], name="Mr Arch")
            user.password = password
            user.save(force_insert=True)
            Staff.objects.create(school=school, name="Mr Arch", email=user.email, user=user)
    return addresses


def measured(
    addresses: dict[str, list[str]], path: str, fields: Callable[[str], dict[str, str]], status: int
) -> dict[str, list[float]]:
    from django.test import Client

    order = [(kind, address) for kind, some in addresses.items() for address in some]
    random.Random(3).shuffle(order)
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number, (kind, address) in enumerate(order):
        browser = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}", HTTP_HOST="localhost")
        start = time.perf_counter()
        answer = browser.post(path, fields(address))
        times[kind].append(time.perf_counter() - start)
        assert answer.status_code == status, answer.status_code
    return times


if __name__ == "__main__":
    main()
