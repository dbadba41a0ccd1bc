"""Every fault of HTTP at every call of every collector: each ends in the facts or in a gap, and no pass rests on it."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import botocore.session

from console.base.canonical import canonical
from console.base.clock import system_clock
from console.base.settings import PolicySettings
from console.collect.asker import OwnAsker
from console.collect.base import Collector, Reach
from console.collect.mantle import know_mantle
from console.collect.runner import Collected, Needed
from console.collect.sessions import Sessions
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.finding import Finding, Verdict
from console.domain.refresh import Refresh, Step, StepState
from console.domain.scope import Scope
from console.evidence.store import Store
from console.services.assess import assess_snapshot, discover_controls
from console.services.choosing import PLANNING_KINDS
from console.services.refresh import Listener, RefreshRun, discover_collectors
from journeys.estates import Desk
from journeys.faults import FAULTS, FaultCase

IMPATIENT = {"attempts": 1, "read_seconds": 0.5, "connect_seconds": 2.0}
"""One try, because whether another helps is shown elsewhere."""
SLOW_SECONDS = 1.5
COLLECTORS = discover_collectors()


TOLD_AS_NONE = {
    "GetBucketLogging": "S3 answers with an empty element where a bucket's logging is off",
    "GetBucketVersioning": "S3 answers with an empty element where versioning was never on",
    "GetResourcePolicy": "AgentCore's model requires no member of the answer; without a policy there is none",
}
"""Calls whose answer without its one member is AWS's own way of saying that there is none: no fault can be seen."""
_MODELS = botocore.session.Session()
know_mantle(_MODELS)
_TOKENS = frozenset({"nexttoken", "marker", "nextmarker"})
_PAGED_PROTOCOLS = frozenset({"json", "rest-json"})


def with_needs(collectors: Sequence[Collector]) -> list[Collector]:
    """Return these collectors, those that plan a refresh, and all that tell what they ask about."""
    wanted = {each.kind for each in collectors} | PLANNING_KINDS
    while True:
        more = {kind for each in COLLECTORS if each.kind in wanted for kind in each.needs}
        if more <= wanted:
            return [each for each in COLLECTORS if each.kind in wanted]
        wanted |= more


def applies(case: FaultCase, collector: Collector, operation: str) -> bool:
    """Tell whether a fault can befall a call: only pages have tokens, and only some answers have anything to miss."""
    model = _MODELS.get_service_model(collector.service)
    shape = model.operation_model(operation).output_shape
    if case.kind == "repeated_token":
        named = {name.lower() for name in shape.members} if shape else set()
        return model.resolved_protocol in _PAGED_PROTOCOLS and bool(named & _TOKENS)
    return case.kind != "missing_member" or operation not in TOLD_AS_NONE


@dataclass
class Matrix:
    """What came of all faults."""

    struck: Counter[str] = field(default_factory=Counter)
    """How many calls each fault befell, by its words."""
    ended: Counter[str] = field(default_factory=Counter)
    """How they ended: `gap`, `facts and gaps of single things`, `the same facts`."""
    silent: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    passes: list[str] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)
    """Calls that no scope of the estate makes."""
    kinds: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)

    def document(self) -> dict[str, Any]:
        """Return the counts for the documents."""
        return {
            "kinds": len(self.kinds),
            "calls": len(self.calls),
            "struck": dict(self.struck),
            "ended": dict(self.ended),
            "losses": [*self.silent, *self.crashed],
            "passes": self.passes,
        }


@dataclass(frozen=True)
class Altered:
    """A reading in which one step came out otherwise."""

    whole: Snapshot
    kind: str
    scope: Scope
    collected: Collected

    @property
    def refresh(self) -> Refresh:
        return self.whole.refresh

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        facts = self.whole.facts(kind, scope)
        if kind != self.kind or scope not in (None, self.scope):
            return facts
        own = [*self.collected.facts, *(each for each in facts if each.scope != self.scope)]
        return sorted(own, key=lambda each: (each.scope, each.key))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        gaps = self.whole.gaps(kind, scope)
        if kind not in (None, self.kind) or scope not in (None, self.scope):
            return gaps
        own = [each for each in gaps if (each.kind, each.scope) != (self.kind, self.scope)]
        return sorted([*own, *self.collected.gaps], key=lambda each: (each.kind, each.scope, each.key))

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        return [self._step(each) for each in self.whole.steps(kind)]

    def _step(self, step: Step) -> Step:
        if (step.kind, step.scope) != (self.kind, self.scope):
            return step
        whole = any(not gap.key for gap in self.collected.gaps)
        state = StepState.GAP if whole else StepState.READ
        return replace(step, state=state, facts=len(self.collected.facts))


