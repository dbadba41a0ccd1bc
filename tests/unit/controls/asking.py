"""Asking one control about given facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.base.settings import PolicySettings
from console.controls.base import Control, assess
from console.domain.evidence import Fact, Gap
from console.domain.finding import Finding, Verdict
from console.domain.scope import Scope
from fakes import LONDON, FakeSnapshot, fact, gap

POLICY = PolicySettings()
HERE = Scope(LONDON.account_id)
REGION = fact("account.region", "eu-west-2", {"RegionOptStatus": "ENABLED"}, HERE, 900)
ACCOUNT = fact("organizations.account", HERE.account_id, {"Status": "ACTIVE", "Name": "payments"}, HERE, 901)


def ask(
    control: Control,
    known: Sequence[Fact] = (),
    missing: Sequence[Gap] = (),
    empty: Sequence[str] = (),
    scope: Scope = LONDON,
    policy: PolicySettings = POLICY,
) -> list[Finding]:
    """Ask about one Region or account; kinds in `empty` were read there and had nothing."""
    snapshot = FakeSnapshot(
        known=[REGION, ACCOUNT, *known], missing=missing, empty=[(kind, scope) for kind in empty]
    )
    return [
        each for each in assess(control, snapshot, policy) if each.scope in (scope, Scope(scope.account_id))
    ]


def answer(
    control: Control, payload: Mapping[str, Any], scope: Scope = LONDON, policy: PolicySettings = POLICY
) -> Finding:
    """Ask a control that reads one kind about one fact."""
    (kind,) = control.reads
    (found,) = [
        each
        for each in ask(control, [fact(kind, "k", payload, scope, 7)], scope=scope, policy=policy)
        if each.scope == scope
    ]
    return found


def is_unknown_when_unread(control: Control, scope: Scope = LONDON) -> bool:
    """Tell whether a gap in each kind alone makes one unknown that rests on the gap."""
    for kind in control.reads:
        others = [each for each in control.reads if each != kind]
        found = ask(control, missing=[gap(kind, scope, sequence=5)], empty=others, scope=scope)
        if [(each.verdict, each.evidence) for each in found if each.control_id == control.id] != [
            (Verdict.UNKNOWN, (5,))
        ]:
            return False
    return True


def opinion(
    control: Control,
    *facts: Fact,
    missing: Sequence[Gap] = (),
    scope: Scope = LONDON,
    policy: PolicySettings = POLICY,
) -> Finding:
    """Ask about given facts, where every other kind was read and is empty; return what is said of the first fact."""
    known = {each.kind for each in (*facts, *missing)}
    empty = [kind for kind in control.reads if kind not in known]
    found = ask(control, facts, missing, empty, scope=scope, policy=policy)
    (one,) = [each for each in found if each.subject == facts[0].key]
    return one
