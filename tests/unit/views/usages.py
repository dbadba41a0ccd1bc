"""Sums over a few invented calls, as views are handed them."""

from typing import Any

from console.domain.usage import LogGap, LogSource, SourceKind, SourceState
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS, Dictionary
from console.usage.record import Guarded
from console.usage.sums import Sums
from console.views.hits import shown_words

DAY = 20_776
"""19 November 2026."""
PAYMENTS, BENEFITS = "100000000002", "100000000003"
NAMES = {PAYMENTS: "payments-production", BENEFITS: "child-benefit"}
MODEL = "anthropic.claude-haiku-4-5-20251001-v1:0"
APP, PERSON = (
    f"arn:aws:sts::{PAYMENTS}:assumed-role/app/s-1",
    f"arn:aws:sts::{PAYMENTS}:assumed-role/proto/jo@example",
)
ARN = f"arn:aws:bedrock:eu-west-2:{PAYMENTS}:guardrail/gr1"
SETTINGS: list[tuple[Any, ...]] = [
    (1, PAYMENTS, "eu-west-2", "eu-west-2", APP, MODEL, "Converse", ""),
    (2, PAYMENTS, "eu-west-2", "eu-west-1", PERSON, MODEL, "Converse", f"eu.{MODEL}"),
    (3, BENEFITS, "eu-west-2", "eu-west-2", APP, "", "InvokeModel", "arn:profile"),
]
CATCHES: list[tuple[Any, ...]] = [
    (1, ARN, "1", "REQUEST", "sensitive information", "EMAIL", "ANONYMIZED", "input"),
    (2, ARN, "1", "ORGANIZATION_ENFORCED", "topic", "Legal advice", "NONE", "output"),
    (3, "", "", "", "", "", "INTERVENED", ""),
]
CALLS = [
    (DAY, 1, Guarded.CAUGHT, 10, 0, 100, 50, 0, 0),
    (DAY, 1, Guarded.NONE_SEEN, 30, 1, 300, 90, 0, 0),
    (DAY, 2, Guarded.NONE_SEEN, 5, 0, 50, 20, 0, 0),
    (DAY + 2, 3, Guarded.UNTOLD, 4, 0, 40, 20, 0, 0),
    (DAY + 2, 1, Guarded.NOTICED, 2, 0, 40, 20, 0, 0),
    (DAY + 2, 1, Guarded.ASSESSED, 3, 0, 40, 20, 0, 0),
]
HITS = [(DAY, 1, 1, 9), (DAY, 1, 3, 1), (DAY + 2, 1, 2, 200)]


def sums(calls: Any = CALLS, hits: Any = HITS) -> Sums:
    settings = Dictionary(SETTING_COLUMNS, SETTINGS, shown_words)
    return Sums(settings, Dictionary(CATCH_COLUMNS, CATCHES, shown_words), calls, hits)


def source(
    account: str = PAYMENTS, kind: SourceKind = SourceKind.S3, name: str = "logs/prefix/"
) -> LogSource:
    return LogSource(kind=kind, account_id=account, region="eu-west-2", name=name)


def state(of: LogSource, problem: str = "") -> SourceState:
    detail = "no s3:ListBucket" if problem else ""
    return SourceState(
        id=1, source=of, position=1, read_at="2026-11-22T10:00:00.000Z", problem=problem, detail=detail
    )


def log_gap(of: LogSource, offset: int = 17, name: str = "2026/11/19/a.json.gz") -> LogGap:
    return LogGap(
        source=of,
        name=name,
        offset=offset,
        reason="not JSON",
        count=3,
        detail="",
        seen_at="2026-11-22T10:00:00.000Z",
    )
