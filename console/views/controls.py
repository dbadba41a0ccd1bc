"""The catalogue of controls: what each asks, how it came out, and what it serves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.controls.base import Control
from console.controls.frameworks import Framework, entries_of_claims
from console.domain.finding import Finding, Severity, Verdict
from console.views.table import Column, Kind, Table

_SEVERITIES = {each: rank for rank, each in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One control with its counts and what it serves."""

    control: Control
    counts: Mapping[Verdict, int]
    entries: tuple[str, ...]
    """Entries of frameworks, by way of its claims, such as `ncsc-csp 2.1`."""
    evidence: tuple[int, ...]


CATALOGUE_COLUMNS: tuple[Column[CatalogueRow], ...] = (
    Column("control", "Control", lambda row: row.control.id),
    Column("title", "What should be true", lambda row: row.control.title),
    Column("severity", "Severity", lambda row: row.control.severity.value, Kind.SEVERITY),
    Column("fail", "Failing", lambda row: row.counts[Verdict.FAIL], Kind.NUMBER),
    Column("unknown", "Unknown", lambda row: row.counts[Verdict.UNKNOWN], Kind.NUMBER),
    Column("pass", "Passing", lambda row: row.counts[Verdict.PASS], Kind.NUMBER),
    Column("not_applicable", "Not applicable", lambda row: row.counts[Verdict.NOT_APPLICABLE], Kind.NUMBER),
    Column("claims", "Claims", lambda row: ", ".join(row.control.claims) or "none"),
    Column("entries", "Framework entries", lambda row: len(row.entries), Kind.NUMBER),
)


def catalogue_table(
    findings: Iterable[Finding], controls: Sequence[Control], frameworks: Sequence[Framework]
) -> Table[CatalogueRow]:
    """Build one row for each control, in the order of severity and id."""
    counts: dict[str, Counter[Verdict]] = {}
    behind: dict[str, list[int]] = {}
    for each in findings:
        counts.setdefault(each.control_id, Counter())[each.verdict] += 1
        behind.setdefault(each.control_id, []).extend(each.evidence)
    served = entries_of_claims(frameworks)
    rows = [
        CatalogueRow(
            control=control,
            counts=counts.get(control.id, Counter[Verdict]()),
            entries=tuple(
                dict.fromkeys(
                    f"{framework.id} {entry.id}"
                    for claim in control.claims
                    for framework, entry in served.get(claim, ())
                )
            ),
            evidence=tuple(dict.fromkeys(behind.get(control.id, ()))),
        )
        for control in controls
    ]
    rows.sort(key=lambda row: (_SEVERITIES[row.control.severity], row.control.id))
    return Table(CATALOGUE_COLUMNS, tuple(rows), evidence=lambda row: row.evidence)
