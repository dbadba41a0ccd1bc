"""`bedrock-console deletion`: ask for deletions, plan, sign, carry out, verify and certify them."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import date

from rich.console import Console
from rich.table import Column, Table

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation
from console.cli.deletion_options import TEACHING, add_arguments
from console.deletion.case import Case
from console.deletion.plan import Plan
from console.deletion.progress import StepProgress, progress_of
from console.deletion.request import Draft
from console.deletion.target import TARGET_WORDS, Target, TargetKind
from console.views.deletion import due_words, plan_table, queue_table, timeline_table
from console.views.table import Table as ViewTable
from console.views.text import inert


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
        _print_plan(invocation, case.plan, progress_of(case))
    _print(screen, timeline_table(case), ("at", "what", "person", "detail"))
    return DONE


def _accept(invocation: Invocation) -> int:
    options = invocation.options
    invocation.parts().deletions.accept(options.id, options.blocker, options.reason, options.person)
    invocation.out.write(f"{options.blocker} is accepted; it counts from the next plan on\n")
    return DONE


def _sign(invocation: Invocation) -> int:
    options, desk = invocation.options, invocation.parts().deletions
    digest = desk.approve(options.id, options.person)
    plan = desk.case(options.id).plan
    invocation.out.write(f"{options.id} is approved: plan {digest}\n")
    for each in plan.not_looked_at if plan else ():
        invocation.out.write(f"signed as not looked at: {inert(each.subject)}\n")
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

    numbers = {each.id: number for number, each in enumerate(plan.steps if plan else (), 1)}

    def tell(progress: StepProgress) -> None:
        of = f"{numbers.get(progress.step, 0)} of {len(numbers)}"
        ids = f" (AWS request {', '.join(progress.request_ids)})" if progress.request_ids else ""
        invocation.err.write(f"{of}, {progress.state.value}: {inert(progress.detail)}{ids}\n")
        invocation.err.flush()

    count = parts.carrying.execute(options.id, options.person, confirmed, tell)
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
        "steps": [each.record() for each in progress_of(case).values()],
        "kinds": [TARGET_WORDS[case.target.kind]],
        "records": [
            {"what": each.what.value, "by": each.identity, "at": each.at, "problem": each.problem}
            for each in case.entries
        ],
    }


def _print_plan(
    invocation: Invocation, plan: Plan, progress: Mapping[str, StepProgress] | None = None
) -> None:
    screen = _screen(invocation)
    screen.print(f"Plan {plan.sha256}, in force until {plan.expires_at}")
    ids = ("requests",) if progress else ()
    columns = ("sort", "number", *ids, "words", "subject", "remedy", "id")
    _print(screen, plan_table(plan, progress or {}), columns)
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
