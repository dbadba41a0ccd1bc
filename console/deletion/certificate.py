"""The certificate: what was asked, who did what, what was verified absent by which operation, what stays and why."""

from typing import Any

from console.deletion.case import Case, Entry, What
from console.deletion.errors import WrongStateError

FORMAT = "bedrock-console/deletion-certificate/1"
WORDING = (
    "Each item was verified absent by the operation that is named, at the time that is named. This says what AWS "
    "answered then; it does not say that the storage beneath was destroyed."
)


def certificate(case: Case, issued_at: str, checkpoint_root: str) -> dict[str, Any]:
    """Return what is certified, in JSON types; raise `WrongStateError` before everything was verified absent."""
    executed, verified = case.about_plan(What.EXECUTED), case.about_plan(What.VERIFICATION)
    if case.plan is None or case.approval is None or not executed or not verified:
        raise WrongStateError(f"{case.id} is {case.state.value}: nothing can be certified yet")
    missing = [each for each in verified[-1].said["results"] if each["result"] != "absent"]
    if missing:
        raise WrongStateError(f"{case.id}: {missing[0]['subject']} was not verified absent")
    return {
        "format": FORMAT,
        "wording": WORDING,
        "issued_at": issued_at,
        "request": {
            "id": case.id,
            "target": case.target.record(),
            "target_words": case.target.words,
            "ground": case.ground.code,
            "ground_words": case.ground.words,
            "why": case.why,
            "subject": case.subject,
            "received_on": case.received_on.isoformat(),
            "due_on": case.due.on.isoformat(),
            "extended": case.due.is_extended,
        },
        "people": {
            "requester": _person(case.request),
            "approver": _person(case.approval),
            "executor": _person(executed[-1]),
            "verifier": _person(verified[-1]),
        },
        "plan": {
            "sha256": case.plan.sha256,
            "made_at": case.plan.made_at,
            "expires_at": case.plan.expires_at,
        },
        "steps": _steps(case),
        "verifications": [{"at": each.at, "results": each.said["results"]} for each in verified],
        "residuals": [
            {
                "subject": each.subject,
                "what": each.words,
                "reason": each.reason,
                "expires": each.expires,
                "accepted_by": each.accepted_by,
            }
            for each in case.plan.residuals
        ],
        "ledger_root": checkpoint_root,
    }


def _person(entry: Entry) -> dict[str, str]:
    return {
        "name": entry.person,
        "identity": entry.identity,
        "signed_as": entry.caller,
        "at": entry.at,
        "key": entry.fingerprint,
        "record_sha256": entry.digest,
    }


def _steps(case: Case) -> list[dict[str, Any]]:
    done, events = case.done, _events(case)
    assert case.plan is not None  # noqa: S101 - the caller looked
    return [
        {
            "id": each.id,
            "operation": each.operation,
            "account_id": each.account_id,
            "region": each.region,
            "subject": each.subject,
            "size": each.size,
            "state_sha256": each.state_sha256,
            "at": done[each.id].at,
            "outcome": done[each.id].said["outcome"],
            "request_ids": done[each.id].said["request_ids"],
            "event_ids": events.get(each.id, []),
        }
        for each in case.plan.steps
    ]


def _events(case: Case) -> dict[str, list[str]]:
    """Return what CloudTrail calls each step, as far as any verification found it."""
    found: dict[str, list[str]] = {}
    for each in case.about_plan(What.VERIFICATION):
        for step, ids in each.said.get("events", {}).items():
            found[step] = sorted({*found.get(step, []), *ids})
    return found
