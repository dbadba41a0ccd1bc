"""`bedrock-console ask what-can`: every action of a service that one principal can do."""

from argparse import ArgumentParser
from collections import defaultdict

from rich.table import Column, Table

from console.base.errors import ConsoleError
from console.cli.base import DONE, FOUND, Invocation
from console.cli.questions import base
from console.policy import catalogue
from console.policy.powers import Power, powers
from console.views.conditions import condition_in_words
from console.views.text import inert


class NoServiceError(ConsoleError):
    """AWS has no service of that prefix."""

    code = "CLI-005"
    remedy = "Name the prefix that actions have, such as bedrock, s3 or iam."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the question."""
    parser.add_argument("principal", help="the ARN of a user or role")
    parser.add_argument(
        "--service",
        action="append",
        default=[],
        metavar="PREFIX",
        help="a service's prefix, or all (default: every service of Bedrock)",
    )
    base.add_circumstances(parser)
    base.add_source(parser)


def run(invocation: Invocation) -> int:
    """Print the actions, those under one condition together."""
    options = invocation.options
    asked = base.asked(invocation)
    services = tuple(options.service) or tuple(
        each for each in catalogue.services() if each.startswith("bedrock")
    )
    if "all" in services:
        services = catalogue.services()
    unknown = [each for each in services if not catalogue.actions_of(each)]
    if unknown and options.service and "all" not in options.service:
        raise NoServiceError(f"{unknown[0]} is not the prefix of a service")
    held = tuple(powers(asked.organisation, options.principal, services, base.context_of(options)))
    if options.json:
        actions = [
            {
                "action": each.action.name,
                "access": each.action.access,
                "result": each.result.value,
                **base.condition_as_json(each.truth),
            }
            for each in held
        ]
        base.write_json(invocation, {"actions": actions, "unseen": base.unseen_as_json(asked)})
    else:
        _write(invocation, held, sum(len(catalogue.actions_of(each)) for each in services))
        base.write_unseen(invocation, asked)
    return FOUND if asked.unseen or not held else DONE


def _write(invocation: Invocation, held: tuple[Power, ...], of: int) -> None:
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for power in held:
        together[power.action.access, condition_in_words(power.truth)].append(power.action.name)
    table = Table("Access", Column("If", overflow="fold"), Column("Actions", overflow="fold"))
    for (access, words), names in sorted(together.items()):
        table.add_row(access, inert(words), inert(", ".join(names)))
    screen = base.screen(invocation)
    screen.print(table)
    screen.print(f"{len(held)} of {of} actions.")
