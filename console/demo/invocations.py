"""The department's invocation logs, as Bedrock writes them: every call that its metrics count, with invented words.

They are functions of seed, account and day, so that logs, metrics and costs agree with each other.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON
from console.demo.estate import Estate
from console.demo.usage import Use, use_of

PLANTED_WORDS = "invented-words-of-a-prompt"
"""In every prompt, answer and match; nothing that reads logs may keep them."""
_DAMAGED_WEEKDAY = 2
"""An object of each Wednesday breaks off, in every other account."""
_HALVES = ((7, 12), (13, 18))
"""A day's two objects, by their hours."""
_DETECTED_EVERY, _UNGUARDED_EVERY, _AWAY_EVERY, _ACCOUNTS_WITH_AWAY = 90, 9, 50, 3
_ELSEWHERE = ("eu-west-1", "eu-central-1", "eu-north-1")
_ORIGINS = (*["REQUEST"] * 7, "ACCOUNT_ENFORCED", "ACCOUNT_ENFORCED", "ORGANIZATION_ENFORCED")
_MOST_KEPT = 128
Assessment = Mapping[str, Any]


def _personal(kind: str, action: str) -> Assessment:
    entity = {"match": PLANTED_WORDS, "type": kind, "action": action, "detected": True}
    return {"sensitiveInformationPolicy": {"piiEntities": [entity], "regexes": []}}


def _filter(kind: str, action: str = "BLOCKED") -> Assessment:
    return {
        "contentPolicy": {
            "filters": [{"type": kind, "confidence": "HIGH", "action": action, "detected": True}]
        }
    }


_CAUGHT: tuple[Assessment, ...] = (
    _personal("UK_NATIONAL_INSURANCE_NUMBER", "ANONYMIZED"),
    _personal("EMAIL", "ANONYMIZED"),
    _filter("PROMPT_ATTACK"),
    _personal("NAME", "ANONYMIZED"),
    {
        "topicPolicy": {
            "topics": [{"name": "Legal advice", "type": "DENY", "action": "BLOCKED", "detected": True}]
        }
    },
    _personal("PHONE", "BLOCKED"),
    _filter("HATE"),
    {
        "wordPolicy": {
            "customWords": [{"match": PLANTED_WORDS, "action": "BLOCKED", "detected": True}],
            "managedWordLists": [
                {"match": PLANTED_WORDS, "type": "PROFANITY", "action": "BLOCKED", "detected": True}
            ],
        }
    },
    {
        "sensitiveInformationPolicy": {
            "piiEntities": [],
            "regexes": [
                {
                    "name": "Case number",
                    "match": PLANTED_WORDS,
                    "regex": "[A-Z]{3}-\\d{6}",
                    "action": "ANONYMIZED",
                    "detected": True,
                }
            ],
        }
    },
    {
        "contextualGroundingPolicy": {
            "filters": [
                {"type": "GROUNDING", "threshold": 0.7, "score": 0.2, "action": "BLOCKED", "detected": True}
            ]
        }
    },
)
_NOTICED: tuple[Assessment, ...] = (
    _filter("INSULTS", "NONE"),
    _personal("ADDRESS", "NONE"),
    {
        "automatedReasoningPolicy": {
            "findings": [
                {"invalid": {"translation": {"claims": [{"logic": "x", "naturalLanguage": PLANTED_WORDS}]}}}
            ]
        }
    },
)


@lru_cache(_MOST_KEPT)
def _day_lines(
    seed: int, account_id: str, models: tuple[str, ...], guardrail: str, day: date, place: int
) -> Any:  # noqa: ANN401 - a list of pairs; what lines are made of
    found = []
    for model in models:
        use = use_of(seed, account_id, model, day)
        found += [(hour, line) for hour, line in _lines(seed, use, guardrail, place)]
    return sorted(found)


def log_lines(estate: Estate, account_id: str, day: date) -> list[tuple[int, bytes]]:
    """Return a day's lines of an account's log in London, each with the second of the day, in order."""
    account = estate.accounts[account_id]
    held = [each for each in account.regions[LONDON].guardrails if each.get("version") != "DRAFT"]
    named = [*held, *account.regions[LONDON].guardrails]
    guardrail = str(named[0]["guardrailArn"]) if named else ""
    place = list(estate.accounts).index(account_id)
    lines: list[tuple[int, bytes]] = _day_lines(
        estate.seed, account_id, tuple(account.models_in_use), guardrail, day, place
    )
    return lines


def object_names(estate: Estate, account_id: str, day: date) -> list[str]:
    """Return the names of a day's objects, after the log's prefix."""
    if not estate.accounts[account_id].models_in_use:
        return []
    draw = Draw(estate.seed)
    return [
        f"{day:%Y/%m/%d}/{last:02}/{day:%Y%m%d}T{last:02}5959Z_{draw.hexadecimal(16, account_id, day, last)}.json.gz"
        for _, last in _HALVES
    ]


