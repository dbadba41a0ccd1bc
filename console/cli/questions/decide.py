"""`bedrock-console ask decide`: resolved authorisation cases, one JSON object a line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from console.base.errors import ConsoleError
from console.cli.base import DONE, Invocation
from console.policy.case import decide_case
from console.policy.document import TwiceError, members_once


class NoCasesError(ConsoleError):
    """The file of cases cannot be read."""

    code = "CLI-002"
    remedy = "Name a file of JSON lines, or - for standard input."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("--cases", required=True, help="a file of cases, or - for standard input")


def run(invocation: Invocation) -> int:
    """Answer every case; a case that cannot be read is an Error among the others."""
    for line in _lines(invocation.options.cases):
        if line.strip():
            result = _decide(line)
            invocation.out.write(json.dumps(result, separators=(",", ":"), ensure_ascii=True) + "\n")
    return DONE


def _decide(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(line, object_pairs_hook=members_once)
    except TwiceError as error:
        return {"id": _id(line), "result": "Error", "error": {"message": str(error)}}
    except (ValueError, RecursionError):
        return {"id": "", "result": "Error", "error": {"message": "the line is not JSON"}}
    return decide_case(case)


def _id(line: bytes) -> str:
    """Return the id of a case in which some member is given twice."""
    case = json.loads(line)
    return str(case.get("id", "")) if isinstance(case, dict) else ""


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise NoCasesError(f"{name} cannot be read: {error}") from None
