"""`bedrock-console except`: accept a failure for a time; it stays a failure that everybody sees."""

import json
from argparse import ArgumentParser
from datetime import date

from rich.console import Console
from rich.table import Column, Table

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation
from console.controls.attestation import Rules
from console.controls.exceptions import ANY, GrantedException
from console.views.duties import IN_FORCE, exceptions_table
from console.views.text import inert

TEACHING = """\
An exception says who accepts a failure, why and until when. The finding stays a failure, marked as excepted; it no
longer contradicts a claim while the exception holds. What is unknown cannot be excepted.

  bedrock-console except add --control BR-LOG-002 --account 111122223333 --reason "No images are used" \\
      --approver "Sam Roe" --person "Jo Bloggs" --until 2027-03-31
  bedrock-console except add --control BR-NET-002 --account '*' --region eu-west-2 --subject 'vpce-*' ...
  bedrock-console except list
  bedrock-console except end EX-0123456789abcdef --reason "Mended" --person "Jo Bloggs"

exit codes: 0 done; 1 listed, and none is in force; 2 refused
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    add = under.add_parser("add", help="except failures from a control")
    add.add_argument("--control", required=True, metavar="ID", help="such as BR-LOG-002")
    add.add_argument(
        "--account", required=True, metavar="ID", help="an account's twelve digits, or * for all"
    )
    add.add_argument("--region", default=ANY, help="a Region (default: all)")
    add.add_argument(
        "--subject", default=ANY, metavar="PATTERN", help="of the subject, with * and ? (default: all)"
    )
    add.add_argument("--approver", required=True, help="who accepts it")
    add.add_argument("--until", required=True, metavar="DATE", help="last day, such as 2027-03-31")
    listing = under.add_parser("list", help="list exceptions and how they stand")
    listing.add_argument("--json", action="store_true", help="print one JSON document")
    end = under.add_parser("end", help="end an exception before its time")
    end.add_argument("id", help="such as EX-0123456789abcdef")
    for each in (add, end):
        each.add_argument("--reason", required=True)
        each.add_argument("--person", required=True, help="your name")


def run(invocation: Invocation) -> int:
    """Do one duty."""
    options = invocation.options
    office = invocation.parts().office
    if options.duty == "end":
        office.end_exception(options.id, options.person, options.reason)
        invocation.out.write(f"{options.id} is ended\n")
        return DONE
    if options.duty == "list":
        return _list(invocation)
    granted = GrantedException(
        id="",
        control_id=options.control,
        account_id=options.account,
        region=options.region,
        subject=options.subject,
        reason=options.reason,
        approver=options.approver,
        granted_by=options.person,
        granted_at="",
        valid_until=options.until,
    )
    invocation.out.write(f"{office.grant(granted, options.person)}\n")
    return DONE


def _list(invocation: Invocation) -> int:
    today = date.fromisoformat(stamp(system_clock())[:10])
    rules = Rules(today=today, reminder_days=1, needs_countersignature=False)
    rows = exceptions_table(invocation.parts().office.duties(), rules, {}).rows
    if invocation.options.json:
        said = [
            {
                "id": row.exception.id,
                "state": row.state,
                "control": row.exception.control_id,
                "account": row.exception.account_id,
                "region": row.exception.region,
                "subject": row.exception.subject,
                "reason": row.exception.reason,
                "approver": row.exception.approver,
                "granted_by": row.exception.granted_by,
                "granted_at": row.exception.granted_at,
                "valid_until": row.exception.valid_until,
            }
            for row in rows
        ]
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        table = Table(
            "State", "Exception", "Control", "Account", "Region", Column("Reason", overflow="fold"), "Until"
        )
        for row in rows:
            held = row.exception
            place = (inert(held.account_id), inert(held.region))
            reason = f"{inert(held.reason)} (approved by {inert(held.approver)})"
            table.add_row(row.state, held.id, held.control_id, *place, reason, held.valid_until)
        Console(file=invocation.out, markup=False, highlight=False).print(table)
    return DONE if any(row.state == IN_FORCE for row in rows) else FOUND


COMMAND = Command(
    name="except",
    summary="Accept a failure for a time, by name and with a reason",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
