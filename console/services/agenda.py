"""What a running refresh still has to read, in memory; the store holds the same, for when this is lost."""

import threading
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from time import monotonic

from console.collect.runner import Needed
from console.domain.evidence import Fact, Gap
from console.domain.refresh import Progress, Step, StepState
from console.domain.scope import Scope

Place = tuple[str, Scope]


class Agenda:
    """The steps of a refresh and how they ended; safe to share between threads."""

    def __init__(self, kept_kinds: Collection[str]) -> None:
        self._kept_kinds = kept_kinds
        self._lock = threading.Lock()
        self._started = monotonic()
        self._pending: set[Place] = set()
        self._taken: set[Place] = set()
        """Those of the pending steps that somebody reads, or has read though it is not stored yet."""
        self._ended: set[Place] = set()
        self._gaps = 0
        self._facts: dict[Place, tuple[Fact, ...]] = {}
        self._missed: dict[Place, tuple[Gap, ...]] = {}
        self._open: Counter[str] = Counter()
        self._accounts: dict[str, bool] = {}
        """Each account to be read, and whether all its steps are known."""
        self._unfinished: set[str] = set()
        """Those of them of which something is still to be read, or may be."""

    def add(self, steps: Iterable[Step], missed: int = 0) -> None:
        """Add steps; one that has ended in an earlier run stays ended, and single things were missed then."""
        with self._lock:
            self._gaps += missed
            for step in steps:
                place = (step.kind, step.scope)
                if place in self._pending or place in self._ended:
                    continue
                if step.state is StepState.PENDING:
                    self._pending.add(place)
                    self._open[step.scope.account_id] += 1
                    self._weigh(step.scope.account_id)
                else:
                    self._ended.add(place)
                    self._gaps += step.state is StepState.GAP

    def add_accounts(self, accounts: Iterable[str]) -> None:
        """Note which accounts are to be read."""
        with self._lock:
            self._accounts = dict.fromkeys(accounts, False)
            self._unfinished = set(self._accounts)

    def know_all_of(self, account_id: str) -> None:
        """Note that all steps of an account were added."""
        with self._lock:
            self._accounts[account_id] = True
            self._weigh(account_id)

    def take(self, kind: str, scope: Scope) -> bool:
        """Tell whether a step is still to be read by whoever asks; it tells so once."""
        place = (kind, scope)
        with self._lock:
            if place not in self._pending or place in self._taken:
                return False
            self._taken.add(place)
            return True

    def end(self, kind: str, scope: Scope, gaps: int) -> None:
        """Note that a step ended, with so many gaps."""
        place = (kind, scope)
        with self._lock:
            self._pending.remove(place)
            self._taken.discard(place)
            self._ended.add(place)
            self._gaps += gaps
            self._open[scope.account_id] -= 1
            self._weigh(scope.account_id)

    def keep(self, kind: str, scope: Scope, facts: Sequence[Fact], gaps: Sequence[Gap]) -> None:
        """Hold on to what the plan is made from, and to what other collectors need."""
        if kind in self._kept_kinds:
            self._facts[kind, scope] = tuple(facts)
            self._missed[kind, scope] = tuple(gaps)

    def let_go(self, scope: Scope) -> None:
        """Forget what was kept of a scope that nobody needs any more."""
        for kind in self._kept_kinds:
            self._facts.pop((kind, scope), None)
            self._missed.pop((kind, scope), None)

    def needed(self, places: Mapping[str, Scope]) -> Needed:
        """Return what was read of some kinds, each in a scope, and what of them was not."""
        facts = {kind: self.facts(kind, scope) for kind, scope in places.items()}
        gaps = [each for place in places.items() for each in self._missed.get(place, ())]
        return Needed(facts=facts, gaps=gaps)

    def facts(self, kind: str, scope: Scope) -> tuple[Fact, ...]:
        """Return the facts of a step that were kept."""
        return self._facts.get((kind, scope), ())

    def progress(self, *, calls: int, doing: str) -> Progress:
        """Return how far the refresh is."""
        with self._lock:
            return Progress(
                done=len(self._ended),
                planned=len(self._ended) + len(self._pending),
                accounts_done=len(self._accounts) - len(self._unfinished),
                accounts=len(self._accounts),
                accounts_planned=sum(self._accounts.values()),
                calls=calls,
                gaps=self._gaps,
                elapsed_seconds=monotonic() - self._started,
                doing=doing,
            )

    def _weigh(self, account_id: str) -> None:
        """Count an account as finished once all its steps are known and none is open; the lock is held."""
        if self._accounts.get(account_id) and not self._open[account_id]:
            self._unfinished.discard(account_id)
        elif account_id in self._accounts:
            self._unfinished.add(account_id)
