"""CloudTrail's recent events about Bedrock: who called what, from where, and what it was about."""

import json
from dataclasses import dataclass
from typing import Any

from console.domain.evidence import Fact
from console.views.names import when_words
from console.views.text import inert

EVENTS = "cloudtrail.bedrock_event"
_TELLING = 6
"""Characters that the last part of a subject must have to be looked for in an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who called what, when and where."""

    name: str
    at: str
    who: str
    account_id: str
    region: str
    writes: bool
    endpoint: str
    """The VPC endpoint that the call came through; empty if it came over the public endpoint or none is said."""
    answered_in: str
    """The Region that answered, where CloudTrail says that it was another one."""
    text: str
    """All of it, for finding a subject in it."""
    sequence: int

    @classmethod
    def of(cls, fact: Fact) -> "Event":
        """Read an event as CloudTrail handed it over."""
        said = fact.payload
        inner = _object(said.get("CloudTrailEvent")) or dict(said)
        identity = inner.get("userIdentity")
        arn = identity.get("arn", "") if isinstance(identity, dict) else ""
        more = inner.get("additionalEventData")
        read = inner.get("readOnly", said.get("ReadOnly", False))
        return cls(
            name=inert(inner.get("eventName") or said.get("EventName") or ""),
            at=str(inner.get("eventTime") or said.get("EventTime") or ""),
            who=inert(arn or said.get("Username") or "somebody unnamed"),
            account_id=fact.scope.account_id,
            region=str(inner.get("awsRegion") or fact.scope.region),
            writes=str(read).lower() != "true",
            endpoint=inert(inner.get("vpcEndpointId") or ""),
            answered_in=inert(more.get("inferenceRegion") or "") if isinstance(more, dict) else "",
            text=json.dumps(inner, default=str),
            sequence=fact.sequence,
        )

    @property
    def words(self) -> str:
        """Return who called what, and when."""
        return f"{self.who}, {self.name}, {_when(self.at)}"

    def is_about(self, account_id: str, region: str, subject: str) -> bool:
        """Tell whether it happened in a place and names a subject."""
        if (self.account_id, self.region) != (account_id, region):
            return False
        last = subject.rpartition("/")[2].partition(":")[0]
        return subject in self.text or (len(last) >= _TELLING and last in self.text)


def _object(text: object) -> dict[str, Any] | None:
    """Return the event that CloudTrail hands over as a text of JSON; None if there is none."""
    if isinstance(text, dict):
        return text
    try:
        read = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _when(stamp: str) -> str:
    try:
        return when_words(stamp)
    except ValueError:
        return inert(stamp)
