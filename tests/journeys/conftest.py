from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.evidence.snapshot import StoredSnapshot
from console.services.job import Event
from console.services.standin import Estate
from journeys.estates import FEW, WHOLE, Desk, an_estate, new_desk


@dataclass(frozen=True)
class Reading:
    """The whole estate, read once for everybody who only looks."""

    desk: Desk
    events: list[Event]
    requests: list[dict[str, Any]]
    """What the stand-in was asked meanwhile."""
    snapshot: StoredSnapshot


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with an_estate(WHOLE) as estate:
        desk = new_desk(estate, tmp_path_factory.mktemp("whole"))
        desk.control("DELETE", "requests")
        events = desk.refresh()
        requests = desk.control("GET", "requests")
    with desk.snapshot() as snapshot:
        yield Reading(desk, events, requests, snapshot)


@pytest.fixture(scope="session")
def estate() -> Iterator[Estate]:
    with an_estate(FEW) as estate:
        yield estate


@pytest.fixture(scope="session")
def undisturbed(estate: Estate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredSnapshot]:
    """The small estate as an undisturbed refresh sees it."""
    desk = new_desk(estate, tmp_path_factory.mktemp("undisturbed"))
    desk.refresh()
    with desk.snapshot() as snapshot:
        yield snapshot


@pytest.fixture
def desk(estate: Estate, tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(estate, tmp_path)
    yield desk
    desk.control("DELETE", "faults")
    desk.control("POST", "latency", {"ms": 0})
