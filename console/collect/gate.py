"""The gate before the wire: nothing but reading leaves, unless the session was made for more, by name."""

from typing import Any

from botocore import xform_name

from console.collect.base import NAMED_READERS, READING_VERBS
from console.collect.errors import RefusedChangeError

BESIDES = frozenset({"s3:HeadBucket", "sts:AssumeRole"})
"""What every session may call although its name does not say that it reads: taking up a role changes nothing, and
botocore asks where a bucket is."""


class Gate:
    """Hears botocore's `before-send` of one client, before whatever sends the request."""

    def __init__(self, service: str, more: frozenset[str]) -> None:
        self._service = service
        self._allowed = BESIDES | more

    def check(self, *, event_name: str, **_: object) -> None:
        """Return if a request may leave; raise `RefusedChangeError` if it does more than read."""
        name = event_name.rpartition(".")[2]
        method = xform_name(name)
        reads = method.startswith(READING_VERBS) or method in NAMED_READERS
        if not reads and f"{self._service}:{name}" not in self._allowed:
            raise RefusedChangeError(f"{self._service}:{name} does more than read")


def gate_of(client: Any, more: frozenset[str]) -> Gate:  # noqa: ANN401 - botocore is untyped
    """Return the gate of a client that may send `more` than what reads: service and operation."""
    return Gate(client.meta.service_model.service_name, more)
