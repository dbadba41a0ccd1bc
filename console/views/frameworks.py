"""Frameworks entry by entry: the claims, controls and attestations that serve each, and where nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.controls.base import Control
from console.controls.claims import serving
from console.controls.frameworks import Entry, Framework
from console.controls.states import ClaimStanding, ClaimState, worst
from console.views.claims import ClaimReport, Unit, evidence_of
from console.views.table import Column, Kind, Table

UNSERVED = "not served"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRow:
    """One entry with what serves it."""

    framework: Framework
    entry: Entry
    state: str
    """The worst state of its claims, or `not served`."""
    controls: tuple[str, ...]
    attestations: tuple[str, ...]
    beneath: tuple[ClaimStanding, ...] = field(repr=False)
    """How its claims stand in each account where they apply."""

    @property
    def serves(self) -> str:
        """Say what serves it, or that nothing does."""
        if not self.entry.claims:
            return "no claim, control or attestation of this console serves it"
        controls = f"{len(self.controls):,} control{'' if len(self.controls) == 1 else 's'}"
        attestations = f"{len(self.attestations):,} attestation{'' if len(self.attestations) == 1 else 's'}"
        return f"{', '.join(self.entry.claims)}: {controls}, {attestations}"


FRAMEWORK_COLUMNS: tuple[Column[FrameworkRow], ...] = (
    Column("state", "State", lambda row: row.state, Kind.STATE),
    Column("framework", "Framework", lambda row: row.framework.name),
    Column("entry", "Entry", lambda row: row.entry.id),
    Column("title", "Title", lambda row: row.entry.title),
    Column("serves", "Served by", lambda row: row.serves),
    Column("verified", "Held against the source", lambda row: "yes" if row.entry.verified else "not yet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a framework is served, and how that stands."""

    framework: Framework
    entries: int
    served: int
    counts: Mapping[str, int]
    """Entries by state."""

    @property
    def sentence(self) -> str:
        """Say it."""
        rest = self.entries - self.served
        said = f"{self.served:,} of {self.entries:,} entries are served by a claim"
        return f"{said}; nothing here serves the other {rest:,}" if rest else said


def frameworks_table(
    frameworks: Sequence[Framework], report: ClaimReport, unit: Unit, controls: Sequence[Control]
) -> Table[FrameworkRow]:
    """Build one row for each entry, in the order of the frameworks."""
    states = report.states(unit)
    by_claim = serving(controls)
    chosen = [report.standings[account] for account in unit.accounts if account in report.standings]
    rows = []
    for framework in frameworks:
        for entry in framework.entries:
            beneath = [each[claim] for each in chosen for claim in entry.claims]
            ids = [control.id for claim in entry.claims for control in by_claim.get(claim, ())]
            attested = [attestation.id for each in beneath for attestation in each.attestations]
            rows.append(
                FrameworkRow(
                    framework=framework,
                    entry=entry,
                    state=worst(states[claim] for claim in entry.claims).value if entry.claims else UNSERVED,
                    controls=tuple(sorted(set(ids))),
                    attestations=tuple(sorted(set(attested))),
                    beneath=tuple(each for each in beneath if each.state is not ClaimState.NOT_APPLICABLE),
                )
            )
    return Table(FRAMEWORK_COLUMNS, tuple(rows), evidence=lambda row: evidence_of(row.beneath))


def coverages(table: Table[FrameworkRow]) -> tuple[Coverage, ...]:
    """Sum a table up, framework by framework."""
    by_framework: dict[str, list[FrameworkRow]] = {}
    for row in table.rows:
        by_framework.setdefault(row.framework.id, []).append(row)
    found = []
    for rows in by_framework.values():
        counts: dict[str, int] = {}
        for row in rows:
            counts[row.state] = counts.get(row.state, 0) + 1
        found.append(
            Coverage(
                framework=rows[0].framework,
                entries=len(rows),
                served=sum(row.state != UNSERVED for row in rows),
                counts=counts,
            )
        )
    return tuple(found)
