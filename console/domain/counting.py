"""Counts that AWS makes over logs too large, or too private, for one laptop: what is asked, and the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Question(StrEnum):
    """What may be asked; a question is for ever, because it stands in signed ledgers."""

    HITS = "hits"
    """What guardrails caught: by day and policy, by what was caught, by who called."""
    UNGUARDED = "unguarded"
    """Calls with no guardrail, and those of which that cannot be told."""
    RESIDENCY = "residency"
    """Calls that ran outside the approved Regions."""
    COVERAGE = "coverage"
    """How many calls a log has, by day."""


class Engine(StrEnum):
    """Who counts; likewise for ever."""

    ATHENA = "athena"
    """Amazon Athena, over the objects of a bucket."""
    INSIGHTS = "insights"
    """Amazon CloudWatch Logs Insights, over the events of a log group."""


Row = tuple[str | None, ...]
"""The texts of a row in the order of `TEXTS`; None where the row is not by that."""
TEXTS: Mapping[Question, tuple[str, ...]] = {
    Question.HITS: ("day", "policy", "type", "action", "account", "caller"),
    Question.UNGUARDED: ("guarded", "account", "caller", "model", "operation"),
    Question.RESIDENCY: ("account", "caller", "model", "region", "ran_in"),
    Question.COVERAGE: ("state", "day", "account", "region"),
}
NUMBERS: Mapping[Question, str] = {
    Question.HITS: "hits",
    Question.UNGUARDED: "calls",
    Question.RESIDENCY: "calls",
    Question.COVERAGE: "calls",
}
"""Every column that a query may return: names of things and counts, and no text of any prompt, answer or match."""
MOST_ROWS: Mapping[Engine, int] = {Engine.ATHENA: 50_000, Engine.INSIGHTS: 10_000}
"""An answer with so many rows was cut off there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One question about one log."""

    question: Question
    engine: Engine
    account_id: str
    region: str
    first_day: str
    """ISO 8601, UTC."""
    last_day: str
    """To the end of this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What AWS counted, as the ledger has it."""

    asking: Asking
    rows: Sequence[tuple[Row, int]]
    problem: str
    """Why the answer is not all there, or not there at all; empty if it is whole."""
    bytes_scanned: int | None
    """None where AWS did not say."""
    by: str
    at: str
    sequence: int

    @property
    def is_whole(self) -> bool:
        """Whether everything that was asked for is in it."""
        return not self.problem


def body_of(asking: Asking) -> dict[str, Any]:
    """Return a question as JSON types."""
    return {
        "question": asking.question.value,
        "engine": asking.engine.value,
        "account_id": asking.account_id,
        "region": asking.region,
        "first_day": asking.first_day,
        "last_day": asking.last_day,
    }


def asking_of(body: Mapping[str, Any]) -> Asking:
    """Return what `body_of` wrote."""
    return Asking(
        question=Question(body["question"]),
        engine=Engine(body["engine"]),
        account_id=str(body["account_id"]),
        region=str(body["region"]),
        first_day=str(body["first_day"]),
        last_day=str(body["last_day"]),
    )
