"""A refresh: its plan, its progress and its end."""

from dataclasses import dataclass, field
from enum import StrEnum

from console.domain.scope import Scope
from console.domain.selection import EVERYTHING, Selection


class RefreshState(StrEnum):
    """How far a refresh came."""

    RUNNING = "running"
    """Under way, or broken off without a word: what is stored of it can be resumed."""
    COMPLETE = "complete"
    """Every planned scope is facts or a gap."""
    CANCELLED = "cancelled"
    """Stopped on purpose; what was not read is a gap, `not attempted`."""


class StepState(StrEnum):
    """How one planned scope of one kind ended."""

    PENDING = "pending"
    READ = "read"
    """Read to its end; there may be no facts, which then is a statement."""
    GAP = "gap"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One kind of fact to be read in one scope."""

    kind: str
    scope: Scope
    state: StepState = StepState.PENDING
    facts: int = 0
    carried_from: int = 0
    """The earlier refresh that asked AWS; 0 if this one did."""
    first: int = field(default=0, compare=False)
    """Number of its first observation; the others follow. 0 if there is none."""
    said: int | None = field(default=None, compare=False)
    """Equal for steps in the same place that say the same: the first observation that said so, or 0 for nothing.

    None where that cannot be told.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """One reading of the organisation."""

    id: int
    started_at: str
    """RFC 3339, UTC."""
    finished_at: str
    """RFC 3339, UTC; empty while running."""
    state: RefreshState
    caller: str
    """ARN that started it."""
    organisation_id: str
    """`o-…`; empty if the organisation could not be read."""
    botocore: str
    tool_version: str
    content_root: str
    """Merkle root (RFC 9162, hexadecimal) over what was seen, without times and salts: equal estates give
    equal roots. Empty while running."""
    selection: Selection = EVERYTHING
    """The part that was to be read; what is outside it was taken over from earlier refreshes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a refresh is, as said to a person or a machine."""

    done: int
    """Steps that ended."""
    planned: int
    accounts_done: int
    accounts: int
    accounts_planned: int
    """Accounts whose steps are all known; the others will add more."""
    calls: int
    """AWS calls made so far, retries included."""
    gaps: int
    elapsed_seconds: float
    doing: str
    """What is being read now, in words."""
