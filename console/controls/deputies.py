"""Whether Bedrock, let in as a service, can be sent by strangers: it acts for whoever asks it to."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Verdict
from console.controls.payload import arn_account
from console.policy.conditions import Entry
from console.policy.document import Policy, Statement

_SERVICE = "bedrock"
_ACCOUNT, _ARN = "aws:sourceaccount", "aws:sourcearn"
_TESTS = frozenset(("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike", "ArnEquals"))


def deputies(policy: Policy, ours: frozenset[str]) -> Iterator[Answer]:
    """Yield an answer for each statement by which Bedrock is let in: whether only for accounts of ours.

    What a statement that denies takes away again is not judged, so beside one nothing is certain.
    """
    denies = any(not statement.allows for statement in policy.statements)
    for statement in policy.statements:
        if statement.allows and lets_in_bedrock(statement):
            answer = _judge(statement, ours)
            if denies and answer.verdict is Verdict.FAIL:
                answer = Answer(Verdict.UNKNOWN, f"{answer.because}; what is denied beside it is not judged")
            yield answer


def lets_in_bedrock(statement: Statement) -> bool:
    """Tell whether a statement names a service of Bedrock's."""
    return any(
        kind == "Service" and value.lower().partition(".")[0].startswith(_SERVICE)
        for kind, value in statement.principals or ()
    )


def _judge(statement: Statement, ours: frozenset[str]) -> Answer:
    entries = [entry for entry in statement.conditions if entry.key.lower() in (_ACCOUNT, _ARN)]
    answers = [_of(entry, ours) for entry in entries]
    for verdict in (Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL):
        for answer in answers:
            if answer.verdict is verdict:
                return answer
    others = ", ".join(sorted({entry.key for entry in statement.conditions}))
    if others:
        return Answer(
            Verdict.UNKNOWN, f"Bedrock is let in under a condition on {others}, which is not judged"
        )
    because = (
        "Bedrock is let in for whoever sends it, with no condition on aws:SourceAccount or aws:SourceArn"
    )
    return Answer(Verdict.FAIL, because)


def _of(entry: Entry, ours: frozenset[str]) -> Answer:
    operator = entry.operator
    if operator.test.name not in _TESTS or operator.negated or operator.quantifier or operator.if_exists:
        return Answer(Verdict.UNKNOWN, f"the condition on {entry.key} is of a form that is not judged")
    is_arn = entry.key.lower() == _ARN
    accounts = [(arn_account(value) or "") if is_arn else value for value in entry.values]
    strangers = sorted({value or "accounts that are not named" for value in accounts if value not in ours})
    if strangers:
        return Answer(Verdict.FAIL, f"Bedrock is let in for {', '.join(strangers)}")
    return Answer(Verdict.PASS, f"Bedrock is let in only for {', '.join(sorted(set(accounts)))}")
