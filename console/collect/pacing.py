"""How fast AWS is asked: token buckets for each account, Region and family of operations, slower where AWS says so.

Invariants: what a bucket grants in any span of t seconds is at most its burst and t times its rate; a throttling
answer slows the bucket it belongs to and no other; time alone brings the pace back.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Monotonic = Callable[[], float]
"""Seconds that only grow."""

_SLOWEST = 0.5
"""Calls a second below which no throttling answer slows a bucket."""
_RECOVERY = 0.1
"""Part of the slowed rate that each second without a throttling answer gives back."""
_FREED = 4.0
"""A bucket without a published rate is free again once it came to so many times the rate it was slowed to."""
_ECHO_SECONDS = 0.5
"""Throttling answers so soon after one that slowed a bucket are to calls that were under way already."""
_REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class Rate:
    """What AWS grants: so many calls a second, and so many at once after a pause."""

    per_second: float
    burst: float


PUBLISHED: Mapping[str, Rate] = {
    "cloudtrail": Rate(10, 10),
    "cloudtrail:LookupEvents": Rate(2, 2),
    "ec2": Rate(20, 100),
}
"""Rates that AWS publishes, by service or by operation where that has its own. All others are found out by asking."""


class Bucket:
    """One family of operations in one place; not safe to share without a lock."""

    def __init__(self, published: Rate | None, now: float) -> None:
        self._published = published
        self._slowed: float | None = None
        """Calls a second right after the last throttling answer; None while the pace is the usual one."""
        self._slowed_at = now
        self._due = now
        """When the next call would be due if every one kept its distance to the one before."""
        self._taken: deque[float] = deque(maxlen=_REMEMBERED)

    def take(self, now: float) -> float:
        """Take the next place in the queue; return the seconds until its turn."""
        rate = self._rate(now)
        turn = max(now, self._taken[-1]) if self._taken else now  # nobody overtakes when the pace comes back
        if rate is not None:
            distance = 1 / rate.per_second
            turn = max(turn, self._due - (rate.burst - 1) * distance)
            self._due = max(self._due, turn) + distance
        self._taken.append(turn)
        return turn - now

    def slow_down(self, now: float) -> None:
        """Halve the pace: of the rate in force, or of what was asked lately."""
        if self._slowed is not None and now - self._slowed_at < _ECHO_SECONDS:
            return
        rate = self._rate(now)
        pace = rate.per_second if rate else self._asked(now)
        self._slowed = max(pace / 2, _SLOWEST)
        self._slowed_at = now
        self._due = max(self._due, now)

    def _rate(self, now: float) -> Rate | None:
        """Return the rate in force: a slowed one grows until it is the usual one again."""
        if self._slowed is None:
            return self._published
        pace = self._slowed * (1 + _RECOVERY * (now - self._slowed_at))
        usual = self._published.per_second if self._published else self._slowed * _FREED
        if pace < usual:
            return Rate(pace, 1)
        self._slowed = None
        return self._published

    def _asked(self, now: float) -> float:
        """Return how many calls a second were made lately."""
        span = now - self._taken[0] if self._taken else 0.0
        return len(self._taken) / max(span, 1.0)


class Pacing:
    """The buckets of a refresh; safe to share between threads."""

    def __init__(self, clock: Monotonic, published: Mapping[str, Rate] = PUBLISHED) -> None:
        self._clock = clock
        self._published = published
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str, str], Bucket] = {}

    def take(self, account_id: str, region: str, service: str, operation: str) -> float:
        """Return how many seconds to wait before asking; the place in the queue is taken."""
        with self._lock:
            now = self._clock()
            return self._bucket(account_id, region, service, operation, now).take(now)

    def slow_down(self, account_id: str, region: str, service: str, operation: str) -> None:
        """Note that AWS asked for a slower pace."""
        with self._lock:
            now = self._clock()
            self._bucket(account_id, region, service, operation, now).slow_down(now)

    def _bucket(self, account_id: str, region: str, service: str, operation: str, now: float) -> Bucket:
        named = f"{service}:{operation}"
        family = named if named in self._published else service
        place = (account_id, region, family)
        if place not in self._buckets:
            self._buckets[place] = Bucket(self._published.get(family), now)
        return self._buckets[place]


@dataclass(frozen=True, slots=True)
class ClientPace:
    """The pace of one client, in whichever account the calling thread acts."""

    pacing: Pacing
    account: Callable[[], str]
    region: str
    service: str

    def take(self, operation: str) -> float:
        """Return how many seconds to wait before asking."""
        return self.pacing.take(self.account(), self.region, self.service, operation)

    def slow_down(self, operation: str) -> None:
        """Note that AWS asked for a slower pace."""
        self.pacing.slow_down(self.account(), self.region, self.service, operation)
