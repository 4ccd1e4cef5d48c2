"""A withdrawal that races a copy wins."""

import os
import subprocess
import sys

import pytest


def race(tmp_path, *words):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(tmp_path / "race"),
    }
    environment.pop("BELISHA_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.race", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return int(done.stdout)


def test_no_copy_is_given_after_a_withdrawal_was_acknowledged(tmp_path):
    assert race(tmp_path) == 0


def test_the_race_can_be_lost_by_one_who_does_not_ask_again(tmp_path):
    assert race(tmp_path, "naive") > 0


pytestmark = pytest.mark.skipif(
    "BELISHA_DATABASE" in os.environ, reason="the race makes a SQLite folder of its own"
)
