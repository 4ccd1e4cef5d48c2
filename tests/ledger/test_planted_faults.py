"""Each fault that is planted in the rules or the actions breaks a promise before long."""

import pytest

from tests.ledger.faults import AT_PLACES, FAULTS
from tests.ledger.machine import LENGTH, ConsentMachine, run, world_of
from tests.ledger.places import PlacesMachine

pytestmark = pytest.mark.once  # as in test_consent_holds
MOST_TO_FIND = 5_000  # steps, for one fault


@pytest.mark.parametrize("plant", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(school, monkeypatch, record_property, plant):
    world = world_of(school)
    plant(monkeypatch)
    machine = PlacesMachine if plant in AT_PLACES else ConsentMachine
    with pytest.raises(AssertionError):
        run(machine, world, MOST_TO_FIND // LENGTH, derandomize=True)
    record_property("steps to find", world.steps)
