import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from console.base.settings import AwsSettings
from console.collect.sessions import Sessions
from unit.collect.answering import Answer, Server, answering

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Sessions, Server]]]:
    """Return a maker of sessions that reach a server with prepared answers."""
    with ExitStack() as stack:

        def make(
            *answers: Answer, stopped: threading.Event | None = None, **settings: object
        ) -> tuple[Sessions, Server]:
            server = stack.enter_context(answering(*answers))
            for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE"):
                monkeypatch.delenv(name, raising=False)
            monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFFICER")
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
            monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
            chosen = {"attempts": 1, "connect_seconds": 2.0, "read_seconds": 2.0, **settings}
            return Sessions(AwsSettings(**chosen), lambda: NOW, stopped), server

        yield make
