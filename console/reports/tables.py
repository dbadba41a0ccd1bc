"""Every table of a pack, once: written as CSV, and together as one workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from console.reports import layout
from console.reports.content import Content
from console.reports.exhibits import Exhibits
from console.reports.people import claim_rows, framework_rows
from console.views.accounts import accounts_table
from console.views.changes import CHANGE_COLUMNS
from console.views.duties import attestations_table, exceptions_table, remarks_table
from console.views.findings import DUTY_COLUMNS, FINDING_COLUMNS, Work, findings_table
from console.views.names import account_names
from console.views.overview import gaps_table
from console.views.table import Cell, Table

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PackTable:
    """One table: its file, its name for people, and its cells."""

    file: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def pack_tables(content: Content) -> tuple[PackTable, ...]:
    """Return the tables, those that ask for attention first."""
    return (_findings(content), *_claims(content), *_changes(content), *_people(content), *_places(content))


def _findings(content: Content) -> PackTable:
    work = Work(duties=content.judged.duties, today=content.judged.rules.today)
    names = account_names(content.snapshot)
    columns = (*FINDING_COLUMNS, *DUTY_COLUMNS)
    return _of(
        layout.FINDINGS,
        "Findings",
        findings_table(content.findings, content.controls, names, work, columns),
        ("Observations", lambda row: _numbers(row.finding.evidence)),
        ("Evidence", lambda row: _where(content.exhibits, row.finding.evidence)),
    )


def _claims(content: Content) -> tuple[PackTable, ...]:
    heads, rows = claim_rows(content)
    return (PackTable(layout.CLAIMS, "Claims", heads, tuple(rows)),)


def _changes(content: Content) -> tuple[PackTable, ...]:
    table = Table(CHANGE_COLUMNS, tuple(content.changed))
    return (_of(layout.CHANGES, "Changes", table),)


def _people(content: Content) -> tuple[PackTable, ...]:
    duties, rules = content.judged.duties, content.judged.rules
    return (
        _of(
            layout.ATTESTATIONS,
            "Attestations",
            attestations_table(duties, rules),
            ("SHA-256 of the document", lambda row: row.attestation.document_sha256 or "none"),
            ("Signed with", lambda row: row.attestation.fingerprint),
            ("Why it does not count", lambda row: row.problem),
        ),
        _of(
            layout.EXCEPTIONS,
            "Exceptions",
            exceptions_table(duties, rules, content.report.names),
            ("Granted by", lambda row: row.exception.granted_by),
        ),
        _of(layout.REMARKS, "Remarks", remarks_table(duties)),
        _of(
            layout.FRAMEWORKS,
            "Frameworks",
            framework_rows(content),
            ("Version", lambda row: row.framework.version),
            ("Licence", lambda row: row.framework.licence),
            ("Source", lambda row: row.framework.source),
            ("Attribution", lambda row: row.framework.attribution),
        ),
    )


def _places(content: Content) -> tuple[PackTable, ...]:
    exhibits = content.exhibits
    return (
        _of(
            layout.GAPS,
            "Not read",
            gaps_table(content.snapshot),
            ("Observation", lambda row: row.sequence),
            ("Evidence", lambda row: _where(exhibits, (row.sequence,))),
        ),
        _of(layout.ACCOUNTS, "Accounts", accounts_table(content.snapshot, content.findings)),
        _erasures(exhibits),
    )


def _erasures(exhibits: Exhibits) -> PackTable:
    """Return what was erased from this refresh, and the tombstone that says why."""
    tombstones = {str(each.statement["key"]): each for each in exhibits.tombstones}
    rows: list[tuple[Cell, ...]] = []
    for entry in exhibits.erased:
        said = entry.statement
        digest = str(said["body_sha256"])
        tombstone = tombstones.get(digest)
        words = tombstone.body.decode() if tombstone and tombstone.body else None
        number, at = (
            (tombstone.statement["sequence"], tombstone.statement["observed_at"])
            if tombstone
            else (None, None)
        )
        whose = (said["sequence"], said["kind"], said["account_id"], said["region"], said["key"])
        rows.append((*whose, digest, number, at, words))
    heads = (
        "Observation", "Kind", "Account id", "Region", "Thing", "SHA-256 of the body", "Tombstone", "Erased at",
        "Basis and by whom",
    )  # fmt: skip
    return PackTable(layout.ERASURES, "Erasures", heads, tuple(rows))


def _of(file: str, title: str, table: Table[Row], *more: tuple[str, Callable[[Row], Cell]]) -> PackTable:
    heads = (*(column.title for column in table.columns), *(name for name, _ in more))
    rows = tuple(
        (*cells, *(value(row) for _, value in more))
        for row, cells in zip(table.rows, table.cells(), strict=True)
    )
    return PackTable(file, title, heads, rows)


def _numbers(sequences: Sequence[int]) -> str:
    return " ".join(str(each) for each in sequences)


def _where(exhibits: Exhibits, sequences: Sequence[int]) -> str:
    return " ".join(str(exhibits.places[each]) for each in sequences)
