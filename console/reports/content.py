"""All that a pack says, before it is written in any form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.base.settings import PolicySettings
from console.controls.base import Control
from console.controls.frameworks import Framework
from console.domain.evidence import Snapshot
from console.domain.finding import Finding, Verdict
from console.evidence.note import Checkpoint
from console.reports.exhibits import Exhibits
from console.reports.redaction_rules import Profile
from console.reports.scope import PackScope
from console.views.changes import ChangeRow
from console.views.claims import ClaimReport, Judged

OPEN = (Verdict.FAIL, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Whose pack it is, made with what and for what; who made it and when stands beside it, in the signatures."""

    organisation_name: str
    """An officer vouches for it; empty if none did."""
    purpose: str
    """One sentence; may be empty."""
    tool: str
    """The program and its version."""
    fingerprint: str
    """Of the key that keeps the ledger and signs first, as `ssh-keygen -l` prints it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The last pack of the same scope: what the first page compares with."""

    pack_id: str
    as_of: str
    claims: Mapping[str, str]
    """Each claim's state then, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One refresh, or a part of it, what was concluded from it, and the evidence for both."""

    scope: PackScope
    profile: Profile
    as_of: str
    """The moment that the pack speaks of: the end of the reading, or the last deed if that is newer. RFC 3339, UTC."""
    snapshot: Snapshot
    findings: Sequence[Finding]
    controls: Sequence[Control]
    policy: PolicySettings
    exhibits: Exhibits
    checkpoint: Checkpoint
    inclusion: bytes
    consistency: bytes
    """Every earlier checkpoint, and the proofs that this one extends them."""
    judged: Judged
    """The same with what people did, at that moment."""
    report: ClaimReport
    frameworks: Sequence[Framework]
    deeds: Mapping[str, bytes]
    """What people did as files, by path below `data/`."""
    redactions: Callable[[], bytes]
    """Returns what was replaced, where and why, with commitments; empty if nothing may be. To be asked last."""
    changed: Sequence[ChangeRow]
    """Findings that are not what they were in the reading compared with."""
    compared_with: str
    """When that reading ended; empty if there was none."""
    before: Before | None
    export: Export


def cited(snapshot: Snapshot, findings: Sequence[Finding]) -> frozenset[int]:
    """Return the observations that the report itself opens: those behind what is open, and every gap."""
    behind = {sequence for each in findings if each.verdict in OPEN for sequence in each.evidence}
    return frozenset(behind.union(gap.sequence for gap in snapshot.gaps()))
