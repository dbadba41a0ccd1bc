from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.reports.estate import Estate, make_estate
from unit.reports.tampering import Made


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Return an estate that tests read and export, and do not write to."""
    made = make_estate(tmp_path_factory.mktemp("estate"))
    with made.store:
        yield made


@pytest.fixture(scope="session")
def exported(estate: Estate) -> Path:
    """Return a good pack."""
    return estate.export("good.zip").path


@pytest.fixture
def made(exported: Path, tmp_path: Path) -> Made:
    """Return the files of a good pack, to be changed."""
    return Made.of(exported, tmp_path)
