from collections.abc import Iterator

import pytest

from standin_process import RunningStandIn, running_standin


@pytest.fixture(scope="session")
def department() -> Iterator[RunningStandIn]:
    with running_standin(accounts=12, seed=7) as standin:
        yield standin


@pytest.fixture
def standin(department: RunningStandIn) -> Iterator[RunningStandIn]:
    department.control("POST", "reset", {})
    yield department
    department.control("POST", "reset", {})
