"""The newest refresh, what the controls concluded about it, what people did, and the past."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from console.base.clock import stamp
from console.base.settings import PolicySettings
from console.controls.base import Control
from console.controls.duties import NO_DUTIES, Duties
from console.controls.history import History
from console.deletion.case import Case, cases_of
from console.domain.evidence import Snapshot
from console.domain.refresh import Refresh, StepState
from console.evidence.reading import Reading
from console.services.ask import Asked, organisation_of
from console.services.assess import Assessment, assess_snapshot, policy_json, policy_of
from console.services.deletion.signing import entries_of
from console.services.office import gather
from console.services.past import Past, past
from console.services.usage import Usage, Usages, no_usage
from console.views.log_coverage import Coverage, coverage
from console.views.names import account_names

_MOST_COUNTED = 20
"""How many readings' scopes are counted at once."""


def _no_past() -> Past:
    return Past(history=History())


def _no_reading(_refresh_id: int) -> Snapshot | None:
    return None


@dataclass(frozen=True, slots=True)
class Latest:
    """A refresh and its assessment."""

    snapshot: Snapshot
    assessment: Assessment
    duties: Duties = NO_DUTIES
    asked_at: str = ""
    """When this was put together; RFC 3339, UTC. What expires is judged at this moment."""
    earlier: Mapping[int, str] = field(default_factory=dict)
    """When each earlier refresh ended, of which this one may have taken evidence over."""
    past: Callable[[], Past] = _no_past
    """Follows the findings through earlier assessments; takes a while the first time, so only a job may ask."""
    cases: tuple[Case, ...] = ()
    """Every request to delete, those due soonest first."""
    readings: tuple[Refresh, ...] = ()
    """Every sealed refresh, oldest first."""
    reading: Callable[[int], Snapshot | None] = _no_reading
    """Opens an earlier refresh by its number; None if there is none. Reads the store, so only a job may ask."""
    completeness: Callable[[], Mapping[int, Mapping[StepState, int]]] = dict
    """Counts, for the newest readings, how many scopes were read, missed and not tried; blocks."""
    usage: Callable[[], Usage] = no_usage
    """Opens what was read of invocation logs; reads the store, so only a job may ask."""
    claims: tuple[str, ...] | None = None
    """Claims that it is about, where it is a pack about some; None for all."""
    asked: Callable[[], Asked] = field(init=False, repr=False, compare=False)
    """Opens the organisation for questions about who can do what; takes a while the first time, as `past` does."""

    def __post_init__(self) -> None:
        snapshot = self.snapshot
        object.__setattr__(self, "asked", cache(lambda: organisation_of(snapshot)))

    def coverage(self) -> Coverage:
        """Compare what was read of logs with what CloudWatch counted; takes a while, as `usage` does."""
        usage = self.usage()
        return coverage(self.snapshot, usage.sums, usage.sources, usage.gaps, account_names(self.snapshot))


def latest(
    store: Reading,
    controls: Sequence[Control],
    policy: PolicySettings,
    now: datetime,
    refresh_id: int | None = None,
) -> Latest | None:
    """Return the newest sealed refresh, or the one asked for; judged anew if nobody judged it under this policy.

    None without one.
    """
    snapshot = store.snapshot(refresh_id)
    if snapshot is None:
        return None
    kept = store.assessment(snapshot.refresh.id)
    if kept is not None and policy_of(kept.policy_json) == policy:
        assessment = Assessment(
            refresh=snapshot.refresh,
            findings=tuple(kept.findings),
            assessed_at=kept.assessed_at,
            policy=policy,
        )
    else:
        assessment = assess_snapshot(snapshot, controls, policy, now, store)
    return with_people(store, snapshot, assessment, now)


def with_people(store: Reading, snapshot: Snapshot, assessment: Assessment, now: datetime) -> Latest:
    """Put to an assessment what people did, and the way to its past."""
    findings, policy = assessment.findings, policy_json(assessment.policy)
    refreshes = store.refreshes()
    sealed = tuple(each for each in refreshes if each.finished_at)
    return Latest(
        snapshot,
        assessment,
        gather(store),
        stamp(now),
        {each.id: each.finished_at for each in refreshes},
        cache(lambda: past(store, snapshot.refresh, findings, policy)),
        cases_of(entries_of(store.deeds()), now),
        sealed,
        store.snapshot,
        lambda: store.tallies([each.id for each in sealed[-_MOST_COUNTED:]]),
        cache(Usages(store.usage).open),
    )
