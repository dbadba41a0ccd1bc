"""What a refresh and its assessment come to, in a form for machines and for the terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.evidence import Snapshot
from console.domain.finding import Finding, Severity, Verdict
from console.domain.refresh import StepState

Summary = dict[str, Any]


def summarise(snapshot: Snapshot, findings: Sequence[Finding]) -> Summary:
    """Return counts of scopes, gaps by reason, verdicts, and failures by severity."""
    steps = snapshot.steps()
    states = Counter(step.state for step in steps)
    reasons = Counter(gap.reason.value for gap in snapshot.gaps())
    verdicts = Counter(finding.verdict for finding in findings)
    failures = Counter(finding.severity for finding in findings if finding.verdict is Verdict.FAIL)
    refresh = snapshot.refresh
    return {
        "refresh": {
            "id": refresh.id,
            "state": refresh.state.value,
            "started_at": refresh.started_at,
            "finished_at": refresh.finished_at,
            "organisation_id": refresh.organisation_id,
            "content_root": refresh.content_root,
            "selection": str(refresh.selection),
        },
        "accounts": len(snapshot.facts("organizations.account")),
        "scopes": {
            "planned": len(steps),
            "read": states[StepState.READ],
            "gaps": states[StepState.GAP],
            "carried": sum(bool(step.carried_from) for step in steps),
        },
        "facts": sum(step.facts for step in steps),
        "gaps_by_reason": dict(sorted(reasons.items())),
        "findings": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "failures_by_severity": {severity.value: failures[severity] for severity in Severity},
    }


def planted_outcome(
    planted: Mapping[str, Sequence[Mapping[str, str]]], snapshot: Snapshot, findings: Sequence[Finding]
) -> Summary:
    """Compare findings with what was planted in a demo estate.

    `failings`: each planted failing and whether its control failed there; `denied`: each denied scope and
    whether it ended as a gap with that reason and without a verdict of pass; `unplanted`: failures nobody
    planted.
    """
    failed = [finding for finding in findings if finding.verdict is Verdict.FAIL]
    outcomes = [
        {**each, "found": any(_matches(each, finding) for finding in failed)} for each in planted["failings"]
    ]
    denied = [{**each, "unknown": _is_gap(each, snapshot)} for each in planted["denied"]]
    unplanted = [
        {
            "control": finding.control_id,
            "account": finding.scope.account_id,
            "region": finding.scope.region,
            "subject": finding.subject,
            "because": finding.because,
        }
        for finding in failed
        if not any(_matches(each, finding) for each in planted["failings"])
    ]
    return {"failings": outcomes, "denied": denied, "unplanted": unplanted}


def _matches(planted: Mapping[str, str], finding: Finding) -> bool:
    return (
        planted["control"] == finding.control_id
        and planted["account"] == finding.scope.account_id
        and planted["region"] in ("*", finding.scope.region)
        and planted["subject"] in finding.subject
    )


def _is_gap(denied: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Tell whether every planned step that the entry covers ended as a gap with its reason."""
    covered = [
        step
        for step in snapshot.steps()
        if denied["kind"] in ("*", step.kind)
        and denied["account"] == step.scope.account_id
        and denied["region"] in ("*", step.scope.region)
    ]
    reasons = {
        (gap.kind, gap.scope)
        for gap in snapshot.gaps()
        if gap.reason.value == denied["reason"] and not gap.key
    }
    return bool(covered) and all((step.kind, step.scope) in reasons for step in covered)
