"""Running one collector in one scope: facts, or a gap with its reason; never half a list."""

from dataclasses import dataclass

import botocore

from console.base.canonical import plain
from console.collect.base import Client, Collector, MalformedAnswerError
from console.collect.calls import Call, Calls
from console.collect.errors import FAILURES, detail_of, reason_of
from console.domain.evidence import Fact, Gap, GapReason, Payload, Provenance
from console.domain.scope import Scope

BOTOCORE = str(botocore.__version__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What came of one step: facts, or a gap, never both."""

    facts: tuple[Fact, ...] = ()
    gap: Gap | None = None


def collect(collector: Collector, client: Client, scope: Scope, caller: str, calls: Calls) -> Collected:
    """Run `collector` to its end in the calling thread; what was read before a failure is dropped.

    Half a list would look to a control like a whole one. An entry that AWS gave on two pages is kept once, as
    it was given last.
    """
    calls.forget()
    facts: dict[str, Fact] = {}
    try:
        for answer in collector.fetch(client):
            payload = _payload(collector, answer)
            key = collector.key_of(payload)
            facts[key] = Fact(
                kind=collector.kind,
                key=key,
                scope=scope,
                payload=payload,
                provenance=provenance(calls.last, caller),
            )
    except FAILURES as error:
        return Collected(gap=gap_of(error, collector.kind, scope, caller, calls))
    return Collected(facts=tuple(facts.values()))


def gap_of(error: Exception, kind: str, scope: Scope, caller: str, calls: Calls) -> Gap:
    """Return what an AWS failure means for a step: not seen, why, and in which call."""
    return Gap(
        kind=kind,
        scope=scope,
        reason=reason_of(error),
        detail=detail_of(error),
        provenance=provenance(calls.last, caller),
    )


def provenance(call: Call, caller: str) -> Provenance:
    """Return a call as the origin of a statement."""
    return Provenance(
        operation=call.operation,
        parameters=call.parameters,
        request_id=call.request_id,
        caller=caller,
        observed_at=call.observed_at,
        botocore=BOTOCORE,
    )


def needs_new_credentials(collected: Collected) -> bool:
    """Tell whether another try with fresh credentials may succeed."""
    return collected.gap is not None and collected.gap.reason is GapReason.EXPIRED


def _payload(collector: Collector, answer: Payload) -> Payload:
    missing = [member for member in collector.required if member not in answer]
    if missing:
        raise MalformedAnswerError(f"an entry has no {', '.join(missing)}")
    return {name: plain(value) for name, value in answer.items() if name != "ResponseMetadata"}
