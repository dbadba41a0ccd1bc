"""Judge a snapshot with every control, and keep what was concluded."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from console.base.canonical import canonical
from console.base.clock import stamp
from console.base.memory import without_collection
from console.base.registry import discover, fingerprint
from console.base.settings import PolicySettings
from console.controls.base import Control
from console.controls.grounds import Grounds
from console.controls.rejudging import Judgement, judge
from console.domain.evidence import Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Refresh, Step
from console.policy.catalogue import edition

if TYPE_CHECKING:
    from console.evidence.reader import StoredAssessment

_CODE = ("console.base", "console.domain", "console.policy", "console.controls")
"""Code that an answer depends on besides evidence and policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What all controls concluded about one refresh, and what was held against it."""

    refresh: Refresh
    findings: tuple[Finding, ...]
    """In the order of control, account and Region."""
    assessed_at: str
    """RFC 3339, UTC."""
    policy: PolicySettings
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    """By control id, what the answers rest on besides the evidence of their own scopes."""
    asked: int = 0
    """How many questions were put; the other answers are those of an earlier assessment."""


class Assessments(Protocol):
    """What was concluded before, and about which evidence."""

    def refreshes(self) -> Sequence[Refresh]:
        """Return every refresh, oldest first."""
        ...

    def steps(self, refresh_id: int) -> Sequence[Step]:
        """Return the plan of a refresh and how it ended."""
        ...

    def assessment(self, refresh_id: int) -> "StoredAssessment | None":
        """Return the newest assessment of a refresh."""
        ...


class AssessmentStore(Protocol):
    """Where an assessment is kept."""

    def save_assessment(
        self,
        refresh_id: int,
        assessed_at: str,
        policy_json: str,
        findings: Sequence[Finding],
        *,
        judged_by: str,
        grounds_json: str,
    ) -> int:
        """Keep it and return its number."""
        ...


def discover_controls() -> tuple[Control, ...]:
    """Return every control of this build, in the order of ids."""
    return tuple(
        sorted(discover("console.controls.catalog", "CONTROL", Control), key=lambda control: control.id)
    )


def assess_snapshot(
    snapshot: Snapshot,
    controls: Sequence[Control],
    policy: PolicySettings,
    now: datetime,
    before: Assessments | None = None,
) -> Assessment:
    """Put every control to the snapshot; equal evidence, policy and time give an equal assessment.

    Where an assessment by this build is among those `before`, only what may have changed since is judged anew.
    """
    with without_collection():
        earlier = _newest(before, snapshot.refresh.id) if before else None
        found = judge(controls, snapshot, policy, earlier)
        findings = tuple(sorted(found.findings, key=_order))
    return Assessment(
        refresh=snapshot.refresh,
        findings=findings,
        assessed_at=stamp(now),
        policy=policy,
        grounds=found.grounds,
        asked=found.asked,
    )


def save_assessment(store: AssessmentStore, assessment: Assessment) -> int:
    """Keep an assessment with the policy that it was made under, and what the next one can begin from."""
    return store.save_assessment(
        assessment.refresh.id,
        assessment.assessed_at,
        policy_json(assessment.policy),
        assessment.findings,
        judged_by=_build(),
        grounds_json=_grounds_json(assessment.grounds),
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


def _newest(before: Assessments, refresh_id: int) -> Judgement | None:
    """Return the newest judgement by this very code up to a refresh; None if there is none, or it cannot be read."""
    sealed = [each.id for each in before.refreshes() if each.id <= refresh_id and each.finished_at]
    for earlier in reversed(sealed[-_MOST_TRIED:]):
        kept = before.assessment(earlier)
        if kept is not None and kept.judged_by == _build():
            return Judgement(
                steps=before.steps(earlier),
                policy=policy_of(kept.policy_json),
                findings=kept.findings,
                grounds=_grounds_of(kept.grounds_json),
            )
    return None


_MOST_TRIED = 3
"""How many refreshes back an assessment is looked for: one that began unjudged, or was cancelled, may lie between."""


def _build() -> str:
    """Return what tells this build's answers from another's."""
    return f"{fingerprint(_CODE)} {edition()}"


def _grounds_json(grounds: Mapping[str, Grounds]) -> str:
    said = {key: [sorted(of.kinds), sorted(of.settings)] for key, of in grounds.items()}
    return canonical(said).decode()


def _grounds_of(text: str) -> dict[str, Grounds]:
    return {key: Grounds(set(kinds), set(settings)) for key, (kinds, settings) in json.loads(text).items()}


def _order(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.control_id, finding.scope.account_id, finding.scope.region, finding.subject)
