"""Trials in processes of their own: a real school in a folder, which may be killed and fill up."""

import json
import os
import subprocess
import sys

OURS = {"DJANGO_SETTINGS_MODULE", "BELISHA_DATA", "BELISHA_DATABASE", "BELISHA_KEY_FILE"}


def environment(folder):
    """The environment of a process that works on the school in `folder`, with SQLite."""
    rest = {name: value for name, value in os.environ.items() if name not in OURS}
    return rest | {"DJANGO_SETTINGS_MODULE": "config.settings", "BELISHA_DATA": str(folder)}


def tried(trial, folder):
    """Run a module of `trials`; return what it printed as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", f"belisha.photos.tests.trials.{trial}"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)
