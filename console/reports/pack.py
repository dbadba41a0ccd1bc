"""A pack put together: the report, tables and evidence in a bag, and the signature beside it.

Its bytes depend on the content and the key alone: nothing here asks for the time, for randomness or for the machine.
"""

from collections.abc import Callable

from console.base.canonical import sha256_hex
from console.reports import layout
from console.reports.bag import TAG_MANIFEST, bag
from console.reports.content import Content
from console.reports.csv import rows_csv
from console.reports.digests import digest_files
from console.reports.html import readme_txt, report_html
from console.reports.machine import assessment_json
from console.reports.models import bill_of_models
from console.reports.oscal import assessment_results
from console.reports.pdf import pdf_document
from console.reports.people import claims_json
from console.reports.poam import plan_of_action
from console.reports.tables import pack_tables
from console.reports.workbook import workbook
from console.vault.signing import SigningKey
from console.vault.sshsig import AllowedSigner, sign_message
from console.views.text import inert

Typeset = Callable[[bytes], bytes]
"""Turns what `pdf_document` returned into a PDF, in a process of its own."""
Told = Callable[[str], None]
"""Hears what is being done."""


def _told_to_nobody(_words: str) -> None:
    return None


def pack_files(
    content: Content, signer: SigningKey, typeset: Typeset | None = None, told: Told = _told_to_nobody
) -> dict[str, bytes]:
    """Return every file of the signed pack by its path in the zip; without `typeset` there is no PDF in it."""
    held = payload(content, typeset, told)
    readme = readme_txt(content, held.keys())
    files = bag({layout.README: readme, **held}, bag_info(content))
    signature = sign_message(files[TAG_MANIFEST], signer, layout.NAMESPACE)
    return {
        layout.README: readme,
        layout.SIGNATURE: signature.encode("ascii"),
        **{f"{layout.BAG}{path}": held for path, held in files.items()},
    }


def pack_id(tag_manifest: bytes) -> str:
    """Return what names a pack for ever: the SHA-256 of its tag manifest. Signatures do not change it."""
    return sha256_hex(tag_manifest)


def allowed_signers(signer: SigningKey) -> bytes:
    """Return the file by which an auditor knows the signer; it must reach them by another way than the pack."""
    return AllowedSigner(layout.PRINCIPAL, signer.public, (layout.NAMESPACE,)).line().encode("ascii")


def payload(
    content: Content, typeset: Typeset | None = None, told: Told = _told_to_nobody
) -> dict[str, bytes]:
    """Return what the bag carries, by path below `data/`: the one place that says what a pack is made of.

    What was redacted is listed last, when all else is written.
    """
    exhibits = content.exhibits
    tables = pack_tables(content)
    told("Writing the report and its tables")
    files = {
        layout.REPORT: report_html(content),
        **{table.file: rows_csv(table.heads, table.rows) for table in tables},
        layout.WORKBOOK: workbook(tables, content.snapshot.refresh.finished_at),
        layout.ASSESSMENT: assessment_json(content),
        layout.OSCAL: assessment_results(content),
        layout.POAM: plan_of_action(content),
        layout.MODELS: bill_of_models(content),
        layout.CHECKPOINT: content.checkpoint.note.encode(),
        layout.CONSISTENCY: content.consistency,
        layout.INCLUSION: content.inclusion,
        layout.CLAIMS_JSON: claims_json(content),
        **content.deeds,
        **digest_files(content.snapshot, content.profile),
        **exhibits.files,
    }
    if typeset is not None:
        told("Typesetting the PDF")
        files[layout.PDF] = typeset(pdf_document(content))
    redactions = content.redactions()
    return files | ({layout.REDACTIONS: redactions} if redactions else {})


def bag_info(content: Content) -> list[tuple[str, str]]:
    """Return what `bag-info.txt` says, in a fixed order; what is not known is left out."""
    refresh, export = content.snapshot.refresh, content.export
    said = (
        ("Source-Organization", export.organisation_name),
        ("Bagging-Date", content.as_of[:10]),
        ("External-Description", export.purpose),
        (
            "External-Identifier",
            f"{refresh.organisation_id or 'organisation-not-known'}/refresh-{refresh.id}",
        ),
        ("Bag-Software-Agent", export.tool),
        ("Snapshot-Finished-At", refresh.finished_at),
        ("Snapshot-Content-Root", refresh.content_root),
        ("Scope", str(content.scope)),
        ("Redaction-Profile", content.profile.value),
    )
    return [(label, inert(value).strip()) for label, value in said if value.strip()]
