"""What the questions share: whom they ask, and under which circumstances."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console

from console.base.errors import ConsoleError
from console.cli.base import Invocation
from console.policy.bedrock import Circumstances
from console.policy.calling import authorisations
from console.policy.context import Context
from console.policy.question import Fault, Question
from console.policy.truth import Truth
from console.policy.written import write_formula
from console.services.ask import Asked, NoOrganisationError, organisation_of, organisation_of_file
from console.views.conditions import condition_in_words
from console.views.text import inert


class BadContextError(ConsoleError):
    """A context key was given without a value."""

    code = "CLI-004"
    remedy = "Write it as KEY=VALUE, such as --context aws:RequestedRegion=eu-west-2; repeat it for several values."


def add_source(parser: ArgumentParser) -> None:
    """Declare whom the question is put to, and how it is answered."""
    parser.add_argument(
        "--organisation", type=Path, metavar="FILE", help="a file in the format iam-org-snapshot/1"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def add_circumstances(parser: ArgumentParser) -> None:
    """Declare the keys of the request."""
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


def add_model_call(parser: ArgumentParser) -> None:
    """Declare what a call of a model brings along."""
    parser.add_argument("--guardrail", default="", metavar="ARN", help="the guardrail that the call names")
    parser.add_argument(
        "--bearer-token",
        default="",
        choices=("SHORT_TERM", "LONG_TERM"),
        help="the call is made with an API key of this sort",
    )


def asked(invocation: Invocation) -> Asked:
    """Return the organisation to ask: of the named file, or of the latest refresh."""
    file: Path | None = invocation.options.organisation
    if file is not None:
        return organisation_of_file(file)
    latest = invocation.parts().latest()
    if latest is None:
        raise NoOrganisationError("no refresh is stored yet")
    return organisation_of(latest.snapshot)


def context_of(options: Namespace, *, rest_unknown: bool = False) -> Context:
    """Return the circumstances; a key given several times has several values."""
    values: dict[str, object] = {}
    for each in options.context:
        key, equals, value = each.partition("=")
        if not equals or not key:
            raise BadContextError(f"{each!r} is not KEY=VALUE")
        held = values.get(key)
        values[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    return Context.of(
        values,
        unknown=options.unknown,
        absent=options.absent,
        rest_unknown=options.unknown_rest or rest_unknown,
    )


def questions_of(invocation: Invocation, organisation: Asked, resource: str) -> tuple[Question, ...]:
    """Return every authorisation that the call needs: one, or those of an inference profile that was seen."""
    options = invocation.options
    how = Circumstances(
        action=options.action,
        context=context_of(options),
        guardrail=options.guardrail,
        bearer_token=options.bearer_token,
    )
    return authorisations(organisation.organisation, resource, how)


def write_json(invocation: Invocation, said: object) -> None:
    """Print one JSON document."""
    invocation.out.write(json.dumps(said, indent=2) + "\n")


def screen(invocation: Invocation) -> Console:
    """Return a terminal for tables, as wide as the reader's."""
    return Console(file=invocation.out, markup=False, highlight=False)


def condition_as_json(truth: Truth) -> dict[str, Any]:
    """Return a condition as a tree and in words; nothing for a plain answer."""
    if isinstance(truth, bool):
        return {}
    return {"residual": write_formula(truth), "if": condition_in_words(truth)}


def unseen_as_json(answered: Asked, faults: Iterable[Fault] = ()) -> list[dict[str, str]]:
    """Return about whom the question was not answered."""
    return [
        *({"account": each.account, "reason": each.reason} for each in answered.unseen),
        *({"account": each.account, "principal": each.principal, "reason": each.reason} for each in faults),
    ]


def write_unseen(invocation: Invocation, answered: Asked, faults: Iterable[Fault] = ()) -> None:
    """Print about whom the question was not answered."""
    for each in answered.unseen:
        invocation.out.write(f"Not asked: {each.account}: {inert(each.reason)}\n")
    for fault in faults:
        invocation.out.write(f"Not known: {inert(fault.principal or fault.account)}: {inert(fault.reason)}\n")
