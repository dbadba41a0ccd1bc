"""Judge a snapshot with every control, and keep what was concluded."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from console.base.canonical import canonical
from console.base.clock import stamp
from console.base.registry import discover
from console.base.settings import PolicySettings
from console.controls.base import Control, assess_all
from console.domain.evidence import Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Refresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What all controls concluded about one refresh, and what was held against it."""

    refresh: Refresh
    findings: tuple[Finding, ...]
    """In the order of control, account and Region."""
    assessed_at: str
    """RFC 3339, UTC."""
    policy: PolicySettings


class AssessmentStore(Protocol):
    """Where an assessment is kept."""

    def save_assessment(
        self, refresh_id: int, assessed_at: str, policy_json: str, findings: Sequence[Finding]
    ) -> int:
        """Keep it and return its number."""
        ...


def discover_controls() -> tuple[Control, ...]:
    """Return every control of this build, in the order of ids."""
    return tuple(
        sorted(discover("console.controls.catalog", "CONTROL", Control), key=lambda control: control.id)
    )


def assess_snapshot(
    snapshot: Snapshot, controls: Sequence[Control], policy: PolicySettings, now: datetime
) -> Assessment:
    """Put every control to the snapshot; equal evidence, policy and time give an equal assessment."""
    findings = sorted(assess_all(controls, snapshot, policy), key=_order)
    return Assessment(
        refresh=snapshot.refresh, findings=tuple(findings), assessed_at=stamp(now), policy=policy
    )


def save_assessment(store: AssessmentStore, assessment: Assessment) -> int:
    """Keep an assessment with the policy that it was made under."""
    return store.save_assessment(
        assessment.refresh.id, assessment.assessed_at, policy_json(assessment.policy), assessment.findings
    )


def policy_json(policy: PolicySettings) -> str:
    """Return the policy in canonical JSON."""
    return canonical(dataclasses.asdict(policy)).decode()


def policy_of(text: str) -> PolicySettings:
    """Read what `policy_json` wrote."""
    members: dict[str, Any] = json.loads(text)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in members.items()
    }
    return PolicySettings(**values)


def _order(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.control_id, finding.scope.account_id, finding.scope.region, finding.subject)
