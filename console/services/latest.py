"""The newest refresh and what the controls concluded about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.base.settings import PolicySettings
from console.controls.base import Control
from console.domain.evidence import Snapshot
from console.evidence.reading import Reading
from console.services.assess import Assessment, assess_snapshot, policy_of


@dataclass(frozen=True, slots=True)
class Latest:
    """A refresh and its assessment."""

    snapshot: Snapshot
    assessment: Assessment


def latest(
    store: Reading, controls: Sequence[Control], policy: PolicySettings, now: datetime
) -> Latest | None:
    """Return the newest sealed refresh; judged anew if nobody judged it under this policy. None without one."""
    snapshot = store.snapshot()
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
        return Latest(snapshot, assessment)
    return Latest(snapshot, assess_snapshot(snapshot, controls, policy, now))
