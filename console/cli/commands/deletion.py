"""`bedrock-console deletion`: ask for deletions, plan, sign, carry out, verify and certify them."""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation
from console.deletion.case import Case
from console.deletion.plan import Plan
from console.deletion.request import GROUNDS, TARGET_WORDS, Draft, Target, TargetKind
from console.views.deletion import due_words, plan_table, queue_table, timeline_table
from console.views.table import Table as ViewTable
from console.views.text import inert

TEACHING = """\
Three people, three keys, one plan: who asks is not who approves, and neither carries it out. Everybody signs the
SHA-256 of the same plan; a plan that has changed, or that is past its time, is void. Nothing at AWS changes unless
`execution = true` is set under [deletion] in the settings: without it, `runbook` writes what somebody else may run.

  bedrock-console deletion request --kind custom-model --name arn:aws:bedrock:… --ground retention \\
      --why "Trial ended" --due 2027-01-31 --person "Jo Bloggs"
  bedrock-console deletion plan DR-0123456789abcdef --person "Jo Bloggs"
  bedrock-console deletion show DR-0123456789abcdef
  bedrock-console deletion accept DR-… BL-… --reason "Expires by itself in May" --person "Jo Bloggs"
  bedrock-console deletion export DR-… request.json --person "Jo Bloggs"

On the approver's laptop, and back:

  bedrock-console deletion import request.json
  bedrock-console deletion sign DR-… --person "Sam Roe"          or refuse DR-… --reason "…"
  bedrock-console deletion export DR-… signed.json --person "Sam Roe"

On the executor's laptop:

  bedrock-console deletion import signed.json
  bedrock-console deletion execute DR-… --person "Kim Poe"       asks for words to be typed
  bedrock-console deletion verify DR-… --person "Kim Poe"
  bedrock-console deletion certify DR-… --person "Kim Poe" --out certificates
  bedrock-console deletion erase DR-… --person "Kim Poe"         what this console itself had kept, and which packs

Whose key is whose is in the file that `deletion.allowed_signers` in the settings names; `deletion signer` prints the
line for this console and whoever is signed in to AWS.

exit codes: 0 done; 1 listed and something waits, or verified and something is still there; 2 refused
"""
_WITH_REASON = ("refuse", "hold", "release", "extend", "withdraw")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the deeds."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="deed")
    _add_request(under.add_parser("request", help="ask for a deletion"))
    made = {
        "plan": "find everything that must go and sign the plan",
        "show": "show a request, its plan and what happened",
        "accept": "accept that what a blocker keeps stays",
        "sign": "approve the plan that is in force",
        "refuse": "refuse the plan",
        "hold": "place a hold: nothing may go",
        "release": "lift the hold",
        "clock": "stop the statutory clock, or let it go on",
        "extend": "extend the statutory time by two months",
        "withdraw": "withdraw a request",
        "export": "write a request to a signed file for another laptop",
        "execute": "carry the approved plan out",
        "verify": "look whether everything is gone",
        "certify": "issue the certificate",
        "erase": "erase what this console's own store holds of what was deleted",
        "runbook": "write the plan as commands and SSM documents",
    }
    parsers = {name: under.add_parser(name, help=words) for name, words in made.items()}
    for name, each in parsers.items():
        each.add_argument("id", help="such as DR-0123456789abcdef")
        if name not in ("show", "runbook"):
            each.add_argument("--person", required=True, help="your name; it is signed and kept")
    for name in (*_WITH_REASON, "accept"):
        parsers[name].add_argument("--reason", required=True)
    parsers["accept"].add_argument("blocker", help="such as BL-0123456789ab")
    way = parsers["clock"].add_mutually_exclusive_group(required=True)
    way.add_argument("--stop", metavar="DATE", help="the day on which the person was asked")
    way.add_argument("--start", metavar="DATE", help="the day on which the answer came")
    parsers["clock"].add_argument("--reason", default="", help="what was asked")
    parsers["export"].add_argument("file", type=Path, help="it must not exist")
    parsers["execute"].add_argument("--confirm", default="", help="the words to confirm (default: asked for)")
    parsers["certify"].add_argument("--out", type=Path, required=True, help="a folder")
    parsers["runbook"].add_argument("--out", type=Path, required=True, help="a folder")
    for name in ("plan", "show", "verify"):
        parsers[name].add_argument("--json", action="store_true", help="print one JSON document")
    bring = under.add_parser("import", help="keep what is new in a file from another laptop")
    bring.add_argument("file", type=Path)
    listing = under.add_parser("list", help="list requests and who must act")
    listing.add_argument("--json", action="store_true", help="print one JSON document")
    under.add_parser("signer", help="print the line by which others register this console's key")
    under.add_parser("worker", help="for the program itself: do what standard input says")


