"""Running one collector in one scope: facts, or a gap with its reason; never half a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import botocore

from console.base.canonical import plain
from console.collect.base import Client, Collector, MalformedAnswerError, Missed
from console.collect.calls import Call, Calls
from console.collect.errors import FAILURES, detail_of, reason_of
from console.domain.evidence import Fact, Gap, GapReason, Payload, Provenance
from console.domain.scope import Scope

BOTOCORE = str(botocore.__version__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What came of one step: facts and the single things that were missed, or one gap for all of it."""

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What is known of the kinds that a collector needs, and what of them could not be read."""

    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    gaps: Sequence[Gap] = ()


def collect(
    collector: Collector,
    client: Client,
    scope: Scope,
    caller: str,
    calls: Calls,
    needed: Needed = Needed(),
) -> Collected:
    """Run `collector` to its end in the calling thread; what was read before a failure is dropped.

    Half a list would look to a control like a whole one. An entry that AWS gave on two pages is kept once, as
    it was given last. Where needed kinds could not be read, what they would have named is missed.
    """
    calls.forget()
    if needed.gaps and not any(needed.facts.values()):
        return Collected(gaps=(_blind(collector.kind, scope, needed.gaps[0]),))
    known = {kind: [fact.payload for fact in facts] for kind, facts in needed.facts.items()}
    facts: dict[str, Fact] = {}
    missed = {gap.key: gap for gap in (_blind_to(collector.kind, scope, each) for each in needed.gaps)}
    try:
        for answer in collector.read(client, known, calls.today):
            if isinstance(answer, Missed):
                missed[answer.key] = _missed(answer, collector.kind, scope, caller, calls)
                continue
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
        return Collected(gaps=(gap_of(error, collector.kind, scope, caller, calls),))
    return Collected(facts=tuple(facts.values()), gaps=tuple(missed.values()))


def gap_of(error: Exception, kind: str, scope: Scope, caller: str, calls: Calls, *, key: str = "") -> Gap:
    """Return what an AWS failure means: a step, or one thing of it, not seen, why, and in which call."""
    return Gap(
        kind=kind,
        scope=scope,
        key=key,
        reason=reason_of(error),
        detail=detail_of(error),
        provenance=provenance(calls.last, caller),
    )


def _missed(answer: Missed, kind: str, scope: Scope, caller: str, calls: Calls) -> Gap:
    gap = gap_of(answer.error, kind, scope, caller, calls, key=answer.key)
    return replace(gap, detail=f"{gap.detail} ({answer.remark})") if answer.remark else gap


def _blind(kind: str, scope: Scope, needed: Gap) -> Gap:
    """Return that a step could not even begin, because nothing told what there is to ask about."""
    return replace(_blind_to(kind, scope, needed), key="")


def _blind_to(kind: str, scope: Scope, needed: Gap) -> Gap:
    """Return that the things which an unread kind would have named were not asked about."""
    which = f" about {needed.key}" if needed.key else ""
    where = f" in {needed.scope.region}" if needed.scope != scope else ""
    return Gap(
        kind=kind,
        scope=scope,
        key=f"what {needed.kind}{where} says{which}",
        reason=needed.reason,
        detail=f"{needed.kind}{where} says what there is to ask about{which}, and could not be read: {needed.detail}",
        provenance=needed.provenance,
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
    return any(gap.reason is GapReason.EXPIRED for gap in collected.gaps)


def _payload(collector: Collector, answer: Payload) -> Payload:
    missing = [member for member in collector.required if member not in answer]
    if missing:
        raise MalformedAnswerError(f"an entry has no {', '.join(missing)}")
    return {name: plain(value) for name, value in answer.items() if name != "ResponseMetadata"}
