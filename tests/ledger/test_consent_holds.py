"""Whatever happens in a school, consent holds."""

import pytest

from tests.ledger.machine import LENGTH, run, world_of
from tests.ledger.places import ClipMachine, PlacesMachine

pytestmark = pytest.mark.once  # what counts is weighed in Python; the races try each database
STEPS, WITH_A_CLIP = 45_500, 4_500  # together at least fifty thousand


@pytest.mark.parametrize(("machine", "steps"), [(PlacesMachine, STEPS), (ClipMachine, WITH_A_CLIP)])
def test_no_step_of_many_breaks_a_promise(school, record_property, machine, steps):
    world = world_of(school)
    while world.steps < steps:
        run(machine, world, 1 + (steps - world.steps) // LENGTH)
    record_property("figure", f"{world.steps} steps in {world.runs} runs broke no promise")
