"""Data events of agents, knowledge bases, flows, guardrails and models must be recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from console.domain.evidence import Fact, Gap

_STORE = "cloudtrail.event_data_store"
_WANTED = frozenset(
    f"AWS::Bedrock::{each}"
    for each in ("AgentAlias", "AsyncInvoke", "FlowAlias", "Guardrail", "KnowledgeBase", "Model")
)
_TYPE, _CATEGORY = "resources.type", "eventCategory"


@dataclass(slots=True)
class _Record:
    """What all recorders together record."""

    surely: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    evidence: list[Fact | Gap] = field(default_factory=list)


def check(question: Question) -> Iterator[Opinion]:
    """Gather what the account's trails and event data stores record, and the organisation's."""
    found, record = trails(question), _Record()
    for trail in found:
        _add_trail(trail, record)
    for store in _stores(question):
        _add_store(store, record)
    gaps = unseen(question, TRAIL, STATUS, SELECTORS, _STORE)
    evidence = (*evidence_of(found, gaps), *record.evidence)
    lacking = sorted(_WANTED - record.surely)
    if not lacking:
        verdict, because = Verdict.PASS, f"data events are recorded by {', '.join(record.words)}"
    elif gaps or set(lacking) & record.perhaps:
        verdict, because = Verdict.UNKNOWN, f"whether {_short(lacking)} is recorded is not known"
    else:
        verdict, because = (
            Verdict.FAIL,
            f"no trail or event data store records data events of {_short(lacking)}",
        )
    if evidence:
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=evidence)


def _short(types: list[str]) -> str:
    return ", ".join(each.rpartition("::")[2] for each in types)


def _stores(question: Question) -> Iterator[Fact]:
    """Yield the account's own event data stores, and those of the organisation."""
    account = question.scope.account_id
    for fact in question.beyond(_STORE).facts:
        if fact.scope.account_id == account or fact.payload.get("OrganizationEnabled") is True:
            yield fact


def _add_trail(trail: Trail, record: _Record) -> None:
    lack = lack_of_record(trail)
    if trail.selectors is None or (lack and lack[0]):
        record.perhaps |= _WANTED if trail.selectors is None else set()
        return
    target = record.perhaps if lack else record.surely
    _add(f"trail {trail.fact.key}", listed(trail.selectors.payload, "AdvancedEventSelectors"), record, target)


def _add_store(store: Fact, record: _Record) -> None:
    record.evidence.append(store)
    status, is_everywhere = said(store.payload, "Status"), store.payload.get("MultiRegionEnabled")
    if status == "ENABLED" and is_everywhere is True:
        target = record.surely
    elif status is None or is_everywhere is None:
        target = record.perhaps
    else:
        return
    selectors = listed(store.payload, "AdvancedEventSelectors")
    _add(f"event data store {said(store.payload, 'Name') or store.key}", selectors, record, target)


def _add(words: str, selectors: Sequence[Mapping[str, Any]], record: _Record, target: set[str]) -> None:
    """Add what selectors choose; those narrowed further choose it perhaps."""
    for selector in selectors:
        fields = {said(each, "Field"): each for each in listed(selector, "FieldSelectors")}
        if list(fields.pop(_CATEGORY, {}).get("Equals", ())) != ["Data"]:
            continue
        types = _types(fields.pop(_TYPE, {}))
        if types:
            (record.perhaps if fields else target).update(types)
            record.words.append(words)


def _types(field_: Mapping[str, Any]) -> set[str]:
    equals, starts = field_.get("Equals", ()), tuple(field_.get("StartsWith", ()))
    return {each for each in _WANTED if each in equals or each.startswith(starts)}


CONTROL = Control(
    id="BR-TRL-004",
    title="Data events of agents, knowledge bases, flows, guardrails and models are recorded",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=(TRAIL, STATUS, SELECTORS, _STORE),
    rationale=(
        "What is asked of an agent, a knowledge base, a flow or a guardrail, and of models asynchronously or in both"
        " directions, is a data event. No trail records data events unless it is told to: without, such use leaves no"
        " trace of who did it."
    ),
    remedy=(
        "Call cloudtrail:PutEventSelectors on a multi-Region trail, or cloudtrail:UpdateEventDataStore, with an"
        " advanced selector for each type: eventCategory Equals Data and resources.type Equals"
        " AWS::Bedrock::AgentAlias, AsyncInvoke, FlowAlias, Guardrail, KnowledgeBase or Model, without further fields."
    ),
    check=check,
    nothing=(
        Verdict.FAIL,
        "trails and event data stores were read to the end in every Region; there is none, and no organisation's",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html",),
    claims=("S26", "S28"),
)
