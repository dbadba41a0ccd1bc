"""`bedrock-console ask who-can`: every principal that can do an action, and those who can become one."""

from argparse import ArgumentParser
from typing import Any

from rich.table import Column, Table

from console.cli.base import DONE, FOUND, Invocation
from console.cli.questions import base
from console.policy.question import Answer
from console.policy.request import ANY_RESOURCE
from console.views.conditions import condition_in_words
from console.views.exposure import route_as_json, route_in_words
from console.views.text import inert


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the question."""
    parser.add_argument("action", help="such as bedrock:InvokeModel")
    parser.add_argument("--resource", default=ANY_RESOURCE, help="an ARN, *, or any (default: any)")
    parser.add_argument(
        "--through-roles",
        action="store_true",
        help="also who can become one of them, with the roles on the way",
    )
    base.add_circumstances(parser)
    base.add_model_call(parser)
    base.add_source(parser)


def run(invocation: Invocation) -> int:
    """Print one principal a line; 1 if nobody can or not everybody could be asked."""
    options = invocation.options
    asked = base.asked(invocation)
    questions = base.questions_of(invocation, asked, options.resource)
    asked = asked.about(each.resource for each in questions)
    answers = asked.organisation.who_can_all(questions)
    targets = (each.principal for each in answers.found)
    routes = asked.organisation.routes(targets) if options.through_roles else ()
    if options.json:
        said: dict[str, Any] = {
            "authorisations": [
                {"action": each.action, "resource": each.resource, "region": each.region}
                for each in questions
            ],
            "principals": [_written(answer) for answer in answers.found],
            "unseen": base.unseen_as_json(asked, answers.faults),
        }
        if options.through_roles:
            said["through_roles"] = [route_as_json(each) for each in routes]
        base.write_json(invocation, said)
    else:
        table = Table(Column("Principal", overflow="fold"), "Result", Column("If", overflow="fold"))
        for answer in answers.found:
            table.add_row(
                inert(answer.principal), answer.result.value, inert(condition_in_words(answer.truth))
            )
        screen = base.screen(invocation)
        if len(questions) > 1:
            screen.print(f"The call needs {len(questions)} authorisations:")
            for each in questions:
                region = f" (aws:RequestedRegion {each.region})" if each.region else ""
                screen.print(inert(f"  {each.action} on {each.resource}{region}"))
        screen.print(table)
        screen.print(f"{len(answers.found)} principals can.")
        if options.through_roles:
            screen.print(f"{len(routes)} more can become one of them:")
            for route in routes:
                screen.print(inert(f"  {route_in_words(route)}"))
        base.write_unseen(invocation, asked, answers.faults)
    return FOUND if asked.unseen or answers.faults or not answers.found else DONE


def _written(answer: Answer) -> dict[str, Any]:
    return {
        "principal": answer.principal,
        "result": answer.result.value,
        **base.condition_as_json(answer.truth),
    }
