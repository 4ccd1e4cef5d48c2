"""A no that comes while a copy is being made is heard before the copy is given."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    "BELISHA_DATABASE" in os.environ, reason="the race makes a SQLite folder of its own"
)


def test_no_copy_is_given_once_the_family_s_no_is_in_the_record(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(tmp_path / "race"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.delivery_race"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    given, late = map(int, done.stdout.split())
    assert 0 < given < 100  # the two really raced: each of them won sometimes
    assert late == 0