def _add_request(parser: ArgumentParser) -> None:
    kinds = [each.value for each in TargetKind]
    parser.add_argument("--kind", choices=kinds, required=True, help="what it is")
    parser.add_argument("--name", default="", help="its ARN or id, or the tag's key")
    parser.add_argument("--account", default="", help="twelve digits (default: from the ARN)")
    parser.add_argument("--region", default="", help="such as eu-west-2 (default: from the ARN)")
    for name, words in (
        ("source", "a document's data source, by its id"),
        ("document", "a document: its address in S3, or its own id"),
        ("alias", "an agent's alias, by its id"),
        ("memory", "a memory, by its id"),
        ("from", "first day of a period of logs"),
        ("until", "last day of a period of logs"),
        ("value", "a tag's value"),
    ):
        parser.add_argument(f"--{name}", dest=f"detail_{name}", default="", help=words)
    parser.add_argument("--ground", choices=sorted(GROUNDS), required=True, help="the ground in law")
    parser.add_argument("--why", required=True, help="the reason in a sentence, without names")
    parser.add_argument(
        "--subject", action="store_true", help="ask whose data it is; a pseudonym is kept, and no name"
    )
    parser.add_argument("--received", default="", metavar="DATE", help="when it came in (default: today)")
    parser.add_argument("--due", default="", metavar="DATE", help="for grounds without a statutory clock")
    parser.add_argument("--person", required=True, help="your name; it is signed and kept")


def run(invocation: Invocation) -> int:
    """Do one deed."""
    return _DEEDS[invocation.options.deed](invocation)


def _request(invocation: Invocation) -> int:
    options, desk = invocation.options, invocation.parts().deletions
    subject = ""
    if options.subject:
        subject = desk.pseudonym(invocation.ask("Whose data it is (kept as a pseudonym only): "))
    draft = Draft(
        target=_target(options),
        ground=options.ground,
        why=options.why,
        subject=subject,
        received_on=options.received or stamp(system_clock())[:10],
        due_on=options.due,
    )
    invocation.out.write(f"{desk.raise_request(draft, options.person)}\n")
    return DONE


def _target(options: Namespace) -> Target:
    parts = options.name.split(":") if options.name.startswith("arn:") else []
    region, account = parts[3:5] if len(parts) > 4 else ("", "")  # noqa: PLR2004 - members of an ARN
    details = {
        name.removeprefix("detail_"): value
        for name, value in vars(options).items()
        if name.startswith("detail_") and value
    }
    return Target(
        kind=TargetKind(options.kind),
        account_id=options.account or account,
        region=options.region or region,
        name=options.name,
        detail=details,
    )


def _plan(invocation: Invocation) -> int:
    options = invocation.options
    plan = invocation.parts().carrying.plan(options.id, options.person)
    if options.json:
        invocation.out.write(json.dumps(plan.record(), indent=2) + "\n")
    else:
        _print_plan(invocation, plan)
    return FOUND if plan.is_blocked else DONE


