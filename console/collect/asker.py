"""Reading one step of a plan: by this process, or by whoever else keeps to the same protocol."""

from typing import Protocol

from console.collect.base import Collector
from console.collect.errors import FAILURES
from console.collect.identity import Identity
from console.collect.runner import Collected, Needed, collect, gap_of
from console.collect.sessions import Sessions
from console.domain.scope import GLOBAL, Scope


class Asker(Protocol):
    """Whoever asks AWS."""

    def ask(self, collector: Collector, scope: Scope, identity: Identity, needed: Needed) -> Collected:
        """Return what came of a step; raise `StoppedError` if the refresh was stopped before that was known."""

    @property
    def requests(self) -> int:
        """How many requests were sent so far, retries included."""


class OwnAsker:
    """Asks in the calling thread; safe to share between threads."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @property
    def requests(self) -> int:
        """How many requests the sessions sent, for whatever reason."""
        return self._sessions.calls.requests

    def ask(self, collector: Collector, scope: Scope, identity: Identity, needed: Needed) -> Collected:
        """Return what came of a step."""
        calls = self._sessions.calls
        try:
            region = self._sessions.home_of(collector.service) if scope.region == GLOBAL else scope.region
            client = self._sessions.client(collector.service, region)
        except FAILURES as error:
            return self.could_not(error, collector, scope, identity)
        with self._sessions.acting_as(identity):
            return collect(collector, client, scope, identity.arn, calls, needed)

    def could_not(
        self, error: Exception, collector: Collector, scope: Scope, identity: Identity
    ) -> Collected:
        """Return what a failure before the first call makes of a step."""
        calls = self._sessions.calls
        calls.forget()
        return Collected(gaps=(gap_of(error, collector.kind, scope, identity.arn, calls),))
