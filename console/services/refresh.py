"""A refresh: read every planned scope of the organisation into the store, resumable at any moment.

Invariants: a step is recorded once, whole; what has not ended when the refresh is sealed is a gap; an error of the
store stops the refresh and leaves it to be resumed; an error of AWS never does.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from console import __version__
from console.base.registry import discover
from console.base.settings import Settings
from console.collect.asker import Asker, OwnAsker
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
from console.collect.runner import BOTOCORE, Collected, gap_of, needs_new_credentials
from console.collect.sessions import Sessions
from console.domain.evidence import Gap
from console.domain.refresh import Progress, RefreshState, Step, StepState
from console.domain.scope import GLOBAL, Scope
from console.domain.selection import EVERYTHING, Selection
from console.evidence.store import Ended, Store
from console.services.agenda import Agenda
from console.services.choosing import CHILDREN_KIND, ORGANISATION_KIND, PLANNING_KINDS, Choice, in_order
from console.services.readiness import Readiness
from console.services.recording import Recorder
from console.services.tasks import Task, Tasks, threads_for

_ORGANISATION, _WITHIN_ACCOUNT, _ACCOUNT = range(3)
"""Ranks: what tells which accounts there are first, then the accounts that were begun, then others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told how a refresh goes; called from many threads."""

    progressed: Callable[[Progress], None]
    missed: Callable[[Gap], None]


@dataclass(frozen=True, slots=True)
class _Refused:
    """Nobody may ask in an account: every step there is this gap."""

    gap: Callable[[str, Scope], Gap]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where steps are read side by side, each when what it needs was read."""

    scope: Scope
    lane: int
    refused: _Refused | None
    readiness: Readiness


def discover_collectors() -> tuple[Collector, ...]:
    """Return every collector of this build, in the order of kinds."""
    found = discover("console.collect.collectors", "COLLECTOR", Collector)
    return tuple(sorted(found, key=lambda collector: collector.kind))


Share = Callable[[int, OwnAsker], Sequence[Asker]]
"""Returns who are to ask about a number of accounts, side by side, given this process's own asker."""


