import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.evidence.snapshot import StoredSnapshot
from console.services.job import Event
from console.services.standin import Estate
from journeys.estates import FEW, WHOLE, Desk, an_estate, keep_desk, kept_desk, new_desk
from sharing import made_once


@dataclass(frozen=True)
class Reading:
    """The whole estate, read once for everybody who only looks; it runs no more."""

    desk: Desk
    events: list[Event]
    requests: list[dict[str, Any]]
    """What the stand-in was asked meanwhile."""
    snapshot: StoredSnapshot


def read(accounts: int, folder: Path) -> None:
    """Read an estate into a folder, and write down what was said and asked."""
    with an_estate(accounts) as estate:
        desk = new_desk(estate, folder)
        desk.control("DELETE", "requests")
        said = {"events": desk.refresh(), "requests": desk.control("GET", "requests")}
        keep_desk(desk, folder)
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    folder = made_once(tmp_path_factory, "whole", lambda to: read(WHOLE, to))
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    desk = kept_desk(folder)
    with desk.snapshot() as snapshot:
        yield Reading(desk, said["events"], said["requests"], snapshot)


@pytest.fixture(scope="session")
def estate() -> Iterator[Estate]:
    with an_estate(FEW) as estate:
        yield estate


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredSnapshot]:
    """The small estate as an undisturbed refresh sees it."""
    folder = made_once(tmp_path_factory, "few", lambda to: read(FEW, to))
    with kept_desk(folder).snapshot() as snapshot:
        yield snapshot


@pytest.fixture
def desk(estate: Estate, tmp_path: Path) -> Iterator[Desk]:
    with undone(new_desk(estate, tmp_path)) as desk:
        yield desk


@pytest.fixture
def read_desk(estate: Estate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that has read the small estate once, undisturbed."""
    folder = made_once(tmp_path_factory, "few", lambda to: read(FEW, to))
    with undone(kept_desk(folder, estate)) as desk:
        yield desk


@contextmanager
def undone(desk: Desk) -> Iterator[Desk]:
    """Yield a desk, and put right again what a test did to the estate."""
    yield desk
    desk.control("DELETE", "faults")
    desk.control("POST", "latency", {"ms": 0})
