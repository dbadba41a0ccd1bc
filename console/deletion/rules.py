"""Who may do what next: three different people, with three different keys, about one plan that is in force."""

from collections.abc import Iterable
from datetime import datetime

from console.deletion.case import Case, Entry, State, What, is_held
from console.deletion.errors import (
    BlockedPlanError,
    ExpiredPlanError,
    HeldRequestError,
    ReplayedSignatureError,
    SameIdentityError,
    SameKeyError,
    WrongStateError,
)
from console.deletion.plan import Plan

_ROLES = {What.REQUEST: "raised the request", What.PLAN: "made the plan", What.APPROVAL: "approved the plan"}


def check_other(case: Case, entries: Iterable[Entry], identity: str, key: str) -> None:
    """Refuse who did any of these already, whether under the same identity or with the same key."""
    for each in entries:
        did = _ROLES.get(each.what, "took part")
        if each.identity == identity:
            raise SameIdentityError(f"{case.id}: {identity} already {did} (as {each.caller})")
        if each.key == key:
            raise SameKeyError(f"{case.id}: this signing key already {did} ({each.fingerprint})")


def check_approver(case: Case, identity: str, key: str, now: datetime) -> Plan:
    """Return the plan that may be approved now by this person; refuse with the reason otherwise."""
    plan = check_in_force(case, now)
    if case.state not in (State.READY, State.REFUSED):
        raise WrongStateError(f"{case.id} is {case.state.value}, not {State.READY.value}")
    check_other(case, case.of(What.REQUEST, What.PLAN), identity, key)
    return plan


def check_approval(case: Case, approval: Entry) -> None:
    """Refuse an approval that came from elsewhere and does not count for the plan in force."""
    if case.plan is None or approval.said["plan_sha256"] != case.plan.sha256:
        raise ReplayedSignatureError(f"{case.id}: the signature of {approval.person} is for another plan")
    if approval.at >= case.plan.expires_at:
        raise ExpiredPlanError(f"{case.id}: it was signed after the plan had expired")
    check_other(case, case.of(What.REQUEST, What.PLAN), approval.identity, approval.key)


def check_executor(case: Case, identity: str, key: str, now: datetime) -> tuple[Plan, Entry]:
    """Return the plan and its approval, if this person may carry it out now."""
    if case.state in (State.EXECUTED, State.VERIFIED, State.UNVERIFIED, State.CERTIFIED):
        raise ReplayedSignatureError(f"{case.id}: what was approved was carried out already, and holds once")
    plan = check_in_force(case, now)
    if case.approval is None or case.state not in (State.APPROVED, State.EXECUTING, State.STOPPED):
        raise WrongStateError(f"{case.id} is {case.state.value}, not {State.APPROVED.value}")
    check_approval(case, case.approval)
    check_other(case, (*case.of(What.REQUEST, What.PLAN), case.approval), identity, key)
    return plan, case.approval


def check_in_force(case: Case, now: datetime) -> Plan:
    """Return the plan that can be signed or carried out; refuse one that is blocked, held or expired."""
    if case.state is State.WITHDRAWN:
        raise WrongStateError(f"{case.id} was withdrawn")
    if case.plan is None:
        raise WrongStateError(f"{case.id} has no plan yet")
    if is_held(case.entries):
        raise HeldRequestError(f"{case.id} is on hold")
    if case.plan.is_blocked:
        count = len(case.plan.blockers) + len(case.plan.unread)
        first = case.plan.blockers[0].words if case.plan.blockers else "something could not be read"
        raise BlockedPlanError(f"{case.id}: the plan has {count} blockers, first: {first}")
    if case.plan.is_expired(now):
        raise ExpiredPlanError(f"{case.id}: the plan expired at {case.plan.expires_at}")
    return case.plan
