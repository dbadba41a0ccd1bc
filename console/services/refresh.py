"""A refresh: read every planned scope of the organisation into the store, resumable at any moment.

Invariants: a step is recorded once, whole; what has not ended when the refresh is sealed is a gap; an error of the
store stops the refresh and leaves it to be resumed; an error of AWS never does.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from console import __version__
from console.base.registry import discover
from console.base.settings import Settings
from console.collect.base import Collector, Reach
from console.collect.errors import FAILURES
from console.collect.identity import Identity
from console.collect.plan import (
    ACCOUNTS_KIND,
    REGIONS_KIND,
    account_steps,
    accounts_to_read,
    organisation_steps,
    region_steps,
    regions_to_read,
)
from console.collect.runner import BOTOCORE, Collected, collect, gap_of, needs_new_credentials
from console.collect.sessions import Sessions
from console.domain.evidence import Gap
from console.domain.refresh import Progress, RefreshState, Step, StepState
from console.domain.scope import GLOBAL, Scope
from console.evidence.store import Store
from console.services.agenda import Agenda

ORGANISATION_KIND = "organizations.organization"
_PLANNING_KINDS = frozenset({ACCOUNTS_KIND, REGIONS_KIND, ORGANISATION_KIND})
_LOOK_SECONDS = 0.1
"""How often one who waits looks whether the refresh was cancelled."""

Task = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told how a refresh goes; called from many threads."""

    progressed: Callable[[Progress], None]
    missed: Callable[[Gap], None]


@dataclass(frozen=True, slots=True)
class _Refused:
    """Nobody may ask in an account: every step there is this gap."""

    gap: Callable[[str, Scope], Gap]


def discover_collectors() -> tuple[Collector, ...]:
    """Return every collector of this build, in the order of kinds."""
    found = discover("console.collect.collectors", "COLLECTOR", Collector)
    return tuple(sorted(found, key=lambda collector: collector.kind))


def in_order(collectors: Iterable[Collector]) -> tuple[Collector, ...]:
    """Return collectors so that each comes after those whose kinds it needs."""
    by_kind = {each.kind: each for each in collectors}
    order = TopologicalSorter({kind: sorted(each.needs) for kind, each in sorted(by_kind.items())})
    return tuple(by_kind[kind] for kind in order.static_order())


