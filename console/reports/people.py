"""The claims and what people did about them, as tables and as JSON; the guidance's own words are never among it."""

import json
from collections.abc import Mapping, Sequence

from console.controls.duties import NO_DUTIES
from console.reports.content import Content
from console.views.claims import claims_table
from console.views.frameworks import FrameworkRow, coverages, frameworks_table
from console.views.table import Cell, Table

SCHEMA = "bedrock-console/claims/1"


def framework_rows(content: Content) -> Table[FrameworkRow]:
    """Return every entry of every framework over the whole organisation."""
    return frameworks_table(content.frameworks, content.report, content.report.units[0], content.controls)


def claim_rows(content: Content) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return one row for each claim in each account, and their headings."""
    heads = (
        "Claim", "Heading", "What is claimed", "Rests on", "Account", "Account id", "State", "Because", "Observations",
    )  # fmt: skip
    report = content.report
    rows: list[tuple[Cell, ...]] = [
        (
            claim.id,
            claim.heading,
            claim.words,
            claim.basis.value,
            report.names.get(account) or None,
            account or None,
            standings[claim.id].state.value,
            standings[claim.id].because,
            " ".join(str(number) for number in standings[claim.id].evidence),
        )
        for claim in report.catalogue.claims
        for account, standings in report.standings.items()
    ]
    return heads, rows


def claims_json(content: Content) -> bytes:
    """Return every claim with its state, in each part of the organisation, and the frameworks' coverage."""
    report, catalogue = content.report, content.report.catalogue
    whole = claims_table(report, report.units[0], NO_DUTIES)
    said = {
        "schema": SCHEMA,
        "judged_at": content.judged.asked_at,
        "stale": report.stale,
        "guidance": {
            "name": catalogue.edition_name,
            "file_sha256": catalogue.file_sha256,
            "text_sha256": catalogue.text_sha256,
            "imported": _imported(content),
        },
        "claims": [
            {
                "id": row.claim.id,
                "heading": row.claim.heading,
                "words": row.claim.words,
                "basis": row.claim.basis.value,
                "line_sha256": row.claim.line_sha256,
                "reality": row.claim.reality,
                "state": row.state.value,
                "because": row.because,
            }
            for row in whole.rows
        ],
        "units": [
            {
                "id": unit.id,
                "name": unit.name,
                "kind": unit.kind,
                "states": {claim: state.value for claim, state in report.states(unit).items()},
            }
            for unit in report.units
        ],
        "frameworks": [
            {
                "id": each.framework.id,
                "name": each.framework.name,
                "version": each.framework.version,
                "licence": each.framework.licence,
                "source": each.framework.source,
                "retrieved": each.framework.retrieved,
                "attribution": each.framework.attribution,
                "entries": each.entries,
                "served": each.served,
            }
            for each in coverages(framework_rows(content))
        ],
    }
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _imported(content: Content) -> Mapping[str, object] | None:
    """Return which edition the department imported and what it affects: hashes and ids, no text."""
    duties = content.judged.duties
    if not duties.editions:
        return None
    newest = duties.editions[-1]
    affected: Sequence[str] = duties.guidance.affected if duties.guidance else ()
    return {
        "name": newest.name,
        "file_sha256": newest.file_sha256,
        "text_sha256": newest.text_sha256,
        "imported_at": newest.at,
        "affected_claims": list(affected),
    }
