"""A pack put together: the report, tables and evidence in a bag, and the signature beside it.

Its bytes depend on the content and the key alone: nothing here asks for the time, for randomness or for the machine.
"""

from collections.abc import Sequence

from console.reports import layout
from console.reports.bag import TAG_MANIFEST, bag
from console.reports.content import Content
from console.reports.csv import rows_csv, table_csv
from console.reports.exhibits import Exhibits
from console.reports.html import readme_txt, report_html
from console.reports.machine import assessment_json
from console.reports.oscal import assessment_results
from console.reports.people import people_files
from console.vault.signing import SigningKey
from console.vault.sshsig import AllowedSigner, sign_message
from console.views.accounts import accounts_table
from console.views.findings import DUTY_COLUMNS, FINDING_COLUMNS, Work, findings_table
from console.views.names import account_names
from console.views.overview import gaps_table
from console.views.text import inert


def pack_files(content: Content, signer: SigningKey) -> dict[str, bytes]:
    """Return every file of the signed pack by its path in the zip."""
    readme = readme_txt(content)
    files = bag({layout.README: readme, **payload(content)}, bag_info(content))
    signature = sign_message(files[TAG_MANIFEST], signer, layout.NAMESPACE)
    return {
        layout.README: readme,
        layout.SIGNATURE: signature.encode("ascii"),
        **{f"{layout.BAG}{path}": held for path, held in files.items()},
    }


def allowed_signers(signer: SigningKey) -> bytes:
    """Return the file by which an auditor knows the signer; it must reach them by another way than the pack."""
    return AllowedSigner(layout.PRINCIPAL, signer.public, (layout.NAMESPACE,)).line().encode("ascii")


def payload(content: Content) -> dict[str, bytes]:
    """Return what the bag carries, by path below `data/`."""
    snapshot, exhibits = content.snapshot, content.exhibits
    work = Work(duties=content.judged.duties, today=content.judged.rules.today)
    columns = (*FINDING_COLUMNS, *DUTY_COLUMNS)
    findings = findings_table(content.findings, content.controls, account_names(snapshot), work, columns)
    gaps = gaps_table(snapshot)
    accounts = accounts_table(snapshot, content.findings)
    return {
        layout.REPORT: report_html(content),
        layout.FINDINGS: table_csv(
            findings,
            ("Observations", lambda row: _numbers(row.finding.evidence)),
            ("Evidence", lambda row: _places(exhibits, row.finding.evidence)),
        ),
        layout.GAPS: table_csv(
            gaps,
            ("Observation", lambda row: row.sequence),
            ("Evidence", lambda row: _places(exhibits, (row.sequence,))),
        ),
        layout.ACCOUNTS: table_csv(accounts),
        layout.ERASURES: _erasures(exhibits),
        layout.ASSESSMENT: assessment_json(content),
        layout.OSCAL: assessment_results(content),
        layout.CHECKPOINT: content.checkpoint.note.encode(),
        layout.INCLUSION: content.inclusion,
        **people_files(content),
        **content.deeds,
        **exhibits.files,
    }


def bag_info(content: Content) -> list[tuple[str, str]]:
    """Return what `bag-info.txt` says, in a fixed order; what is not known is left out."""
    refresh, export = content.snapshot.refresh, content.export
    said = (
        ("Source-Organization", export.organisation_name),
        ("Bagging-Date", export.exported_at[:10]),
        ("External-Description", export.purpose),
        (
            "External-Identifier",
            f"{refresh.organisation_id or 'organisation-not-known'}/refresh-{refresh.id}",
        ),
        ("Internal-Sender-Identifier", export.exported_by),
        ("Bag-Software-Agent", export.tool),
        ("Snapshot-Finished-At", refresh.finished_at),
        ("Snapshot-Content-Root", refresh.content_root),
    )
    return [(label, inert(value).strip()) for label, value in said if value.strip()]


def _erasures(exhibits: Exhibits) -> bytes:
    """Return what was erased from this refresh, and the tombstone that says why."""
    tombstones = {str(each.statement["key"]): each for each in exhibits.tombstones}
    rows = []
    for entry in exhibits.erased:
        said = entry.statement
        digest = str(said["body_sha256"])
        tombstone = tombstones.get(digest)
        words = tombstone.body.decode() if tombstone and tombstone.body else None
        where = (
            (tombstone.statement["sequence"], tombstone.statement["observed_at"])
            if tombstone
            else (None, None)
        )
        rows.append(
            (
                said["sequence"],
                said["kind"],
                said["account_id"],
                said["region"],
                said["key"],
                digest,
                *where,
                words,
            )
        )
    heads = (
        "Observation", "Kind", "Account id", "Region", "Thing", "SHA-256 of the body", "Tombstone", "Erased at",
        "Basis and by whom",
    )  # fmt: skip
    return rows_csv(heads, rows)


def _numbers(sequences: Sequence[int]) -> str:
    return " ".join(str(each) for each in sequences)


def _places(exhibits: Exhibits, sequences: Sequence[int]) -> str:
    return " ".join(str(exhibits.places[each]) for each in sequences)