def _show(invocation: Invocation) -> int:
    case = invocation.parts().deletions.case(invocation.options.id)
    if invocation.options.json:
        invocation.out.write(json.dumps(_said(case), indent=2) + "\n")
        return DONE
    screen = _screen(invocation)
    screen.print(f"{case.id}: {case.target.words}")
    screen.print(f"{case.ground.words}. {inert(case.why)}")
    screen.print(f"State: {case.state.value}. {due_words(case)}")
    screen.print(f"Next: {case.next_action} ({case.next_actor})")
    if case.plan is not None:
        _print_plan(invocation, case.plan)
    _print(screen, timeline_table(case), ("at", "what", "person", "detail"))
    return DONE


def _accept(invocation: Invocation) -> int:
    options = invocation.options
    invocation.parts().deletions.accept(options.id, options.blocker, options.reason, options.person)
    invocation.out.write(f"{options.blocker} is accepted; it counts from the next plan on\n")
    return DONE


def _sign(invocation: Invocation) -> int:
    options = invocation.options
    digest = invocation.parts().deletions.approve(options.id, options.person)
    invocation.out.write(f"{options.id} is approved: plan {digest}\n")
    return DONE


def _with_reason(invocation: Invocation) -> int:
    options, desk = invocation.options, invocation.parts().deletions
    do = {
        "refuse": (desk.refuse, "refused"),
        "hold": (desk.hold, "on hold"),
        "release": (desk.release, "no longer on hold"),
        "extend": (desk.extend, "extended"),
        "withdraw": (desk.withdraw, "withdrawn"),
    }
    deed, words = do[options.deed]
    deed(options.id, options.reason, options.person)
    invocation.out.write(f"{options.id} is {words}\n")
    return DONE


def _clock(invocation: Invocation) -> int:
    options, desk = invocation.options, invocation.parts().deletions
    if options.stop:
        desk.stop_clock(options.id, options.stop, options.reason, options.person)
    else:
        desk.start_clock(options.id, options.start, options.person)
    invocation.out.write(f"{options.id}: {due_words(desk.case(options.id))}\n")
    return DONE


def _export(invocation: Invocation) -> int:
    options = invocation.options
    invocation.parts().deletions.export(options.id, options.file, options.person)
    invocation.out.write(f"{options.file}\n")
    return DONE


def _import(invocation: Invocation) -> int:
    request_id, new = invocation.parts().deletions.import_file(invocation.options.file)
    invocation.out.write(f"{request_id}: {new} new records\n")
    return DONE if new else FOUND


def _execute(invocation: Invocation) -> int:
    from console.services.deletion.carrying import confirmation  # noqa: PLC0415 - boto3: not for `--help`

    options, parts = invocation.options, invocation.parts()
    plan = parts.deletions.case(options.id).plan
    confirmed = options.confirm
    if plan is not None and not confirmed and parts.settings.deletion.execution:
        _print_plan(invocation, plan)
        confirmed = invocation.ask(f"This cannot be undone. To confirm, type: {confirmation(plan)}\n")

    def say(words: str) -> None:
        invocation.err.write(f"{words}\n")
        invocation.err.flush()

    count = parts.carrying.execute(options.id, options.person, confirmed, say)
    invocation.out.write(f"{options.id} is executed: {count} steps now\n")
    return DONE


def _verify(invocation: Invocation) -> int:
    options = invocation.options
    results = invocation.parts().carrying.verify(options.id, options.person)
    if options.json:
        invocation.out.write(json.dumps(results, indent=2) + "\n")
    else:
        for each in results:
            invocation.out.write(f"{inert(each['subject'])}: {inert(each['words'])}\n")
    return DONE if all(each["result"] == "absent" for each in results) else FOUND


def _certify(invocation: Invocation) -> int:
    from console.reports.certificate import certificate_html  # noqa: PLC0415 - templates: not for `--help`
    from console.reports.certificate_pdf import certificate_pdf  # noqa: PLC0415
    from console.services.deletion.carrying import write_certificate  # noqa: PLC0415 - boto3

    options = invocation.options
    said, signature = invocation.parts().carrying.certify(options.id, options.person)
    for file in write_certificate(
        options.out, said, signature, certificate_html(said), certificate_pdf(said)
    ):
        invocation.out.write(f"{file}\n")
    return DONE


