"""What the kept assessments say of the past: each finding's course, the trend, and the reading before the newest."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.controls.history import History
from console.domain.finding import Finding
from console.domain.refresh import Refresh
from console.evidence.reading import Reading

MOST_READINGS = 60
"""How many refreshes back the past is followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The past as far as it was followed."""

    history: History
    before: tuple[Finding, ...] | None = None
    """What the reading before the newest concluded; None if there is none."""
    before_refresh: Refresh | None = None
    is_other_policy: bool = False
    """Whether that one was judged under another policy: what changed may be the policy."""


def past(store: Reading, newest: Refresh, findings: Sequence[Finding], policy_json: str) -> Past:
    """Follow findings through the kept assessments up to the newest, which need not be kept."""
    refreshes = {each.id: each for each in store.refreshes() if each.id < newest.id}
    chosen = sorted(refreshes)[-(MOST_READINGS - 1) :]
    history = History()
    before: tuple[Finding, ...] | None = None
    before_refresh, is_other = None, False
    for refresh_id in chosen:
        kept = store.assessment(refresh_id)
        if kept is None:
            continue
        before, before_refresh = kept.findings, refreshes[refresh_id]
        is_other = kept.policy_json != policy_json
        history.add(refresh_id, before_refresh.finished_at, before)
    history.add(newest.id, newest.finished_at, findings)
    return Past(history=history, before=before, before_refresh=before_refresh, is_other_policy=is_other)
