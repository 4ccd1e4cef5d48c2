"""Whatever happens in a school, consent holds."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger.faults import FAULTS
from tests.ledger.machine import ConsentMachine, world_of

pytestmark = pytest.mark.once  # what counts is weighed in Python; the races try each database
STEPS, LENGTH = 25_000, 100
MOST_TO_FIND = 5_000  # steps, for one fault

QUIET = settings(
    deadline=None,
    database=None,
    stateful_step_count=LENGTH,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


def run(world, examples, **more):
    run_state_machine_as_test(
        lambda: ConsentMachine(world), settings=settings(QUIET, max_examples=examples, **more)
    )


def test_no_step_of_many_breaks_a_promise(school, record_property):
    world = world_of(school)
    while world.steps < STEPS:
        run(world, 1 + (STEPS - world.steps) // LENGTH)
    record_property("figure", f"{world.steps} steps in {world.runs} runs broke no promise")


@pytest.mark.parametrize("plant", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(school, monkeypatch, record_property, plant):
    world = world_of(school)
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run(world, MOST_TO_FIND // LENGTH, derandomize=True)
    record_property("steps to find", world.steps)
