"""The claims and what people did about them, as tables and as JSON; the guidance's own words are never among it."""

import json
from collections.abc import Mapping, Sequence

from console.controls.duties import NO_DUTIES
from console.reports import layout
from console.reports.content import Content
from console.reports.csv import rows_csv, table_csv
from console.views.claims import claims_table
from console.views.duties import attestations_table, exceptions_table, remarks_table
from console.views.frameworks import FrameworkRow, coverages, frameworks_table
from console.views.table import Table

SCHEMA = "bedrock-console/claims/1"


def people_files(content: Content) -> dict[str, bytes]:
    """Return the files, by path below `data/`."""
    judged, names = content.judged, content.report.names
    duties, rules = judged.duties, judged.rules
    return {
        layout.CLAIMS: _claims_csv(content),
        layout.CLAIMS_JSON: _claims_json(content),
        layout.ATTESTATIONS: table_csv(
            attestations_table(duties, rules),
            ("SHA-256 of the document", lambda row: row.attestation.document_sha256 or "none"),
            ("Signed with", lambda row: row.attestation.fingerprint),
            ("Why it does not count", lambda row: row.problem),
        ),
        layout.EXCEPTIONS: table_csv(
            exceptions_table(duties, rules, names), ("Granted by", lambda row: row.exception.granted_by)
        ),
        layout.REMARKS: table_csv(remarks_table(duties)),
        layout.FRAMEWORKS: table_csv(
            framework_rows(content),
            ("Version", lambda row: row.framework.version),
            ("Licence", lambda row: row.framework.licence),
            ("Source", lambda row: row.framework.source),
            ("Attribution", lambda row: row.framework.attribution),
        ),
    }


def framework_rows(content: Content) -> Table[FrameworkRow]:
    """Return every entry of every framework over the whole organisation."""
    return frameworks_table(content.frameworks, content.report, content.report.units[0], content.controls)


def _claims_csv(content: Content) -> bytes:
    """Return one row for each claim in each account."""
    heads = (
        "Claim", "Heading", "What is claimed", "Rests on", "Account", "Account id", "State", "Because", "Observations",
    )  # fmt: skip
    report = content.report
    rows = [
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
    return rows_csv(heads, rows)


def _claims_json(content: Content) -> bytes:
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