def alone(_: int, own: OwnAsker) -> Sequence[Asker]:
    """Ask in this process, however many accounts there are."""
    return (own,)


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
        self._own = OwnAsker(sessions)
        self._askers: Sequence[Asker] = (self._own,)
        self._lanes: dict[str, int] = {}
        """Which of them asks about an account: always the same, because AWS's pace is kept per account."""
        self._collectors = in_order(collectors)
        self._reaches = {each.kind: each.reach for each in collectors}
        self._settings = settings
        self._listener = listener
        self._tasks = Tasks(threads_for(settings.aws.threads), cancelled)
        self._kept = PLANNING_KINDS.union(*(each.needs for each in collectors))
        self._agenda = Agenda(self._kept)
        self._lock = threading.Lock()
        self._organisation = Readiness(self._of_reach(Reach.ORGANISATION))
        self._has_begun_accounts = False

    def run(
        self, *, resume: bool, selection: Selection = EVERYTHING, share: Share = alone
    ) -> tuple[int, RefreshState]:
        """Read, seal and return the refresh's number and end; raise what kept it from starting or going on.

        A refresh of a part takes the rest over from the refreshes before. One that is resumed keeps its own part.
        """
        self._share = share
        self._choice = Choice(selection, self._collectors)
        caller = self._sessions.caller()
        self._refresh_id = self._begin(caller, selection, resume=resume)
        self._recorder = Recorder(self._store, self._refresh_id, self._stored, self._tasks.stop)
        try:
            self._plan(organisation_steps(self._collectors, caller.account_id))
            self._recorder.flush()
            with self._tasks:
                self._go_on(caller)
                self._tasks.drain()
        finally:
            self._recorder.close()
        self._tasks.drain()
        state = RefreshState.CANCELLED if self._tasks.cancelled.is_set() else RefreshState.COMPLETE
        self._store.seal(self._refresh_id, state)
        return self._refresh_id, state

    def _begin(self, caller: Identity, selection: Selection, *, resume: bool) -> int:
        """Start a refresh, or take up the unfinished one with all that it has read; return its number.

        One that is to read another part than the unfinished one ends that.
        """
        unfinished = self._store.unfinished()
        if unfinished is not None and not (resume and selection in (EVERYTHING, unfinished.selection)):
            self._store.seal(unfinished.id, RefreshState.CANCELLED)
        elif unfinished is not None and (stored := self._store.snapshot(unfinished.id)) is not None:
            self._choice = Choice(unfinished.selection, self._collectors)
            self._agenda.add(stored.steps(), sum(bool(gap.key) for gap in stored.gaps()))
            for step in stored.steps():
                if step.state is not StepState.PENDING and step.kind in self._kept:
                    of = (step.kind, step.scope)
                    self._agenda.keep(*of, stored.facts(*of), stored.gaps(*of))
            return unfinished.id
        return self._store.begin_refresh(
            caller=caller.arn, botocore=BOTOCORE, tool_version=__version__, selection=selection
        )

    def _go_on(self, caller: Identity) -> None:
        """Submit what can be read by now: kinds of the organisation whose needs were read, then the accounts."""
        awaited = {ACCOUNTS_KIND}.union(*(each.needs for each in self._of_reach(Reach.ACCOUNT)))
        if self._choice.selection.units:
            awaited.add(CHILDREN_KIND)
        with self._lock:
            begins = self._organisation.has_read(awaited) and not self._has_begun_accounts
            self._has_begun_accounts |= begins
        for each in self._organisation.next():
            self._tasks.submit(self._organisation_task(each, caller), _ORGANISATION)
        if begins:
            self._begin_accounts(Scope(caller.account_id))

    def _begin_accounts(self, organisation: Scope) -> None:
        """Plan the accounts and submit those that were chosen."""
        active = accounts_to_read(self._agenda.facts(ACCOUNTS_KIND, organisation), organisation.account_id)
        self._choice.settle(self._agenda.facts(CHILDREN_KIND, organisation))
        accounts = self._choice.accounts(active)
        chosen = [each for each in accounts if self._choice.has_account(each)]
        self._agenda.add_accounts(chosen)
        self._plan(
            [*account_steps(self._collectors, accounts), *self._steps_before(set(accounts) - set(chosen))]
        )
        self._recorder.flush()
        self._askers = self._share(len(chosen), self._own)
        self._tasks.share_out(len(self._askers))
        self._lanes[organisation.account_id] = 0  # where the organisation's own steps are read, too
        for account_id in chosen:
            self._tasks.submit(self._account_task(account_id), _ACCOUNT, self._lanes.get(account_id))

    def _steps_before(self, accounts: Collection[str]) -> list[Step]:
        """Return what the last refresh knew of accounts that this one does not ask about."""
        before = self._store.snapshot() if accounts else None
        kinds = {each.kind for each in self._collectors if each.reach is not Reach.ORGANISATION}
        return [
            Step(step.kind, step.scope)
            for step in (before.steps() if before else ())
            if step.scope.account_id in accounts and step.kind in kinds
        ]

    def _organisation_task(self, collector: Collector, caller: Identity) -> Task:
        scope = Scope(caller.account_id)

        def task() -> None:
            self._read(collector, scope, None)
            if collector.kind == ORGANISATION_KIND:
                for organisation in self._agenda.facts(ORGANISATION_KIND, scope):
                    self._store.describe_organisation(self._refresh_id, organisation.key)
            self._organisation.end(collector.kind)
            self._go_on(caller)

        return task

    def _account_task(self, account_id: str) -> Task:
        """Read an account's Regions, because they plan the rest, and what these need; then the rest side by side."""

        def task() -> None:
            lane = self._lanes.setdefault(account_id, self._tasks.lane)
            identity = self._identity(account_id)
            refused = identity if isinstance(identity, _Refused) else None
            scope = Scope(account_id)
            regional = self._of_reach(Reach.REGION)
            first = {REGIONS_KIND}.union(*(each.needs for each in regional))
            wanted = self._of_reach(Reach.ACCOUNT)
            for each in wanted:
                if each.kind in first:
                    self._read(each, scope, refused)
            facts = self._agenda.facts(REGIONS_KIND, scope)
            regions = regions_to_read(facts, self._settings.policy.approved_regions)
            self._plan(region_steps(self._collectors, account_id, regions))
            self._agenda.know_all_of(account_id)
            after = Readiness(each for each in wanted if each.kind not in first)
            self._read_side_by_side(_Place(scope, lane, refused, after))
            for region in regions:
                self._read_side_by_side(_Place(Scope(account_id, region), lane, refused, Readiness(regional)))

        return task

    def _read_side_by_side(self, place: _Place) -> None:
        """Submit what can be read by now in a place; whatever is read makes more of it ready."""
        for each in place.readiness.next():
            self._tasks.submit(self._step_task(each, place), _WITHIN_ACCOUNT, place.lane)

    def _step_task(self, collector: Collector, place: _Place) -> Task:
        def task() -> None:
            self._read(collector, place.scope, place.refused)
            if place.readiness.end(collector.kind) and place.scope.region != GLOBAL:
                self._agenda.let_go(place.scope)  # an account's own kinds are needed in each of its Regions
            self._read_side_by_side(place)

        return task

    def _read(self, collector: Collector, scope: Scope, refused: _Refused | None) -> None:
        """Read one step, if it is pending still and nobody stopped the refresh; it is stored soon after."""
        if self._tasks.stopped or not self._agenda.take(collector.kind, scope):
            return
        self._tell(f"{collector.title} in {scope}")
        collected = self._collected(collector, scope, refused)
        self._agenda.keep(collector.kind, scope, collected.facts, collected.gaps)
        step = Step(collector.kind, scope)
        self._recorder.record(Ended(step=step, facts=collected.facts, gaps=collected.gaps))

    def _stored(self, ended: Ended) -> None:
        """Tell of a step that is safe now."""
        self._agenda.end(ended.step.kind, ended.step.scope, len(ended.gaps))
        for gap in ended.gaps:
            self._listener.missed(gap)
        self._tell(f"{ended.step.kind} in {ended.step.scope}")

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
        needed = self._agenda.needed({kind: self._place(kind, scope) for kind in collector.needs})
        asker = self._askers[self._lanes.get(scope.account_id, 0)]
        return asker.ask(collector, scope, identity, needed)

    def _place(self, kind: str, scope: Scope) -> Scope:
        """Return where a needed kind was read: in the same account, unless it is of all accounts."""
        reach = self._reaches[kind]
        if reach is Reach.ORGANISATION:
            return Scope(self._sessions.caller().account_id)
        return Scope(scope.account_id) if reach is Reach.ACCOUNT else scope

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

    def _plan(self, steps: Iterable[Step]) -> None:
        """Plan steps: to be read, or taken over if they were not chosen."""
        chosen: list[Step] = []
        others: list[Step] = []
        for step in dict.fromkeys(steps):
            (chosen if self._choice.has(step) else others).append(step)
        self._recorder.plan(chosen, others)
        self._agenda.add(chosen)

    def _of_reach(self, reach: Reach) -> list[Collector]:
        return [each for each in self._collectors if each.reach is reach]

    def _tell(self, doing: str) -> None:
        calls = sum(each.requests for each in {self._own, *self._askers})
        self._listener.progressed(self._agenda.progress(calls=calls, doing=doing))
