from collections.abc import Iterator

import pytest

from console.base.clock import system_clock
from console.base.settings import AwsSettings
from console.collect.sessions import Sessions
from standin_process import running_standin
from unit.collect.collectors.asking import Asking

_SETTINGS = AwsSettings(attempts=1, connect_seconds=5.0, read_seconds=10.0)
"""One attempt, so that a fault is seen as it is."""


@pytest.fixture(scope="session")
def department() -> Iterator[Asking]:
    """One running department and one pair of sessions for the whole folder."""
    with (
        running_standin(accounts=12, seed=7, is_measured=False) as standin,
        pytest.MonkeyPatch.context() as environment,
    ):
        for name, value in standin.environment.items():
            environment.setenv(name, value)
        sessions = Sessions(_SETTINGS, system_clock)
        sessions.caller()
        environment.undo()
        yield Asking(standin, sessions)


@pytest.fixture
def asking(department: Asking, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    """Ask any collector of a department without faults."""
    for name in ("AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in department.standin.environment.items():
        if name.startswith(("AWS_", "NO_PROXY")):
            monkeypatch.setenv(name, value)
    yield department
    department.standin.control("DELETE", "faults")