class Bench:
    """One estate, read once, whose steps are asked for again one by one under faults."""

    def __init__(self, desk: Desk, store: Store, collectors: Sequence[Collector] = COLLECTORS) -> None:
        self.desk = desk
        aws = replace(desk.job.settings.aws, **IMPATIENT)
        self.sessions = Sessions(aws, system_clock)
        self.asker = OwnAsker(self.sessions)
        self.controls = discover_controls()
        listener = Listener(progressed=lambda _: None, missed=lambda _: None)
        calm = Sessions(desk.job.settings.aws, system_clock)
        run = RefreshRun(store, calm, collectors, desk.job.settings, listener, threading.Event())
        snapshot = store.snapshot(run.run(resume=False)[0])
        assert snapshot is not None
        self.snapshot = snapshot
        self.own = self.sessions.caller().account_id
        self.reaches = {each.kind: each.reach for each in COLLECTORS}
        self._judged: dict[str, list[str]] = {}
        self._usual: dict[str, frozenset[tuple[object, ...]]] = {}

    def scopes(self, collector: Collector) -> list[Scope]:
        """Return where a kind was read, where there is most of it first."""
        read = [each for each in self.snapshot.steps(collector.kind) if each.state is StepState.READ]
        return [each.scope for each in sorted(read, key=lambda step: (-step.facts, step.scope))]

    def needed(self, collector: Collector, scope: Scope) -> Needed:
        """Return what the reading says of the kinds that a collector needs."""
        places = {
            Reach.ORGANISATION: Scope(self.own),
            Reach.ACCOUNT: Scope(scope.account_id),
            Reach.REGION: scope,
        }
        facts = {kind: self.snapshot.facts(kind, places[self.reaches[kind]]) for kind in collector.needs}
        return Needed(facts=facts)

    def ask(self, collector: Collector, scope: Scope) -> Collected:
        """Read one step now."""
        identity = self.sessions.identity(scope.account_id)
        return self.asker.ask(collector, scope, identity, self.needed(collector, scope))

    def asked(self, collector: Collector, scope: Scope) -> tuple[Collected, set[str]]:
        """Read one step, and return which operations that took as well."""
        self.desk.control("DELETE", "requests")
        collected = self.ask(collector, scope)
        return collected, {each["operation"] for each in self.desk.control("GET", "requests")}

    @contextmanager
    def fault(self, case: FaultCase, collector: Collector, operation: str) -> Iterator[None]:
        """Let one operation go wrong."""
        more = {**case.more, **({"seconds": SLOW_SECONDS} if case.kind == "slow" else {})}
        more.pop("region", None)
        wrong = {"service": collector.service, "operation": operation, "kind": case.kind, **more}
        self.sessions._pacing._buckets.clear()  # or throttling would slow down all that comes after
        self.desk.control("POST", "faults", [wrong])
        try:
            yield
        finally:
            self.desk.control("DELETE", "faults")

    def false_passes(self, kind: str, scope: Scope, collected: Collected) -> list[str]:
        """Return the verdicts of pass that rest on a step that came out so; asked once for all that came out alike."""
        whole = any(not gap.key for gap in collected.gaps)
        keys = sorted(each.key for each in collected.gaps) + sorted(each.key for each in collected.facts)
        like = f"{kind} {scope} {whole} {keys}"
        if like not in self._judged:
            self._judged[like] = self._find_passes(kind, scope, collected, whole=whole)
        return self._judged[like]

    def _find_passes(self, kind: str, scope: Scope, collected: Collected, *, whole: bool) -> list[str]:
        reading = [each for each in self.controls if kind in each.reads]
        if kind not in self._usual:
            self._usual[kind] = frozenset(map(_said, self._assessed(reading, self.snapshot)))
        found = self._assessed(reading, Altered(self.snapshot, kind, scope, collected))
        return [
            f"{each.control_id} passes {each.subject} in {each.scope}"
            for each in found
            if each.verdict is Verdict.PASS
            and (_said(each) not in self._usual[kind] or (whole and _within(each.scope, scope)))
        ]

    def _assessed(self, controls: Sequence[Any], snapshot: Snapshot) -> tuple[Finding, ...]:
        return assess_snapshot(snapshot, controls, PolicySettings(), system_clock()).findings


def _said(finding: Finding) -> tuple[object, ...]:
    return (finding.control_id, finding.scope, finding.subject, finding.verdict)


def _within(place: Scope, missed: Scope) -> bool:
    return place.account_id == missed.account_id and missed.region in ("global", place.region)


def content(collected: Collected) -> Mapping[str, bytes]:
    """Return what was read by what it is of."""
    return {fact.key: canonical(fact.payload) for fact in collected.facts}


def run_matrix(bench: Bench, collectors: Sequence[Collector] = COLLECTORS) -> Matrix:
    """Let every fault befall every call of the collectors."""
    matrix = Matrix()
    for collector in collectors:
        left = set(collector.calls)
        for scope in bench.scopes(collector):
            usual, used = bench.asked(collector, scope)
            for operation in sorted(left & used):
                for case in (each for each in FAULTS if applies(each, collector, operation)):
                    _strike(bench, matrix, case, (collector, scope, operation), usual)
            left -= used
            if not left:
                break
        matrix.untried += [f"{collector.kind} {operation}" for operation in sorted(left)]
    return matrix


def _strike(
    bench: Bench, matrix: Matrix, case: FaultCase, where: tuple[Collector, Scope, str], usual: Collected
) -> None:
    collector, scope, operation = where
    place = f"{case.words}: {collector.kind} by {operation} in {scope}"
    try:
        with bench.fault(case, collector, operation):
            collected = bench.ask(collector, scope)
    except Exception as error:  # noqa: BLE001 - that nothing rises here is what is shown
        matrix.crashed.append(f"{place}: {error!r}")
        return
    matrix.struck[case.words] += 1
    matrix.kinds.add(collector.kind)
    matrix.calls.add(f"{collector.service}:{operation}")
    if collected.gaps:
        whole = any(not gap.key for gap in collected.gaps)
        matrix.ended["gap" if whole else "facts, and gaps of single things"] += 1
        matrix.passes += [f"{place}: {each}" for each in bench.false_passes(collector.kind, scope, collected)]
        if whole:
            return
    missed = {gap.key for gap in collected.gaps}
    before, after = content(usual), content(collected)
    lost = [key for key in before if after.get(key) != before[key] and key not in missed]
    if lost and not missed:
        matrix.silent.append(f"{place}: {', '.join(sorted(lost)[:3])}")
    elif not collected.gaps:
        matrix.ended["the same facts"] += 1
