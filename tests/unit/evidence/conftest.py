"""One new store, closed again whatever a test did with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import stores
from console.evidence.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with stores.create(path) as made:
        yield made
