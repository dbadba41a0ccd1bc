"""`bedrock-console attest`: sign, list, counter-sign and withdraw attestations."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation
from console.controls.attestation import COUNTS, Rules
from console.services.attesting import Draft
from console.views.duties import attestations_table, due_sentence
from console.views.text import inert

TEACHING = """\
An attestation says: this person checked this document and vouches for a claim until a day. It is signed with this
console's key and kept in the ledger; the document is hashed and not kept. Nothing is ever changed: a withdrawal is a
record of its own, and an attestation past its last day stops to count by itself.

  bedrock-console attest add --claim S10 --statement "We own what we put in and get out" \\
      --document agreement.pdf --person "Jo Bloggs" --until 2027-03-31
  bedrock-console attest add --claim S35 --statement "ISO 27001 certificate read" \\
      --artifact report-0123456789abcdef --person "Jo Bloggs" --until 2027-03-31 --review 2027-01-15
  bedrock-console attest list --due

Counter-signing on a second laptop, whose console has another key:

  bedrock-console attest export AT-0123456789abcdef attestation.json      on the first
  bedrock-console attest countersign attestation.json --person "Sam Roe" --out signed.json     on the second
  bedrock-console attest import signed.json                               on the first

An auditor verifies a signature with `ssh-keygen -Y verify -n bedrock-console-attestation`; the pack has the records.

exit codes: 0 done; 1 listed, and something is due, expired or awaits a signature, or nothing was new; 2 refused
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    add = under.add_parser("add", help="sign an attestation")
    add.add_argument(
        "--claim", action="append", required=True, metavar="ID", help="such as S10; repeat it for several"
    )
    add.add_argument("--statement", required=True, help="what you vouch for, in a sentence")
    what = add.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--document", type=Path, metavar="FILE", help="the file that you checked; its hash is kept"
    )
    what.add_argument("--artifact", default="", metavar="ID", help="a report in AWS Artifact: report-…")
    add.add_argument(
        "--account", action="append", default=[], metavar="ID", help="only this account; repeat it"
    )
    add.add_argument(
        "--from", dest="valid_from", default="", metavar="DATE", help="first day (default: today)"
    )
    add.add_argument("--until", required=True, metavar="DATE", help="last day, such as 2027-03-31")
    add.add_argument("--review", default="", metavar="DATE", help="day on which it asks for a review")
    listing = under.add_parser("list", help="list attestations and how they stand")
    listing.add_argument("--due", action="store_true", help="only those that ask for work")
    listing.add_argument("--json", action="store_true", help="print one JSON document")
    export = under.add_parser("export", help="write an attestation to a file, for another laptop")
    counter = under.add_parser("countersign", help="sign under another person's attestation")
    counter.add_argument("what", help="the file of an attestation, or the id of one that is kept here")
    counter.add_argument("--out", type=Path, metavar="FILE", help="where to write the counter-signed file")
    bring = under.add_parser("import", help="keep an attestation, or counter-signatures, from a file")
    bring.add_argument("file", type=Path)
    withdraw = under.add_parser("withdraw", help="withdraw an attestation")
    withdraw.add_argument("--reason", required=True)
    for each in (export, withdraw):
        each.add_argument("id", help="such as AT-0123456789abcdef")
    export.add_argument("file", type=Path, help="it must not exist")
    for each in (add, counter, withdraw):
        each.add_argument("--person", required=True, help="your name")


def run(invocation: Invocation) -> int:
    """Do one duty."""
    duties = {
        "add": _add,
        "list": _list,
        "export": _export,
        "countersign": _countersign,
        "import": _import,
        "withdraw": _withdraw,
    }
    return duties[invocation.options.duty](invocation)


def _add(invocation: Invocation) -> int:
    options = invocation.options
    draft = Draft(
        statement=options.statement,
        claims=tuple(options.claim),
        person=options.person,
        valid_from=options.valid_from or stamp(system_clock())[:10],
        valid_until=options.until,
        review_on=options.review,
        accounts=tuple(options.account),
        document=options.document,
        artifact_report=options.artifact,
    )
    invocation.out.write(f"{invocation.parts().office.attest(draft)}\n")
    return DONE


def _list(invocation: Invocation) -> int:
    parts = invocation.parts()
    policy = parts.settings.policy
    rules = Rules(
        today=date.fromisoformat(stamp(system_clock())[:10]),
        reminder_days=policy.attestation_reminder_days,
        needs_countersignature=policy.attestations_need_countersignature,
    )
    rows = attestations_table(parts.office.duties(), rules).rows
    asking = due_sentence(rows)
    if invocation.options.due:
        rows = tuple(row for row in rows if due_sentence([row]))
    if invocation.options.json:
        said = [
            {
                "id": row.attestation.id,
                "state": row.standing.value,
                "counts": row.standing in COUNTS,
                "problem": row.problem,
                "claims": list(row.attestation.claims),
                "accounts": list(row.attestation.accounts),
                "statement": row.attestation.statement,
                "document": row.attestation.document,
                "document_sha256": row.attestation.document_sha256,
                "artifact_report": row.attestation.artifact_report,
                "person": row.attestation.person,
                "key": row.attestation.fingerprint,
                "countersigned_by": [
                    each.person for each in row.attestation.countersignatures if not each.problem
                ],
                "valid_from": row.attestation.valid_from,
                "valid_until": row.attestation.valid_until,
                "review_on": row.due_on,
            }
            for row in rows
        ]
        invocation.out.write(json.dumps(said, indent=2) + "\n")
        return FOUND if asking else DONE
    heads = ("State", "Attestation", "Claims", Column("What is attested", overflow="fold"), "By", "Until")
    table = Table(*heads)
    for row in rows:
        attestation = row.attestation
        words = inert(attestation.statement) + (f" ({row.problem})" if row.problem else "")
        claims = " ".join(attestation.claims)
        person, until = inert(attestation.person), attestation.valid_until
        table.add_row(row.standing.value, attestation.id, claims, words, person, until)
    screen = Console(file=invocation.out, markup=False, highlight=False)
    screen.print(table)
    screen.print(f"{len(rows)} attestations. {asking.capitalize() or 'None asks for work'}.")
    return FOUND if asking else DONE


def _export(invocation: Invocation) -> int:
    options = invocation.options
    invocation.parts().office.export_attestation(options.id, options.file)
    invocation.out.write(f"{options.file}\n")
    return DONE


def _countersign(invocation: Invocation) -> int:
    options = invocation.options
    office = invocation.parts().office
    file = Path(options.what)
    if options.out is None and not file.exists():
        office.countersign(options.what, options.person)
        invocation.out.write(f"{options.what} is counter-signed by {inert(options.person)}\n")
        return DONE
    to = options.out or file.with_name(f"{file.stem}.countersigned.json")
    office.countersign_file(file, options.person, to)
    invocation.out.write(f"{to}: import it where the attestation was made, with `attest import`\n")
    return DONE


def _import(invocation: Invocation) -> int:
    attestation_id, new = invocation.parts().office.import_attestation(invocation.options.file)
    invocation.out.write(f"{attestation_id}: {new} new records\n")
    return DONE if new else FOUND


def _withdraw(invocation: Invocation) -> int:
    options = invocation.options
    invocation.parts().office.withdraw(options.id, options.person, options.reason)
    invocation.out.write(f"{options.id} is withdrawn\n")
    return DONE


COMMAND = Command(
    name="attest",
    summary="Vouch for what no answer of AWS can show, and see what is due",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
