"""`bedrock-console ask`: put authorisation questions to policies, without AWS."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from console.base.errors import ConsoleError
from console.cli.base import DONE, Command, Invocation
from console.policy.case import decide_case

TEACHING = """\
A case is one JSON object on one line: a request and every policy that applies to it, layer by layer. The answer is
one JSON object a line, in the same order: `result` is Allowed, AllowedIf (with the `residual` condition on context
keys named unknown), ImplicitlyDenied, ExplicitlyDenied, or Error with a message that names the policy and the place.
"""


class NoCasesError(ConsoleError):
    """The file of cases cannot be read."""

    code = "CLI-002"
    remedy = "Name a file of JSON lines, or - for standard input."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the questions."""
    under = parser.add_subparsers(metavar="QUESTION", required=True, dest="question")
    decide = under.add_parser("decide", help="decide resolved authorisation cases, one JSON object a line")
    decide.add_argument("--cases", required=True, help="a file of cases, or - for standard input")


def run(invocation: Invocation) -> int:
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


COMMAND = Command(
    name="ask",
    summary="Put authorisation questions to policies, without AWS",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
