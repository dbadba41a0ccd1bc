"""A trail must record read-only management events, of which Bedrock's InvokeModel is one."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said
from console.controls.trails import (
    SELECTORS,
    STATUS,
    TRAIL,
    Trail,
    evidence_of,
    lack_of_record,
    trails,
    unseen,
)

_SOURCE = "bedrock.amazonaws.com"
_CONDITIONS = ("Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith")
Lack = tuple[bool, str]


def check(question: Question) -> Iterator[Opinion]:
    """Look for one trail that records InvokeModel; a trail of writes alone looks right and records none."""
    found = trails(question)
    lacks: list[Lack] = []
    for trail in found:
        lack = lack_of_record(trail) or _lack(trail)
        if lack is None:
            because = f"trail {trail.fact.key} records read-only management events"
            yield _opinion(question, Verdict.PASS, because, trail)
            return
        lacks.append((lack[0], f"trail {trail.fact.key} {lack[1]}"))
    because = "; ".join(words for _certain, words in lacks)
    gaps = unseen(question, TRAIL, STATUS, SELECTORS)
    if gaps:
        hidden = "an organisation's trail may exist: the management account's trails could not all be read"
        because = f"{because}; {hidden}" if because else hidden
    if gaps or not all(certain for certain, _words in lacks):
        evidence = evidence_of(found, gaps)
        yield Opinion(
            subject=str(question.scope), verdict=Verdict.UNKNOWN, because=because, evidence=evidence
        )
    elif found:
        yield _opinion(question, Verdict.FAIL, because, *found)


def _opinion(question: Question, verdict: Verdict, because: str, *found: Trail) -> Opinion:
    evidence = evidence_of(found)
    return Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=evidence)


def _lack(trail: Trail) -> Lack | None:
    """Return why a trail's selectors leave InvokeModel out, and whether that is certain."""
    if trail.selectors is None:
        return False, "has no event selectors that were read"
    basic = listed(trail.selectors.payload, "EventSelectors")
    advanced = listed(trail.selectors.payload, "AdvancedEventSelectors")
    lacks = [_basic_lack(each) for each in basic] + [_advanced_lack(each) for each in advanced]
    if not lacks:
        return False, "has no event selectors in AWS's answer"
    if None in lacks:
        return None
    return all(lack[0] for lack in lacks if lack), ", ".join(dict.fromkeys(lack[1] for lack in lacks if lack))


def _basic_lack(selector: Mapping[str, Any]) -> Lack | None:
    management = selector.get("IncludeManagementEvents")
    if management is not True:
        certain = management is False
        return (
            certain,
            "records no management events" if certain else "does not say if it records management events",
        )
    kind = said(selector, "ReadWriteType")
    if kind in ("All", "ReadOnly"):
        return None
    if kind == "WriteOnly":
        return True, "records management events that write, and InvokeModel is one that reads"
    return False, f"records events of the type {kind or 'not said'}, which this build does not know"


def _advanced_lack(selector: Mapping[str, Any]) -> Lack | None:
    fields = {said(each, "Field"): each for each in listed(selector, "FieldSelectors")}
    category = fields.pop("eventCategory", {})
    if list(category.get("Equals", ())) != ["Management"]:
        return True, "records no management events by one of its selectors"
    reads = fields.pop("readOnly", None)
    if reads is not None and "true" not in reads.get("Equals", ()):
        return True, "records management events that write, and InvokeModel is one that reads"
    source = fields.pop("eventSource", None)
    if source is not None and not _lets_bedrock_in(source):
        return True, "leaves Bedrock's events out by their source"
    if fields:
        return False, f"is narrowed by {', '.join(str(each) for each in fields)}, which is not judged"
    return None


def _lets_bedrock_in(field: Mapping[str, Any]) -> bool:
    """Judge a selector on the event's source: each condition must let Bedrock's through."""
    tests = {
        "Equals": lambda values: _SOURCE in values,
        "StartsWith": lambda values: _SOURCE.startswith(tuple(values)),
        "EndsWith": lambda values: _SOURCE.endswith(tuple(values)),
        "NotEquals": lambda values: _SOURCE not in values,
        "NotStartsWith": lambda values: not _SOURCE.startswith(tuple(values)),
        "NotEndsWith": lambda values: not _SOURCE.endswith(tuple(values)),
    }
    return all(tests[each](field[each]) for each in _CONDITIONS if field.get(each))


CONTROL = Control(
    id="BR-TRL-002",
    title="A trail records read-only management events",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(TRAIL, STATUS, SELECTORS),
    rationale=(
        "CloudTrail counts InvokeModel and Converse among the management events that read. A trail of writes"
        " alone looks complete and holds no use of a model."
    ),
    remedy=(
        "Call cloudtrail:PutEventSelectors on a multi-Region trail with IncludeManagementEvents true and"
        " ReadWriteType All, or an advanced selector with eventCategory Management and no readOnly field."
    ),
    check=check,
    nothing=(
        Verdict.FAIL,
        "trails were read to the end in every Region; there is none, and no organisation's",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html",),
    claims=("S26",),
)
