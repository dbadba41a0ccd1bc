"""Resource policies in words, statement by statement, and as readable JSON."""

import json
from collections.abc import Iterator

from console.controls.documents import read_policy
from console.policy.conditions import Entry
from console.policy.document import Statement
from console.policy.truth import Leaf, Not
from console.views.conditions import condition_in_words
from console.views.text import inert, inert_lines

_EVERYBODY = ("AWS", "*")


def policy_in_words(document: object) -> Iterator[str]:
    """Yield one line for each statement; a policy that is not understood whole says so and is not guessed at."""
    policy = read_policy("policy", document) if document else None
    if policy is None:
        yield "not understood: read it as JSON" if document else "AWS gave no policy"
        return
    for statement in policy.statements:
        yield inert(_statement(statement))


def policy_json(document: object) -> str:
    """Return a policy pretty-printed; a text that is no JSON as it is."""
    try:
        read = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        return inert(document)
    return inert_lines(json.dumps(read, indent=2, ensure_ascii=False, default=str))


def _statement(statement: Statement) -> str:
    words = f"{'Allows' if statement.allows else 'Denies'} {_who(statement)} {_what(statement)}"
    where = _where(statement)
    when = " and ".join(_condition(entry) for entry in statement.conditions)
    return f"{words}{f' on {where}' if where else ''}{f', if {when}' if when else ''}"


def _who(statement: Statement) -> str:
    if statement.principals is None:
        return "its holder"
    everybody = statement.principals == (_EVERYBODY,)
    if everybody and not statement.but_principals:
        return "everybody"
    named = " and ".join(
        value if kind == "AWS" else f"{kind.lower()} {value}" for kind, value in statement.principals
    )
    return f"everybody but {named}" if statement.but_principals else named


def _what(statement: Statement) -> str:
    listed = ", ".join(statement.actions)
    if statement.but_actions:
        return f"every action but {listed}"
    return "every action" if statement.actions == ("*",) else listed


def _where(statement: Statement) -> str:
    if statement.resources is None:
        return ""
    listed = ", ".join(statement.resources)
    if statement.but_resources:
        return f"everything but {listed}"
    return "" if statement.resources == ("*",) else listed


def _condition(entry: Entry) -> str:
    operator = entry.operator
    leaf = Leaf(operator.positive, entry.key, entry.values, entry.variables, entry.source)
    words = condition_in_words(Not(leaf) if operator.negated else leaf)
    return f"{words}, where it is given" if operator.if_exists else words