def _erase(invocation: Invocation) -> int:
    options = invocation.options
    erased = invocation.parts().deletions.erase(options.id, options.person)
    invocation.out.write(f"{erased.bodies} answers were erased; hashes and tombstones stay\n")
    for each in erased.packs:
        invocation.out.write(f"{each.name} (SHA-256 {each.sha256}), exported {each.at}, contained it\n")
    return DONE


def _runbook(invocation: Invocation) -> int:
    from console.services.deletion.handing import write_runbook  # noqa: PLC0415 - boto3: not for `--help`

    options = invocation.options
    for file in write_runbook(invocation.parts().deletions.case(options.id), options.out):
        invocation.out.write(f"{file}\n")
    return DONE


def _list(invocation: Invocation) -> int:
    cases = invocation.parts().deletions.cases()
    waiting = [each for each in cases if not each.is_ended]
    if invocation.options.json:
        invocation.out.write(json.dumps([_said(each) for each in cases], indent=2) + "\n")
        return FOUND if waiting else DONE
    screen = _screen(invocation)
    _print(screen, queue_table(cases), ("id", "state", "due", "what", "next"))
    screen.print(f"{len(cases)} requests, {len(waiting)} of them wait for somebody.")
    return FOUND if waiting else DONE


def _signer(invocation: Invocation) -> int:
    invocation.out.write(invocation.parts().deletions.signer_line())
    return DONE


def _worker(invocation: Invocation) -> int:
    from console.cli.deletion_worker import serve_deed  # noqa: PLC0415 - boto3: not for `--help`

    return serve_deed(sys.stdin, sys.stdout, invocation.environment)


def _said(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "state": case.state.value,
        "next_actor": case.next_actor,
        "next_action": case.next_action,
        "target": case.target.record(),
        "ground": case.ground.code,
        "subject": case.subject,
        "received_on": case.received_on.isoformat(),
        "due_on": case.due.on.isoformat(),
        "overdue": case.due.is_overdue,
        "plan_sha256": case.plan.sha256 if case.plan else "",
        "plan": case.plan.record() if case.plan else None,
        "kinds": [TARGET_WORDS[case.target.kind]],
        "records": [
            {"what": each.what.value, "by": each.identity, "at": each.at, "problem": each.problem}
            for each in case.entries
        ],
    }


def _print_plan(invocation: Invocation, plan: Plan) -> None:
    screen = _screen(invocation)
    screen.print(f"Plan {plan.sha256}, in force until {plan.expires_at}")
    _print(screen, plan_table(plan), ("sort", "number", "words", "subject", "remedy", "id"))
    blocked = len(plan.blockers) + len(plan.unread)
    screen.print(f"{len(plan.steps)} steps, {blocked} in the way, {len(plan.residuals)} stay.")


def _screen(invocation: Invocation) -> Console:
    return Console(file=invocation.out, markup=False, highlight=False)


def _print(screen: Console, shown: ViewTable, names: tuple[str, ...]) -> None:  # type: ignore[type-arg]
    """Print some columns of a table: a terminal is narrow."""
    columns = [each for name in names for each in shown.columns if each.id == name]
    table = Table(*(Column(column.title, overflow="fold") for column in columns))
    for row in shown.rows:
        table.add_row(*(_cell(column.value(row)) for column in columns))
    screen.print(table)


def _cell(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


_DEEDS = {
    "request": _request,
    "plan": _plan,
    "show": _show,
    "accept": _accept,
    "sign": _sign,
    "refuse": _with_reason,
    "hold": _with_reason,
    "release": _with_reason,
    "clock": _clock,
    "extend": _with_reason,
    "withdraw": _with_reason,
    "export": _export,
    "import": _import,
    "execute": _execute,
    "verify": _verify,
    "certify": _certify,
    "erase": _erase,
    "runbook": _runbook,
    "list": _list,
    "signer": _signer,
    "worker": _worker,
}


COMMAND = Command(
    name="deletion",
    summary="Ask for a deletion, plan it, sign it with two people, carry it out and prove it",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