def object_content(estate: Estate, account_id: str, name: str) -> bytes:
    """Return an object's content; raise `LookupError` if there is none of that name."""
    day = date(*(int(each) for each in name.split("/")[:3]))
    names = object_names(estate, account_id, day)
    first, last = _HALVES[names.index(name)] if name in names else (-1, -1)
    if last < 0:
        raise LookupError(name)
    lines = [
        line
        for second, line in log_lines(estate, account_id, day)
        if first <= second // 3600 <= last or (first == _HALVES[0][0] and second // 3600 < first)
    ]
    content = gzip.compress(b"".join(line + b"\n" for line in lines), 1, mtime=0)
    return content[: len(content) * 2 // 3] if is_damaged(estate, account_id, name) else content


def is_damaged(estate: Estate, account_id: str, name: str) -> bool:
    """Tell whether an object breaks off before its end."""
    place = list(estate.accounts).index(account_id)
    year, month, day, last = (int(each) for each in name.split("/")[:4])
    is_its_turn = date(year, month, day).weekday() == _DAMAGED_WEEKDAY and last == _HALVES[1][1]
    return place % 2 == 0 and is_its_turn


def _lines(seed: int, use: Use, guardrail: str, place: int) -> Iterator[tuple[int, bytes]]:
    draw = Draw(seed)
    start = draw.below(2**62, "calls", use.account_id, use.model_id, use.day)
    count = use.invocations
    for index in range(count):
        second = 7 * 3600 + index * 12 * 3600 // count
        number = start + index
        is_caught = (index + 1) * use.intervened // count != index * use.intervened // count
        yield (
            second,
            json.dumps(_record(use, guardrail, place, index, number, second, is_caught=is_caught)).encode(),
        )


def _record(  # noqa: PLR0913 - what one record is made of
    use: Use, guardrail: str, place: int, index: int, number: int, second: int, *, is_caught: bool
) -> dict[str, Any]:
    is_unguarded = not is_caught and index % _UNGUARDED_EVERY == 0
    role, session = (
        ("bedrock-prototype", f"person-{number % 3}@public-works.example")
        if is_unguarded
        else ("bedrock-application", f"session-{number % 6}")
    )
    raw = f"{use.day.toordinal():08x}{number:024x}"
    is_away = place % _ACCOUNTS_WITH_AWAY == 1 and index % _AWAY_EVERY == 1 and bool(use.output_tokens)
    made: dict[str, Any] = {
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": f"{use.day}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z",
        "accountId": use.account_id,
        "identity": {"arn": f"arn:aws:sts::{use.account_id}:assumed-role/{role}/{session}"},
        "region": LONDON,
        "requestId": f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}",
        "operation": "InvokeModel",
        "modelId": f"eu.{use.model_id}" if is_away else use.model_id,
        "input": {
            "inputContentType": "application/json",
            "inputTokenCount": use.input_tokens // use.invocations,
            "inputBodyJson": {"messages": [{"role": "user", "content": [{"text": PLANTED_WORDS}]}]},
        },
        "output": {"outputContentType": "application/json", "outputTokenCount": 0, "outputBodyJson": {}},
    }
    if is_away:
        made["inferenceRegion"] = _ELSEWHERE[number % len(_ELSEWHERE)]
    if not use.output_tokens:
        made["output"]["outputBodyJson"] = {"embedding": []}
        return made
    made["output"]["outputTokenCount"] = 0 if is_caught else use.output_tokens // use.invocations
    assessment = _assessment(index, number, is_caught=is_caught, is_unguarded=is_unguarded)
    trace = _trace(
        assessment, guardrail or f"arn:aws:bedrock:{LONDON}:{use.account_id}:guardrail/baseline01", number
    )
    made["operation"], made["output"]["outputBodyJson"] = _answer(trace, number, is_caught=is_caught)
    return made


def _assessment(index: int, number: int, *, is_caught: bool, is_unguarded: bool) -> Assessment | None:
    if is_unguarded:
        return None
    if is_caught:
        return _CAUGHT[(number * 7 + number // 5) % len(_CAUGHT)]
    if index % _DETECTED_EVERY == 4:  # noqa: PLR2004 - some place in the row
        return _NOTICED[number % len(_NOTICED)]
    return {}


def _trace(assessment: Assessment | None, guardrail: str, number: int) -> dict[str, Any] | None:
    if assessment is None:
        return None
    named = guardrail.rpartition("/")[2]
    details = {
        "guardrailId": named,
        "guardrailVersion": "1",
        "guardrailArn": guardrail,
        "guardrailOrigin": [_ORIGINS[number % len(_ORIGINS)]],
        "guardrailOwnership": "SELF",
    }
    side, whole = (
        ("inputAssessment", dict(assessment)) if number % 4 else ("outputAssessments", dict(assessment))
    )
    whole |= {"appliedGuardrailDetails": details, "invocationMetrics": {"guardrailProcessingLatency": 210}}
    return {side: {named: [whole] if side == "outputAssessments" else whole}}


def _answer(trace: dict[str, Any] | None, number: int, *, is_caught: bool) -> tuple[str, object]:
    """Return the operation and the body of its answer, in one of the forms that Bedrock has."""
    words = {"message": {"role": "assistant", "content": [{"text": PLANTED_WORDS}]}}
    stop = "guardrail_intervened" if is_caught else "end_turn"
    form = number % 5
    if form == 0:
        body: dict[str, Any] = {"content": [{"type": "text", "text": PLANTED_WORDS}], "stop_reason": stop}
        if trace is not None:
            body["amazon-bedrock-guardrailAction"] = "INTERVENED" if is_caught else "NONE"
            body["amazon-bedrock-trace"] = {"guardrail" if number % 2 else "guardrails": trace}
        return "InvokeModel", body
    told = {} if trace is None else {"trace": {"guardrail": trace}}
    if form == 1:
        delta = {"contentBlockDelta": {"delta": {"text": PLANTED_WORDS}, "contentBlockIndex": 0}}
        return "ConverseStream", [delta, {"messageStop": {"stopReason": stop}}, {"metadata": told}]
    return "Converse", {"output": words, "stopReason": stop, **told}
