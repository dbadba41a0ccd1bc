"""The imported guidance line by line, with the claims that each states."""

from dataclasses import dataclass

from console.controls.guidance import GuidanceLine, Matching
from console.views.table import Column, Kind, Table
from console.views.text import inert


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceRow:
    """One line."""

    line: GuidanceLine
    text: str
    claims: tuple[str, ...]
    known_by: str
    """`its hash`, `hand` or `nothing`."""


GUIDANCE_COLUMNS: tuple[Column[GuidanceRow], ...] = (
    Column("number", "Line", lambda row: row.line.number, Kind.NUMBER),
    Column("claims", "Claims", lambda row: ", ".join(row.claims) or "none"),
    Column("known_by", "Known by", lambda row: row.known_by),
    Column("text", "Text", lambda row: row.text),
)


def guidance_table(matching: Matching) -> Table[GuidanceRow]:
    """Build one row for each line, in the order of the text."""
    stated: dict[int, list[str]] = {}
    for claim, lines in matching.by_claim.items():
        for line in lines:
            stated.setdefault(line.number, []).append(claim)
    unknown = {line.number for line in matching.unmatched}
    rows = tuple(
        GuidanceRow(
            line=line,
            text=inert(line.text),
            claims=tuple(sorted(stated.get(line.number, ()))),
            known_by=_known_by(line.number, matching.mapped, unknown),
        )
        for line in matching.edition.lines
    )
    return Table(GUIDANCE_COLUMNS, rows)


def _known_by(number: int, mapped: frozenset[int], unknown: set[int]) -> str:
    if number in mapped:
        return "hand"
    return "nothing" if number in unknown else "its hash"
