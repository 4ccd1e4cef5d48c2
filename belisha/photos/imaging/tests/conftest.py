from collections.abc import Iterator

import pytest

from belisha.photos.imaging.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as started:
        yield started
