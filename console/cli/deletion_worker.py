"""One deed of those that ask AWS or sign, done for the window: a line of JSON in, events out, one a line."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from console.base.clock import system_clock
from console.base.errors import ConsoleError
from console.bootstrap import Parts
from console.cli.base import DONE, REFUSED
from console.deletion.progress import StepProgress
from console.deletion.request import Draft
from console.deletion.target import Target, TargetKind
from console.domain.counting import asking_of
from console.reports.certificate import certificate_html
from console.reports.certificate_pdf import certificate_pdf
from console.services.deletion.carrying import write_certificate
from console.services.deletion.child import DONE as DEED_DONE
from console.services.deletion.child import REFUSED as DEED_REFUSED
from console.services.deletion.child import STEP, read_deed
from console.services.deletion.handing import write_runbook
from console.services.job import BadJobError
from console.vault.keystore import StoreKeys

Said = Mapping[str, str]
Tell = Callable[[StepProgress], object]


def serve_deed(stdin: TextIO, stdout: TextIO, environment: Mapping[str, str]) -> int:
    """Do the deed that the first line of `stdin` names; return the exit code."""

    def tell(event: str, **members: object) -> None:
        stdout.write(json.dumps({"event": event, **members}) + "\n")
        stdout.flush()

    try:
        try:
            job, deed, said = read_deed(stdin.readline())
            do = DEEDS[deed]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadJobError("standard input does not begin with a deed") from None
        keys = StoreKeys(job.key, job.signer)
        parts = Parts(
            store_path=job.store,
            settings=job.settings,
            keys=keys,
            environment=environment,
            clock=system_clock,
        )
        try:
            words = do(parts, said, lambda each: tell(STEP, **each.record()))
        finally:
            parts.close()
    except ConsoleError as error:
        tell(DEED_REFUSED, code=error.code, message=str(error), remedy=error.remedy)
        return REFUSED
    tell(DEED_DONE, words=words)
    return DONE


def _request(parts: Parts, said: Said, _tell: Tell) -> str:
    desk = parts.deletions
    subject = desk.pseudonym(said["whom"]) if said["whom"].strip() else ""
    details = {
        name.removeprefix("detail_"): value for name, value in said.items() if name.startswith("detail_")
    }
    draft = Draft(
        target=Target(
            kind=TargetKind(said["kind"]),
            account_id=said["account_id"],
            region=said["region"],
            name=said["name"],
            detail={name: value for name, value in details.items() if value.strip()},
        ),
        ground=said["ground"],
        why=said["why"],
        subject=subject,
        received_on=said["received_on"],
        due_on=said["due_on"],
    )
    return f"{desk.raise_request(draft, said['person'])} is raised."


def _plan(parts: Parts, said: Said, _tell: Tell) -> str:
    plan = parts.carrying.plan(said["id"], said["person"])
    blocked = len(plan.blockers) + len(plan.unread)
    return f"The plan of {said['id']} has {len(plan.steps)} steps and {blocked} things in the way."


def _accept(parts: Parts, said: Said, _tell: Tell) -> str:
    parts.deletions.accept(said["id"], said["blocker"], said["reason"], said["person"])
    return f"{said['blocker']} is accepted; make the plan anew."


def _sign(parts: Parts, said: Said, _tell: Tell) -> str:
    digest = parts.deletions.approve(said["id"], said["person"])
    return f"{said['id']} is approved: plan {digest[:12]}."


def _refuse(parts: Parts, said: Said, _tell: Tell) -> str:
    parts.deletions.refuse(said["id"], said["reason"], said["person"])
    return f"The plan of {said['id']} is refused."


def _hold(parts: Parts, said: Said, _tell: Tell) -> str:
    do = parts.deletions.release if said["how"] == "release" else parts.deletions.hold
    do(said["id"], said["reason"], said["person"])
    return f"{said['id']} is {'no longer on hold' if said['how'] == 'release' else 'on hold'}."


def _withdraw(parts: Parts, said: Said, _tell: Tell) -> str:
    parts.deletions.withdraw(said["id"], said["reason"], said["person"])
    return f"{said['id']} is withdrawn."


def _clock(parts: Parts, said: Said, _tell: Tell) -> str:
    desk = parts.deletions
    if said["how"] == "extend":
        desk.extend(said["id"], said["reason"], said["person"])
    elif said["how"] == "stop":
        desk.stop_clock(said["id"], said["on"], said["reason"], said["person"])
    else:
        desk.start_clock(said["id"], said["on"], said["person"])
    return f"The clock of {said['id']} is set."


def _export(parts: Parts, said: Said, _tell: Tell) -> str:
    parts.deletions.export(said["id"], Path(said["file"]), said["person"])
    return f"{said['id']} was written to {said['file']}."


def _import(parts: Parts, said: Said, _tell: Tell) -> str:
    request_id, new = parts.deletions.import_file(Path(said["file"]))
    return f"{request_id}: {new:,} new records are kept."


def _execute(parts: Parts, said: Said, tell: Tell) -> str:
    count = parts.carrying.execute(said["id"], said["person"], said["confirmed"], tell)
    return f"{said['id']} is executed: {count:,} steps now."


def _verify(parts: Parts, said: Said, tell: Tell) -> str:
    results = parts.carrying.verify(said["id"], said["person"], tell)
    absent = sum(each["result"] == "absent" for each in results)
    return f"{absent:,} of {len(results):,} things were verified absent."


def _certify(parts: Parts, said: Said, _tell: Tell) -> str:
    issued, signature = parts.carrying.certify(said["id"], said["person"])
    files = write_certificate(
        Path(said["folder"]), issued, signature, certificate_html(issued), certificate_pdf(issued)
    )
    return f"The certificate is in {files[0]}."


def _runbook(parts: Parts, said: Said, _tell: Tell) -> str:
    files = write_runbook(parts.deletions.case(said["id"]), Path(said["folder"]))
    return f"The runbook is in {files[0]}."


def _estimate_count(parts: Parts, said: Said, _tell: Tell) -> str:
    from console.services.count_estimate import estimate_record  # noqa: PLC0415 - boto3

    return json.dumps(estimate_record(parts.counting.estimate(asking_of(said))))


def _count(parts: Parts, said: Said, _tell: Tell) -> str:
    made, problem = parts.counting.ask(asking_of(said), said["person"], int(said["agreed_bytes"]))
    return (
        f"{made} is kept, without an answer: {problem}." if problem else f"AWS has answered: {made} is kept."
    )


DEEDS: Mapping[str, Callable[[Parts, Said, Tell], str]] = {
    "count_estimate": _estimate_count,
    "count": _count,
    "request": _request,
    "plan": _plan,
    "accept": _accept,
    "sign": _sign,
    "refuse": _refuse,
    "hold": _hold,
    "withdraw": _withdraw,
    "clock": _clock,
    "export": _export,
    "import": _import,
    "execute": _execute,
    "verify": _verify,
    "certify": _certify,
    "runbook": _runbook,
}
"""What the window may have done, by name."""
