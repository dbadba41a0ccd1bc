"""Which findings rest on evidence that a refresh of a part took over and that is too old by now; pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from console.base.clock import parse_stamp
from console.controls.base import Control
from console.controls.index import Grain, is_of_organisation
from console.domain.finding import Finding, Identity
from console.domain.refresh import Step
from console.domain.scope import GLOBAL, Scope

_NOT_KNOWN = "it is not known how old the evidence is that was taken over"


def age_words(finished_at: str, now: datetime, hours: float) -> str:
    """Say why evidence is too old; empty if it is not."""
    age = (now - parse_stamp(finished_at)).total_seconds() / 3600
    if age <= hours:
        return ""
    return f"the evidence is {int(age):,} hours old, and more than {hours:,g} are not allowed"


def aged(
    controls: Iterable[Control],
    findings: Iterable[Finding],
    steps: Iterable[Step],
    finished_at: Mapping[int, str],
    now: datetime,
    hours: float,
) -> dict[Identity, str]:
    """Return why the evidence of some findings is too old, though the refresh is not.

    `finished_at` gives the end of each earlier refresh; evidence of one that is not among them is of no known age.
    """
    old: dict[tuple[str, Scope], str] = {}
    for step in steps:
        if step.carried_from:
            ended = finished_at.get(step.carried_from)
            words = age_words(ended, now, hours) if ended else _NOT_KNOWN
            if words:
                old[step.kind, step.scope] = words
    if not old:
        return {}
    by_id = {control.id: control for control in controls}
    found: dict[Identity, str] = {}
    for finding in findings:
        control = by_id.get(finding.control_id)
        words = _words(control.reads, control.grain, finding.scope, old) if control else ""
        if words:
            found[finding.identity] = words
    return found


def _words(kinds: Sequence[str], grain: Grain, scope: Scope, old: Mapping[tuple[str, Scope], str]) -> str:
    for (kind, place), words in old.items():
        if kind not in kinds:
            continue
        is_whole = grain is Grain.ORGANISATION or is_of_organisation(kind)
        is_account = place.account_id == scope.account_id
        is_region = grain is Grain.ACCOUNT or place.region in (scope.region, GLOBAL)
        if is_whole or (is_account and is_region):
            return words
    return ""
