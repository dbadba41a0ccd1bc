"""What a collector declares. The runner does everything else: errors, retries, provenance, storing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from console.domain.evidence import Payload

Fetch = Callable[[Any], Iterator[Payload]]
"""Given a client of the declared service, yields what AWS said, one thing at a time."""


class Reach(Enum):
    """Where a collector runs."""

    ORGANISATION = "organisation"
    """Once, with the caller's own credentials, in the account that may read AWS Organizations."""
    ACCOUNT = "account"
    """Once in every account; the scope's Region is `global`."""
    REGION = "region"
    """Once in every enabled Region of every account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """One kind of fact and how it is read."""

    kind: str
    """`<service>.<thing>`."""
    title: str
    """What it is to an officer, in the plural: "Guardrails (every version)"."""
    service: str
    """botocore's service name, for the client."""
    reach: Reach
    actions: tuple[str, ...]
    """IAM actions that `fetch` needs; only those that read."""
    key: str | Callable[[Payload], str]
    """The payload's member that names the thing, or a function of the payload."""
    fetch: Fetch

    def key_of(self, payload: Payload) -> str:
        """Return what AWS calls the thing that `payload` describes."""
        return str(payload[self.key]) if isinstance(self.key, str) else self.key(payload)
