from collections.abc import Iterator
from pathlib import Path

import pytest

from console.services.standin import Estate
from journeys.estates import Desk, an_estate, new_desk


@pytest.fixture(scope="session")
def estate() -> Iterator[Estate]:
    with an_estate() as estate:
        yield estate


@pytest.fixture
def desk(estate: Estate, tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(estate, tmp_path)
    yield desk
    desk.control("DELETE", "faults")
    desk.control("POST", "latency", {"ms": 0})
