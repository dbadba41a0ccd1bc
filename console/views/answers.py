"""Who can make a call: everybody with what must hold, who can become one of them, and who was not asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.policy.becoming import Route
from console.policy.question import Answers, Question
from console.policy.request import Result
from console.views.conditions import condition_in_words
from console.views.exposure import account_of, route_in_words
from console.views.holdings import How
from console.views.names import account_words, unread_in_words
from console.views.table import Column, Kind, Table
from console.views.text import inert


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """Somebody who can, or somebody who could not be asked about."""

    principal: str
    """Empty for everybody in an account."""
    account: str
    how: str
    words: str
    evidence: tuple[int, ...] = ()
    is_gap: bool = False


ANSWER_COLUMNS: tuple[Column[AnswerRow], ...] = (
    Column("how", "Can it?", lambda row: row.how),
    Column("name", "Principal", lambda row: inert(row.principal.rpartition("/")[2]) or "everybody there"),
    Column("account", "Account", lambda row: row.account or None),
    Column("words", "If, or by way of", lambda row: row.words),
    Column("arn", "ARN", lambda row: inert(row.principal) or None, Kind.ARN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What gives answers their names and their evidence."""

    names: Mapping[str, str]
    """The accounts'."""
    evidence: Mapping[str, tuple[int, ...]]
    """By principal and, for what was not read, by account."""


def answers_table(
    answers: Answers, routes: Sequence[Route], unseen: Sequence[tuple[str, str]], known: Known
) -> Table[AnswerRow]:
    """Return who could not be asked about, then who can, who can if, and who can become one of them."""
    rows = (*_not_known(answers, unseen, known), *_found(answers, known), *_through(routes, known))
    return Table(ANSWER_COLUMNS, rows, evidence=lambda row: row.evidence)


def _found(answers: Answers, known: Known) -> Iterator[AnswerRow]:
    for each in sorted(answers.found, key=lambda answer: answer.result is not Result.ALLOWED):
        sure = each.result is Result.ALLOWED
        yield AnswerRow(
            principal=each.principal,
            account=account_words(each.account, known.names),
            how=How.CAN.value if sure else How.IF.value,
            words="" if sure else inert(condition_in_words(each.truth)),
            evidence=known.evidence.get(each.principal, ()),
        )


def _through(routes: Sequence[Route], known: Known) -> Iterator[AnswerRow]:
    for each in routes:
        account = (
            "outside the organisation" if each.is_outsider else account_words(account_of(each), known.names)
        )
        yield AnswerRow(
            principal=each.start,
            account=account,
            how=How.THROUGH.value,
            words=inert(route_in_words(each)),
            evidence=known.evidence.get(each.links[0].role if each.is_outsider else each.start, ()),
        )


def _not_known(answers: Answers, unseen: Sequence[tuple[str, str]], known: Known) -> Iterator[AnswerRow]:
    for account, reason in unseen:
        named = "the organisation as a whole" if account == "*" else account_words(account, known.names)
        yield AnswerRow(
            principal="",
            account=named,
            how=How.NOT_KNOWN.value,
            words=unread_in_words(reason),
            evidence=known.evidence.get(account, ()),
            is_gap=True,
        )
    for fault in answers.faults:
        yield AnswerRow(
            principal=fault.principal,
            account=account_words(fault.account, known.names),
            how=How.NOT_KNOWN.value,
            words=inert(fault.reason),
            evidence=known.evidence.get(fault.principal, ()),
            is_gap=True,
        )


def question_in_words(question: Question) -> str:
    """Return one authorisation of a call."""
    resource = "any resource" if question.resource == "any" else question.resource
    resource = "no particular resource" if resource == "*" else resource
    where = f" in {question.region}" if question.region else ""
    return inert(f"{question.action} on {question.within or resource}{where}")


def answer_in_words(answers: Answers, routes: Sequence[Route], unseen: int) -> str:
    """Return the answer in one sentence, with what it leaves open."""
    sure = sum(each.result is Result.ALLOWED for each in answers.found)
    if_ = len(answers.found) - sure
    said = [f"{sure:,} can"]
    said += [f"{if_:,} can if a condition holds"] if if_ else []
    said += [f"{len(routes):,} more can become one of them"] if routes else []
    words = "; ".join(said) if answers.found or routes else "Nobody who was asked about can"
    missing = unseen + len(answers.faults)
    return f"{words}. {f'{missing:,} could not be asked about.' if missing else 'Everybody was asked about.'}"
