"""What was seen at AWS and what was not: facts, gaps, and the snapshot that holds both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from console.domain.refresh import Refresh, Step
from console.domain.scope import Scope

Payload = Mapping[str, Any]
"""One thing as AWS described it, in JSON types, unrenamed."""


class GapReason(StrEnum):
    """Why a scope could not be seen whole."""

    DENIED = "denied"
    """The credentials lack a permission, or the reader role could not be assumed."""
    EXPIRED = "sign-in expired"
    """The credentials ran out and could not be renewed."""
    THROTTLED = "throttled"
    """AWS asked us to slow down until the tries were used up."""
    MALFORMED = "malformed answer"
    """AWS's answer was cut short, was not JSON or XML, or lacked a required member."""
    UNREACHABLE = "connection failed"
    """No answer came: time-out, cut connection, unknown host."""
    FAILED = "failed"
    """AWS answered with another error."""
    REGION_NOT_ENABLED = "region not enabled"
    """The account has not enabled the Region."""
    SDK_TOO_OLD = "sdk too old"
    """This build's AWS SDK does not know the operation."""
    NOT_ATTEMPTED = "not attempted"
    """The refresh ended before this scope's turn."""
    ERASED = "erased"
    """It was seen, and its body was erased since; a tombstone in the ledger gives the basis."""
    WITHHELD = "withheld"
    """It was seen, and the pack that is being read does not show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a statement comes from: enough for another person to ask AWS the same question."""

    operation: str
    """Service prefix and operation, such as `bedrock:GetGuardrail`; empty if no call was made."""
    parameters: str
    """The request's parameters in canonical JSON."""
    request_id: str
    """AWS's id of the answer; empty if none came."""
    caller: str
    """ARN of the caller, as `sts:GetCallerIdentity` gives it; empty if not known."""
    observed_at: str
    """RFC 3339, UTC."""
    botocore: str
    """Version of botocore; an old one drops members it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one AWS call said about one thing, verbatim."""

    kind: str
    """`<service>.<thing>`."""
    key: str
    """What AWS calls the thing: an ARN where there is one. Unique within kind and scope."""
    scope: Scope
    payload: Payload
    provenance: Provenance
    sequence: int = 0
    """The observation's number in the store; 0 before it is stored."""
    basis: str = ""
    """Why this stands although AWS was not asked about it in this refresh; empty if it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What could not be seen, and why: all of a kind in a scope, or one thing of it."""

    kind: str
    scope: Scope
    key: str = ""
    """What AWS calls the one thing that could not be seen, beside others that could; empty for the whole scope."""
    reason: GapReason
    detail: str
    """AWS's own words, or ours where AWS gave none."""
    provenance: Provenance
    sequence: int = 0
    basis: str = ""
    """As of a fact."""


class Snapshot(Protocol):
    """One refresh, read-only.

    Every planned scope of every kind is facts (perhaps none) beside gaps of single things, or one gap for all of it.
    """

    @property
    def refresh(self) -> Refresh:
        """The refresh that this snapshot is."""
        ...

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        """Return the facts of a kind, of one scope or of all, ordered by scope and key."""
        ...

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        """Return the gaps, of one kind and scope or of all, ordered by kind, scope and key."""
        ...

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        """Return the plan: each scope of each kind that was to be read, and how it ended."""
        ...
