"""`bedrock-console ask`: who can do what, and why."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from console.base.errors import ConsoleError
from console.cli.base import DONE, FOUND, Command, Invocation
from console.policy.case import decide_case, write_decision
from console.policy.written import write_formula
from console.policy.context import Context
from console.policy.request import ANY_RESOURCE
from console.policy.question import Answer, Question
from console.services.ask import Asked, NoOrganisationError, organisation_of, organisation_of_file
from console.views.conditions import condition_in_words
from console.views.text import inert

TEACHING = """\
who-can and why ask the latest refresh, or --organisation FILE in the format iam-org-snapshot/1; nothing is contacted.
The caller's own keys (aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalOrgID, aws:PrincipalTag/*) are filled in. A
key that is neither filled in, given with --context nor named with --unknown counts as absent; --unknown-rest makes
every other key unknown. What hangs on an unknown key is answered "AllowedIf", with the condition.

  bedrock-console ask who-can bedrock:InvokeModel --resource any --context aws:RequestedRegion=eu-west-2
  bedrock-console ask why ARN bedrock:InvokeModel ARN --unknown aws:SourceVpce

decide reads resolved cases, one JSON object a line: a request and every policy that applies to it, layer by layer. The
answer is one JSON object a line, in the same order: `result` is Allowed, AllowedIf (with the `residual` condition on
context keys named unknown), ImplicitlyDenied, ExplicitlyDenied, or Error with a message that names the policy and
the place.

exit codes: 0 answered; 1 answered, and nobody can, or not all could be asked; 2 refused
"""


class NoCasesError(ConsoleError):
    """The file of cases cannot be read."""

    code = "CLI-002"
    remedy = "Name a file of JSON lines, or - for standard input."


class BadContextError(ConsoleError):
    """A context key was given without a value."""

    code = "CLI-004"
    remedy = "Write it as KEY=VALUE, such as --context aws:RequestedRegion=eu-west-2; repeat it for several values."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the questions."""
    under = parser.add_subparsers(metavar="QUESTION", required=True, dest="question")
    decide = under.add_parser("decide", help="decide resolved authorisation cases, one JSON object a line")
    decide.add_argument("--cases", required=True, help="a file of cases, or - for standard input")
    who = under.add_parser("who-can", help="list every principal that can do an action")
    who.add_argument("action", help="such as bedrock:InvokeModel")
    who.add_argument("--resource", default=ANY_RESOURCE, help="an ARN, *, or any (default: any)")
    why = under.add_parser("why", help="trace the decision for one principal, layer by layer")
    why.add_argument("principal", help="the ARN of a user or role")
    why.add_argument("action")
    why.add_argument("resource", help="an ARN, *, or any")
    for each in (who, why):
        _add_circumstances(each)


def run(invocation: Invocation) -> int:
    """Answer the question."""
    questions = {"decide": _decide, "who-can": _who_can, "why": _why}
    return questions[invocation.options.question](invocation)


def _add_circumstances(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--context", action="append", default=[], metavar="KEY=VALUE", help="a key of the request"
    )
    parser.add_argument(
        "--absent", action="append", default=[], metavar="KEY", help="a key that is not there"
    )
    parser.add_argument(
        "--unknown", action="append", default=[], metavar="KEY", help="a key whose value is open"
    )
    parser.add_argument("--unknown-rest", action="store_true", help="every key that is not named is unknown")
    parser.add_argument(
        "--organisation", type=Path, metavar="FILE", help="a file in the format iam-org-snapshot/1"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _decide(invocation: Invocation) -> int:
    """Answer every case; a case that cannot be read is an Error among the others."""
    for line in _lines(invocation.options.cases):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except (ValueError, RecursionError):
            result = {"id": "", "result": "Error", "error": {"message": "the line is not JSON"}}
        else:
            result = decide_case(case)
        invocation.out.write(json.dumps(result, separators=(",", ":"), ensure_ascii=True) + "\n")
    return DONE


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise NoCasesError(f"{name} cannot be read: {error}") from None


def _who_can(invocation: Invocation) -> int:
    asked = _asked(invocation)
    answers = asked.organisation.who_can(_question(invocation.options, invocation.options.resource))
    if invocation.options.json:
        said = {
            "principals": [_written(answer) for answer in answers],
            "unseen": [{"account": each.account, "reason": each.reason} for each in asked.unseen],
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        table = Table(Column("Principal", overflow="fold"), "Result", Column("If", overflow="fold"))
        for answer in answers:
            table.add_row(
                inert(answer.principal), answer.result.value, inert(condition_in_words(answer.truth))
            )
        screen = Console(file=invocation.out, markup=False, highlight=False)
        screen.print(table)
        screen.print(f"{len(answers)} principals can.")
        for each in asked.unseen:
            screen.print(f"Not asked: {each.account}: {inert(each.reason)}")
    return FOUND if asked.unseen or not answers else DONE


def _why(invocation: Invocation) -> int:
    options = invocation.options
    asked = _asked(invocation)
    decision = asked.organisation.why(options.principal, _question(options, options.resource))
    if options.json:
        invocation.out.write(json.dumps(write_decision(decision), indent=2) + "\n")
        return FOUND if asked.unseen else DONE
    words = condition_in_words(decision.truth)
    condition = f", if {words}" if words and not isinstance(decision.truth, bool) else ""
    invocation.out.write(f"{decision.result.value}{inert(condition)}\n")
    for name, layer in decision.layers.items():
        invocation.out.write(f"  {name}: {layer.result.value}\n")
        for allowed in layer.allowed_by:
            invocation.out.write(f"    allows: {inert(allowed)}\n")
        for refused in layer.denied_by:
            invocation.out.write(f"    denies: {inert(refused)}\n")
    for each in asked.unseen:
        invocation.out.write(f"Not seen: {each.account}: {inert(each.reason)}\n")
    return FOUND if asked.unseen else DONE


def _asked(invocation: Invocation) -> Asked:
    file: Path | None = invocation.options.organisation
    if file is not None:
        return organisation_of_file(file)
    latest = invocation.parts().latest()
    if latest is None:
        raise NoOrganisationError("no refresh is stored yet")
    return organisation_of(latest.snapshot)


def _question(options: Namespace, resource: str) -> Question:
    values: dict[str, object] = {}
    for each in options.context:
        key, equals, value = each.partition("=")
        if not equals or not key:
            raise BadContextError(f"{each!r} is not KEY=VALUE")
        held = values.get(key)
        values[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    context = Context.of(
        values, unknown=options.unknown, absent=options.absent, rest_unknown=options.unknown_rest
    )
    return Question(action=options.action, resource=resource, context=context)


def _written(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"principal": answer.principal, "result": answer.result.value}
    if not isinstance(answer.truth, bool):
        said["residual"] = write_formula(answer.truth)
        said["if"] = condition_in_words(answer.truth)
    return said


COMMAND = Command(
    name="ask",
    summary="Ask who can do what, and why, without AWS",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
