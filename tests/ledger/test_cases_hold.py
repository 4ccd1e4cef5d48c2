"""Whatever is done with cases, what was promised holds; and planted faults are found."""

from datetime import date

import pytest
from hypothesis import settings

from tests.ledger.case_faults import FAULTS
from tests.ledger.cases import CaseMachine, staffroom_of
from tests.ledger.machine import QUIET, run_state_machine_as_test

pytestmark = pytest.mark.once  # as in test_consent_holds
OVER = {date(2027, 3, 29), date(2027, 8, 30), date(2027, 10, 31)}
LENGTH, RUNS, MOST_RUNS = 100, 12, 12


def run(world, runs, **more):
    run_state_machine_as_test(
        lambda: CaseMachine(world),
        settings=settings(QUIET, stateful_step_count=LENGTH, max_examples=runs, **more),
    )


def test_no_step_of_many_breaks_a_promise(school, record_property):
    world = staffroom_of(school)
    run(world, RUNS, derandomize=True)
    assert world.closed, "no case was ever closed: the machine says nothing about closing"
    assert world.weighed >= OVER, "no clock went over Easter, August or the change of the clock"
    record_property("figure", f"{world.steps} steps broke no promise; {world.closed} cases closed")


@pytest.mark.parametrize("plant", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(school, monkeypatch, record_property, plant):
    world = staffroom_of(school)
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run(world, MOST_RUNS, derandomize=True)
    record_property("steps to find", world.steps)
