"""Who races a withdrawal loses, and two who answer at once are both heard.

Each race is a process with a database of its own: a SQLite file, or in a run on PostgreSQL a new
database in that server.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

SERVER = os.environ.get("BELISHA_DATABASE", "")
TRIALS = 1000


@contextmanager
def empty_database():
    """The address of an empty database in the server of this run; nothing for a SQLite file."""
    if not SERVER:
        yield ""
        return
    import psycopg

    name = f"race_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def race(tmp_path, record_property):
    """Run a race; return the numbers that it prints."""

    def run(name, *words):
        with empty_database() as address:
            environment = os.environ | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "BELISHA_DATA": str(tmp_path / "race"),
                "BELISHA_DATABASE": address,
            }
            done = subprocess.run(
                [sys.executable, "-m", f"tests.journeys.{name}", *words],
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
                timeout=600,
            )
        numbers = [int(number) for number in done.stdout.split()]
        where = "PostgreSQL" if SERVER else "SQLite"
        record_property("figure", f"{' '.join((name, *words))} on {where}: {numbers}")
        return numbers

    return run


def test_no_copy_is_given_after_a_withdrawal_was_acknowledged(race):
    made, late = race("race")
    assert 0 < made <= TRIALS
    assert late == 0


def test_the_race_can_be_lost_by_one_who_does_not_ask_again(race):
    _, late = race("race", "naive")
    assert late > 0


def test_no_copy_is_given_once_the_family_s_no_is_in_the_record(race):
    given, late = race("delivery_race")
    assert 0 < given < TRIALS  # the two really raced: each of them won sometimes
    assert late == 0


def test_a_no_is_missed_by_one_who_asks_only_before_the_bytes_are_made(race):
    _, late = race("delivery_race", "naive")
    assert late > 0


def test_two_parents_are_both_heard_and_a_double_tap_writes_one_answer(race):
    both, one, trials, wrong = race("answers_race")
    assert (both, one, wrong) == (trials, trials, 0)


def test_of_two_who_do_the_same_with_an_account_a_camera_or_a_case_one_is_told(race):
    trials, accounts, requests, closings, cameras, won_once, cases, told = race("accounts_race")
    assert (accounts, requests, closings) == (trials, trials, trials)
    assert (won_once, told) == (cameras, cases)


def test_of_two_who_give_a_device_back_one_is_told_that_the_other_was_quicker(race):
    trials, once, told = race("confiscations_race")
    assert (once, told) == (trials, trials)


def test_of_two_who_answer_take_further_or_close_a_complaint_one_is_told(race):
    trials, answers, stages, closings, told = race("complaints_race")
    assert (answers, stages, closings, told) == (trials, trials, trials, trials)


def test_no_child_is_seen_at_a_place_after_a_withdrawal_whoever_came_first(race):
    published, told, seen = race("publish_race")
    assert published + told == 300
    assert published and told, "the two really raced: each of them won sometimes"
    assert seen == 0


def test_what_is_at_a_place_leaks_to_one_who_does_not_ask_again(race):
    _, _, seen = race("publish_race", "naive")
    assert seen > 0


def test_a_sudden_end_in_publishing_or_withdrawing_loses_and_shows_nothing(race):
    published, withdrawn, lost, seen, wrong = race("publish_killed")
    assert published >= 12 and withdrawn > 0
    assert (lost, seen, wrong) == (0, 0, 0)
