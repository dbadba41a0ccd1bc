"""Fakes by port: they hold data and record nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.refresh import Refresh, RefreshState, Step, StepState
from console.domain.scope import Scope

LONDON = Scope("111122223333", "eu-west-2")
NOW = "2026-11-23T09:14:00.000Z"


def provenance(operation: str = "bedrock:GetGuardrail", **changes: str) -> Provenance:
    """Make a provenance in which every member says something."""
    made = Provenance(
        operation=operation,
        parameters="{}",
        request_id="11111111-2222-3333-4444-555555555555",
        caller="arn:aws:sts::111122223333:assumed-role/BedrockConsoleReader/officer",
        observed_at=NOW,
        botocore="1.44.5",
    )
    return replace(made, **changes)


def fact(kind: str, key: str, payload: Mapping[str, Any], scope: Scope = LONDON, sequence: int = 1) -> Fact:
    """Make a fact."""
    return Fact(kind=kind, key=key, scope=scope, payload=payload, provenance=provenance(), sequence=sequence)


def gap(
    kind: str,
    scope: Scope = LONDON,
    reason: GapReason = GapReason.DENIED,
    sequence: int = 1,
    detail: str = "no",
) -> Gap:
    """Make a gap."""
    return Gap(
        kind=kind, scope=scope, reason=reason, detail=detail, provenance=provenance(), sequence=sequence
    )


REFRESH = Refresh(
    id=1,
    started_at=NOW,
    finished_at=NOW,
    state=RefreshState.COMPLETE,
    caller="arn:aws:sts::111122223333:assumed-role/Auditor/officer",
    organisation_id="o-abc1234567",
    botocore="1.44.5",
    tool_version="0.1.0",
    content_root="00" * 32,
)


@dataclass
class FakeSnapshot:
    """A snapshot of given facts and gaps; a scope read to the end without facts is listed in `empty`."""

    known: Sequence[Fact] = ()
    missing: Sequence[Gap] = ()
    empty: Sequence[tuple[str, Scope]] = ()
    refresh: Refresh = field(default=REFRESH)

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        found = [each for each in self.known if each.kind == kind and scope in (None, each.scope)]
        return sorted(found, key=lambda each: (each.scope, each.key))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        found = [each for each in self.missing if kind in (None, each.kind) and scope in (None, each.scope)]
        return sorted(found, key=lambda each: (each.kind, each.scope))

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        counted: dict[tuple[str, Scope], int] = {}
        for each in self.known:
            counted[each.kind, each.scope] = counted.get((each.kind, each.scope), 0) + 1
        found = [Step(kind_, scope, StepState.READ, count) for (kind_, scope), count in counted.items()]
        found += [Step(kind_, scope, StepState.READ, 0) for kind_, scope in self.empty]
        found += [Step(each.kind, each.scope, StepState.GAP, 0) for each in self.missing if not each.key]
        planned = {(each.kind, each.scope) for each in found}
        partly = {(each.kind, each.scope) for each in self.missing if each.key} - planned
        found += [Step(kind_, scope, StepState.READ, 0) for kind_, scope in partly]
        return sorted(each for each in found if kind in (None, each.kind))