class RefreshRun:
    """One run of a refresh, from the beginning or from where another broke off."""

    def __init__(
        self,
        store: Store,
        sessions: Sessions,
        collectors: Sequence[Collector],
        settings: Settings,
        listener: Listener,
        cancelled: threading.Event,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._collectors = in_order(collectors)
        self._settings = settings
        self._listener = listener
        self._tasks = _Tasks(settings.aws.threads, cancelled)
        self._kept = _PLANNING_KINDS.union(*(each.needs for each in collectors))
        self._agenda = Agenda(self._kept)
        self._refresh_id = 0

    def run(self, *, resume: bool) -> tuple[int, RefreshState]:
        """Read, seal and return the refresh's number and end; raise what kept it from starting or going on."""
        caller = self._sessions.caller()
        self._begin(caller, resume=resume)
        with self._tasks:
            self._read_organisation(caller)
            accounts = accounts_to_read(
                self._agenda.facts(ACCOUNTS_KIND, Scope(caller.account_id)), caller.account_id
            )
            self._agenda.add_accounts(accounts)
            self._plan(account_steps(self._collectors, accounts))
            for account_id in accounts:
                self._tasks.submit(self._account_task(account_id))
            self._tasks.drain()
        state = RefreshState.CANCELLED if self._tasks.cancelled.is_set() else RefreshState.COMPLETE
        self._store.seal(self._refresh_id, state)
        return self._refresh_id, state

    def _begin(self, caller: Identity, *, resume: bool) -> None:
        """Start a refresh, or take up the unfinished one with all that it has read."""
        unfinished = self._store.unfinished()
        if unfinished is not None and not resume:
            self._store.seal(unfinished.id, RefreshState.CANCELLED)
        elif unfinished is not None and (stored := self._store.snapshot(unfinished.id)) is not None:
            self._refresh_id = unfinished.id
            self._agenda.add(stored.steps(), sum(bool(gap.key) for gap in stored.gaps()))
            for step in stored.steps():
                if step.state is not StepState.PENDING and step.kind in self._kept:
                    of = (step.kind, step.scope)
                    self._agenda.keep(*of, stored.facts(*of), stored.gaps(*of))
            return
        self._refresh_id = self._store.begin_refresh(
            caller=caller.arn, botocore=BOTOCORE, tool_version=__version__
        )

    def _read_organisation(self, caller: Identity) -> None:
        scope = Scope(caller.account_id)
        self._plan(organisation_steps(self._collectors, caller.account_id))
        waiting = self._of_reach(Reach.ORGANISATION)
        while waiting:
            unread = {each.kind for each in waiting}
            ready = [each for each in waiting if unread.isdisjoint(each.needs)]
            for collector in ready:
                self._tasks.submit(self._steps_task([collector], scope, None))
            self._tasks.drain()
            waiting = [each for each in waiting if each not in ready]
        for organisation in self._agenda.facts(ORGANISATION_KIND, scope):
            self._store.describe_organisation(self._refresh_id, organisation.key)

    def _account_task(self, account_id: str) -> Task:
        """Read an account's Regions, because they plan the rest, and what these need; then a Region to a task."""

        def task() -> None:
            identity = self._identity(account_id)
            refused = identity if isinstance(identity, _Refused) else None
            scope = Scope(account_id)
            wanted = self._of_reach(Reach.ACCOUNT)
            regional = self._of_reach(Reach.REGION)
            needed = {REGIONS_KIND}.union(*(each.needs for each in regional))
            self._steps_task([each for each in wanted if each.kind in needed], scope, refused)()
            facts = self._agenda.facts(REGIONS_KIND, scope)
            regions = regions_to_read(facts, self._settings.policy.approved_regions)
            self._plan(region_steps(self._collectors, account_id, regions))
            self._agenda.know_all_of(account_id)
            self._tasks.submit(self._steps_task(wanted, scope, refused))
            for region in regions:
                self._tasks.submit(self._region_task(regional, Scope(account_id, region), refused))

        return task

    def _region_task(self, collectors: Iterable[Collector], scope: Scope, refused: _Refused | None) -> Task:
        def task() -> None:
            self._steps_task(collectors, scope, refused)()
            self._agenda.let_go(scope)

        return task

    def _steps_task(self, collectors: Iterable[Collector], scope: Scope, refused: _Refused | None) -> Task:
        def task() -> None:
            for collector in collectors:
                self._read(collector, scope, refused)

        return task

    def _read(self, collector: Collector, scope: Scope, refused: _Refused | None) -> None:
        """Read and store one step, if it is pending still and nobody stopped the refresh."""
        if self._tasks.stopped or not self._agenda.is_pending(collector.kind, scope):
            return
        self._tell(collector, scope)
        collected = self._collected(collector, scope, refused)
        step = Step(collector.kind, scope)
        self._store.record(self._refresh_id, step, collected.facts, collected.gaps)
        self._agenda.end(step.kind, scope, collected.facts, collected.gaps)
        for gap in collected.gaps:
            self._listener.missed(gap)
        self._tell(collector, scope)

    def _collected(self, collector: Collector, scope: Scope, refused: _Refused | None) -> Collected:
        """Collect; with new credentials, once more, if the old ones ran out."""
        identity = refused or self._identity(scope.account_id)
        if isinstance(identity, _Refused):
            return Collected(gaps=(identity.gap(collector.kind, scope),))
        collected = self._attempt(collector, scope, identity)
        if needs_new_credentials(collected):
            self._sessions.forget(identity)
            renewed = self._identity(scope.account_id)
            if isinstance(renewed, _Refused):
                return Collected(gaps=(renewed.gap(collector.kind, scope),))
            if renewed is not identity:
                return self._attempt(collector, scope, renewed)
        return collected

    def _attempt(self, collector: Collector, scope: Scope, identity: Identity) -> Collected:
        calls = self._sessions.calls
        region = self._settings.aws.home_region if scope.region == GLOBAL else scope.region
        try:
            client = self._sessions.client(collector.service, region)
        except FAILURES as error:
            calls.forget()
            return Collected(gaps=(gap_of(error, collector.kind, scope, identity.arn, calls),))
        organisation = Scope(self._sessions.caller().account_id)
        scopes = dict.fromkeys((scope, Scope(scope.account_id), organisation))
        needed = self._agenda.needed(collector.needs, tuple(scopes))
        with self._sessions.acting_as(identity):
            return collect(collector, client, scope, identity.arn, calls, needed)

    def _identity(self, account_id: str) -> Identity | _Refused:
        """Return who may ask in an account, or why nobody may."""
        calls = self._sessions.calls
        calls.forget()
        try:
            return self._sessions.identity(account_id)
        except FAILURES as error:
            arn = self._sessions.caller().arn
            refusal = gap_of(error, "", Scope(account_id), arn, calls)
            return _Refused(lambda kind, scope: replace(refusal, kind=kind, scope=scope))

    def _plan(self, steps: Sequence[Step]) -> None:
        self._store.plan(self._refresh_id, steps)
        self._agenda.add(steps)

    def _of_reach(self, reach: Reach) -> list[Collector]:
        return [each for each in self._collectors if each.reach is reach]

    def _tell(self, collector: Collector, scope: Scope) -> None:
        doing = f"{collector.title} in {scope}"
        self._listener.progressed(self._agenda.progress(calls=self._sessions.calls.requests, doing=doing))


class _Tasks:
    """Tasks on a few threads; the first that breaks stops the others, and is raised when they are waited for.

    Once the refresh is cancelled nobody waits for a call that hangs: what it brings is not recorded any more.
    """

    def __init__(self, threads: int, cancelled: threading.Event) -> None:
        self.cancelled = cancelled
        self._threads = threads
        self._lock = threading.Lock()
        self._futures: set[Future[None]] = set()
        self._broken: BaseException | None = None

    def __enter__(self) -> None:
        self._pool = ThreadPoolExecutor(self._threads, "collect")

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=not self.cancelled.is_set(), cancel_futures=True)

    @property
    def stopped(self) -> bool:
        return self.cancelled.is_set() or self._broken is not None

    def submit(self, task: Task) -> None:
        def guarded() -> None:
            if self.stopped:
                return
            try:
                task()
            except BaseException as error:  # noqa: BLE001 - `drain` raises it
                self._broken = error

        with self._lock:
            self._futures.add(self._pool.submit(guarded))

    def drain(self) -> None:
        """Wait until every task ended, those too that tasks submitted; or until the refresh is cancelled."""
        while not self.cancelled.is_set():
            with self._lock:
                self._futures = {future for future in self._futures if not future.done()}
                running = set(self._futures)
            if not running:
                break
            wait(running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if self._broken is not None:
            raise self._broken
