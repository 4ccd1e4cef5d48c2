"""The tables of a new database are those to which all the steps lead."""

import json
import os
import subprocess
import sys


def schema(folder, how):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(folder / how),
        "BELISHA_DATABASE": "",
    }
    command = [sys.executable, "-m", "tests.schema", how]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE)


def tables(folder, how):
    return json.loads(schema(folder, how).stdout)


def test_made_at_once_or_step_by_step_a_database_is_the_same(tmp_path, figure):
    at_once, by_steps = tables(tmp_path, "at-once"), tables(tmp_path, "by-steps")
    assert at_once == by_steps
    assert any(name.startswith("trigger") for name in at_once)
    figure(f"{len(at_once) - 1} tables, indexes and triggers are the same at once and by steps")


def test_a_sudden_end_in_the_making_leaves_nothing_that_stands_in_the_way(tmp_path):
    assert schema(tmp_path, "sudden-end").returncode == 9
    (tmp_path / "sudden-end").rename(tmp_path / "at-once")
    assert any(name.startswith("trigger") for name in tables(tmp_path, "at-once"))
