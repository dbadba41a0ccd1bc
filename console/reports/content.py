"""All that a pack says, before it is written in any form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.base.settings import PolicySettings
from console.controls.base import Control
from console.controls.frameworks import Framework
from console.domain.evidence import Snapshot
from console.domain.finding import Finding, Verdict
from console.evidence.note import Checkpoint
from console.reports.exhibits import Exhibits
from console.views.claims import ClaimReport, Judged

OPEN = (Verdict.FAIL, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Who made a pack, when, with what and for what."""

    organisation_name: str
    """An officer vouches for it; empty if none did."""
    exported_by: str
    purpose: str
    """One sentence; may be empty."""
    exported_at: str
    """RFC 3339, UTC."""
    tool: str
    """The program and its version."""
    fingerprint: str
    """Of the key that signs, as `ssh-keygen -l` prints it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One refresh, what was concluded from it, and the evidence for both."""

    snapshot: Snapshot
    findings: Sequence[Finding]
    controls: Sequence[Control]
    policy: PolicySettings
    assessed_at: str
    exhibits: Exhibits
    checkpoint: Checkpoint
    inclusion: bytes
    judged: Judged
    """The same with what people did, at the moment of the export."""
    report: ClaimReport
    frameworks: Sequence[Framework]
    deeds: Mapping[str, bytes]
    """What people did as files, by path below `data/`."""
    export: Export


def cited(snapshot: Snapshot, findings: Sequence[Finding]) -> frozenset[int]:
    """Return the observations that the report itself opens: those behind what is open, and every gap."""
    behind = {sequence for each in findings if each.verdict in OPEN for sequence in each.evidence}
    return frozenset(behind.union(gap.sequence for gap in snapshot.gaps()))
