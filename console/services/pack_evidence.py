"""What a pack holds, read back as the values that the window works with."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.controls.base import Control, Grain, Severity, Verdict
from console.domain.deed import Deed, DeedKind
from console.domain.evidence import Fact, Gap, GapReason, Provenance, Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Refresh, RefreshState, Step, StepState
from console.domain.scope import Scope
from console.domain.selection import Selection
from console.evidence.records import DEED_KIND, FACT, GAP
from console.reports import layout
from console.reports.exhibits import Exhibit
from console.reports.opened import OpenPack
from console.services import attesting


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSnapshot:
    """The reading that a pack holds."""

    refresh: Refresh
    by_kind: Mapping[str, tuple[Fact, ...]]
    missing: tuple[Gap, ...]
    plan: tuple[Step, ...]

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        """Return the facts of a kind, of one scope or of all, ordered by scope and key."""
        return tuple(each for each in self.by_kind.get(kind, ()) if scope in (None, each.scope))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        """Return the gaps, of one kind and scope or of all."""
        return tuple(
            each for each in self.missing if kind in (None, each.kind) and scope in (None, each.scope)
        )

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        """Return the plan, as far as it is in the pack."""
        return tuple(each for each in self.plan if kind in (None, each.kind))


def refresh_of(said: Mapping[str, Any]) -> Refresh:
    """Return the refresh that an assessment is of."""
    selection = Selection(**{name: tuple(values) for name, values in said["selection"].items()})
    values = {**said, "state": RefreshState(said["state"]), "selection": selection}
    return Refresh(**values)


def snapshot_of(
    refresh: Refresh, steps: Iterable[Sequence[Any]], observations: Iterable[Fact | Gap]
) -> PackSnapshot:
    """Put a reading together from its plan and its observations."""
    by_kind: dict[str, list[Fact]] = {}
    missing: list[Gap] = []
    for seen in observations:
        if seen.kind.startswith(DEED_KIND):
            continue
        if isinstance(seen, Gap):
            missing.append(seen)
        else:
            by_kind.setdefault(seen.kind, []).append(seen)
    return PackSnapshot(
        refresh=refresh,
        by_kind={
            kind: tuple(sorted(facts, key=lambda each: (each.scope, each.sequence)))
            for kind, facts in by_kind.items()
        },
        missing=tuple(sorted(missing, key=lambda each: (each.kind, each.scope, each.key))),
        plan=tuple(
            Step(kind, Scope(account, region), StepState(state), facts)
            for kind, account, region, state, facts in steps
        ),
    )


def counted(snapshot: Snapshot) -> dict[StepState, int]:
    """Count the scopes by how they ended."""
    states = [step.state for step in snapshot.steps()]
    return {state: states.count(state) for state in set(states)}


def observation_of(exhibit: Exhibit) -> Fact | Gap | None:
    """Return the fact or gap of a line; a fact that is not shown is a gap that says why. None for any other entry."""
    said = exhibit.statement
    if said.get("type") not in (FACT, GAP):
        return None
    common: dict[str, Any] = {
        "kind": str(said["kind"]),
        "key": str(said["key"]),
        "scope": Scope(str(said["account_id"]), str(said["region"])),
        "provenance": _provenance(said),
        "sequence": int(said["sequence"]),
        "basis": str(said.get("basis", "")),
    }
    if said["type"] == FACT and exhibit.body is not None:
        return Fact(**common, payload=json.loads(exhibit.body))
    if said["type"] == FACT:
        reason = GapReason.WITHHELD if exhibit.is_withheld else GapReason.ERASED
        return Gap(**common, reason=reason, detail=f"its content is {reason.value}")
    detail = json.loads(exhibit.body)["detail"] if exhibit.body is not None else "not shown in this pack"
    return Gap(**common, reason=GapReason(str(said["reason"])), detail=str(detail))


def _provenance(said: Mapping[str, str | int]) -> Provenance:
    names = ("operation", "parameters", "request_id", "caller", "observed_at", "botocore")
    return Provenance(**{name: str(said.get(name, "")) for name in names})


def deeds_of(pack: OpenPack) -> tuple[list[Deed], dict[int, str]]:
    """Return the deeds that the pack shows, and of redacted ones what it says of their signatures."""
    if not pack.has_data(layout.DEEDS):
        return [], {}
    deeds: list[Deed] = []
    problems: dict[int, str] = {}
    for exhibit in pack.lines(layout.DEEDS):
        said = exhibit.statement
        if exhibit.body is None:
            continue
        number = int(said["sequence"])
        if exhibit.is_redacted and "signature" in said:
            problems[number] = "" if said["signature"] == "good" else str(said["signature"])
        deeds.append(
            Deed(
                kind=DeedKind(str(said["key"])),
                by=str(said["caller"]),
                at=str(said["observed_at"]),
                body=json.loads(exhibit.body),
                sequence=number,
            )
        )
    return deeds, problems


def problem_of(deed: Deed, problems: Mapping[int, str]) -> str:
    """Return why a signed deed does not count: as the pack says where it is redacted, and else as it is found here."""
    return problems[deed.sequence] if deed.sequence in problems else attesting.verify_deed(deed)


def fact_of(deed: Deed) -> Fact:
    """Return a deed as it is opened beside what AWS said."""
    said = Provenance(
        operation="", parameters="{}", request_id="", caller=deed.by, observed_at=deed.at, botocore=""
    )
    names = [deed.body.get(name) for name in ("id", "attestation", "exception", "subject")]
    return Fact(
        kind=f"{DEED_KIND}{deed.kind.value}",
        key=next((each for each in names if isinstance(each, str) and each), ""),
        scope=Scope(""),
        payload=deed.body,
        provenance=said,
        sequence=deed.sequence,
    )


def finding_of(said: Mapping[str, Any]) -> Finding:
    """Return a finding as it was written."""
    return Finding(
        control_id=said["control"],
        severity=Severity(said["severity"]),
        subject=said["subject"],
        scope=Scope(said["account_id"], said["region"]),
        verdict=Verdict(said["verdict"]),
        because=said["because"],
        evidence=tuple(said["evidence"]),
    )


def control_of(said: Mapping[str, Any]) -> Control:
    """Return a control as the pack was judged with it; it is not put again."""
    return Control(
        id=said["id"],
        title=said["title"],
        severity=Severity(said["severity"]),
        grain=Grain(said["grain"]),
        reads=tuple(said["reads"]),
        rationale=said["rationale"],
        remedy=said["remedy"],
        references=tuple(said["references"]),
        claims=tuple(said["claims"]),
        check=lambda _question: (),
        nothing=(Verdict.UNKNOWN, "a pack is not judged again"),
    )
