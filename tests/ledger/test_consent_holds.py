"""Whatever happens in a school, consent holds."""

import pytest

from tests.ledger.machine import LENGTH, run, world_of
from tests.ledger.places import PlacesMachine

pytestmark = pytest.mark.once  # what counts is weighed in Python; the races try each database
STEPS = 50_000


def test_no_step_of_many_breaks_a_promise(school, record_property):
    world = world_of(school)
    while world.steps < STEPS:
        run(PlacesMachine, world, 1 + (STEPS - world.steps) // LENGTH)
    record_property("figure", f"{world.steps} steps in {world.runs} runs broke no promise")
