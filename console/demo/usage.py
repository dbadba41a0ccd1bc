"""How the department uses models, day by day: metrics, costs, and log records without a word of any prompt.

Everything is a function of seed, account, model and day, so metrics, costs and records agree with each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON
from console.demo.estate import Estate
from console.demo.messages import Payload

RECORDS_A_DAY = 40
"""At most so many log records of one account, model and day."""
HOURS = 24
_HABITS = 4096
_QUIET_HOURS = (*range(7), *range(19, HOURS))
_SATURDAY = 5
_ONE_IN_GUARDED = 25
PRICES = {
    "anthropic.claude-3-7-sonnet-20250219-v1:0": (3_000, 15_000),
    "anthropic.claude-haiku-4-5-20251001-v1:0": (1_000, 5_000),
    "amazon.nova-lite-v1:0": (60, 240),
    "amazon.titan-embed-text-v2:0": (20, 0),
}
"""Billionths of a dollar for a token in and a token out; invented, of a plausible size."""
_CACHING = "anthropic."
"""How the ids of models begin that read from a cache here."""
GUARDED_PRICE = 150_000
"""Billionths of a dollar for a unit of text; invented too."""


class Sort(Enum):
    """Sorts of tokens, each with a price of its own."""

    INPUT = "input"
    OUTPUT = "output"
    CACHE_READ = "cache read"
    CACHE_WRITE = "cache write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One account's use of one model on one day."""

    account_id: str
    model_id: str
    day: date
    invocations: int
    input_tokens: int
    output_tokens: int
    intervened: int
    """Invocations in which a guardrail stepped in."""

    @property
    def cached_tokens(self) -> int:
        """Tokens in that were read from the cache, and are billed apart from the others."""
        return self.input_tokens // 3 if self.model_id.startswith(_CACHING) else 0

    @property
    def cache_written_tokens(self) -> int:
        """Tokens in that were put into the cache."""
        return self.cached_tokens // 8

    def tokens(self, sort: Sort) -> int:
        """Return how many tokens of a sort there were."""
        counts = {
            Sort.INPUT: self.input_tokens,
            Sort.OUTPUT: self.output_tokens,
            Sort.CACHE_READ: self.cached_tokens,
            Sort.CACHE_WRITE: self.cache_written_tokens,
        }
        return counts[sort]

    @property
    def guarded_units(self) -> int:
        """Units of text that guardrails read: one for each question and each answer."""
        return 2 * self.invocations if self.output_tokens else 0


def price_of(model_id: str, sort: Sort) -> int:
    """Return billionths of a dollar for a token: from the cache for a tenth, into it for a quarter more."""
    into, out = PRICES[model_id]
    prices = {
        Sort.INPUT: into,
        Sort.OUTPUT: out,
        Sort.CACHE_READ: into // 10,
        Sort.CACHE_WRITE: into * 5 // 4,
    }
    return prices[sort]


def use_of(seed: int, account_id: str, model_id: str, day: date) -> Use:
    """Return what an account did with a model on a day; it grows by the month and rests at weekends."""
    size, into, out = _habit(seed, account_id, model_id)
    chance = Draw(seed).below(10**9, "day", account_id, model_id, day)
    growth = 100 + (day - date(2026, 1, 1)).days // 6
    noise = 70 + chance % 60
    weekday = 100 if day.weekday() < _SATURDAY else 12
    invocations = max(0, size * growth * noise * weekday // 100**3)
    return Use(
        account_id=account_id,
        model_id=model_id,
        day=day,
        invocations=invocations,
        input_tokens=invocations * (into + chance // 60 % 100),
        output_tokens=invocations * (out + chance // 6_000 % 100) if out else 0,
        intervened=invocations // _ONE_IN_GUARDED if out else 0,
    )


@lru_cache(_HABITS)
def _habit(seed: int, account_id: str, model_id: str) -> tuple[int, int, int]:
    """Return how often an account calls a model, and about how many tokens go in and come out."""
    draw, place = Draw(seed), (account_id, model_id)
    out = 0 if PRICES[model_id][1] == 0 else 80 + draw.below(500, "out", *place)
    return 40 + draw.below(400, "size", *place), 300 + draw.below(1_500, "in", *place), out


def uses(seed: int, in_use: Iterable[tuple[str, Iterable[str]]], first: date, end: date) -> Iterator[Use]:
    """Yield every use of some accounts, each with its models, from `first` to the day before `end`."""
    places = [(account, model) for account, models in in_use for model in models]
    day = first
    while day < end:
        yield from (use_of(seed, account, model, day) for account, model in places)
        day += timedelta(days=1)


def summed(days: Iterable[Use], first: date) -> Iterator[Use]:
    """Yield what each account did with each model in all of some days, as if it were on the first."""
    sums: dict[tuple[str, str], list[int]] = {}
    for use in days:
        here = sums.setdefault((use.account_id, use.model_id), [0, 0, 0, 0])
        here[0] += use.invocations
        here[1] += use.input_tokens
        here[2] += use.output_tokens
        here[3] += use.intervened
    for (account, model), (invocations, into, out, intervened) in sums.items():
        yield Use(
            account_id=account,
            model_id=model,
            day=first,
            invocations=invocations,
            input_tokens=into,
            output_tokens=out,
            intervened=intervened,
        )


def by_hour(total: int) -> list[int]:
    """Share a day's total out over its hours: nothing at night, and not a unit lost.

    >>> sum(by_hour(1001)), by_hour(1001)[3]
    (1001, 0)
    """
    busy = [hour for hour in range(HOURS) if hour not in _QUIET_HOURS]
    each, rest = divmod(total, len(busy))
    return [each + (busy.index(hour) < rest) if hour in busy else 0 for hour in range(HOURS)]


def log_records(estate: Estate, account_id: str, day: str) -> list[Payload]:
    """Return a day's invocation-log records of an account: who, when, which model, how many tokens.

    What was asked and answered is not in them: the stand-in has never had it.
    """
    account = estate.accounts[account_id]
    when = date.fromisoformat(day)
    return [
        record
        for model in account.models_in_use
        for record in _records(estate, use_of(estate.seed, account_id, model, when))
    ]


def _records(estate: Estate, use: Use) -> Iterator[Payload]:
    draw = Draw(estate.seed)
    role = f"arn:aws:sts::{use.account_id}:assumed-role/bedrock-application"
    count = min(use.invocations, RECORDS_A_DAY)
    for index in range(count):
        place = ("record", use.account_id, use.model_id, use.day, index)
        hour, minute, second = (
            7 + index * 12 // count,
            draw.below(60, "m", *place),
            draw.below(60, "s", *place),
        )
        raw = draw.hexadecimal(32, *place)
        is_guarded = bool(use.intervened) and draw.below(_ONE_IN_GUARDED, "guarded", *place) == 0
        yield {
            "schemaType": "ModelInvocationLog",
            "schemaVersion": "1.0",
            "timestamp": f"{use.day}T{hour:02}:{minute:02}:{second:02}Z",
            "accountId": use.account_id,
            "identity": {"arn": f"{role}/session-{draw.below(6, 'session', *place)}"},
            "region": LONDON,
            "requestId": f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}",
            "operation": "Converse" if use.output_tokens else "InvokeModel",
            "modelId": use.model_id,
            "input": {
                "inputContentType": "application/json",
                "inputTokenCount": use.input_tokens // use.invocations,
            },
            "output": {
                "outputContentType": "application/json",
                "outputTokenCount": 0 if is_guarded else use.output_tokens // use.invocations,
                "outputBodyJson": {"stopReason": "guardrail_intervened" if is_guarded else "end_turn"},
            },
        }
