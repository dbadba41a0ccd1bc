"""Plans and records made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.base.canonical import canonical, sha256_hex
from console.deletion.case import Entry, What
from console.deletion.plan import ABSENT, Check, Plan, Step, ordered, step_id

ACCOUNT, REGION, ID = "111122223333", "eu-west-2", "DR-0123456789abcdef"
MODEL = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:custom-model/amazon.nova-lite-v1:0/abcdefghijkl"
JO, SAM, KIM = (f"arn:aws:iam::{ACCOUNT}:user/{name}" for name in ("jo", "sam", "kim"))
REQUEST: Mapping[str, Any] = {
    "target": {
        "kind": "custom-model",
        "account_id": ACCOUNT,
        "region": REGION,
        "name": MODEL,
        "detail": {},
    },
    "ground": "17-1-b",
    "why": "Consent was withdrawn",
    "subject": "",
    "received_on": "2026-11-20",
    "due_on": "",
}


def step(name: str, after: Sequence[str] = (), **changes: Any) -> Step:
    parameters = {"modelIdentifier": name}
    made = Step(
        id=step_id("bedrock:DeleteCustomModel", ACCOUNT, REGION, parameters),
        operation="bedrock:DeleteCustomModel",
        account_id=ACCOUNT,
        region=REGION,
        parameters=parameters,
        subject=name,
        words=f"Delete {name}",
        check=Check(operation="bedrock:GetCustomModel", parameters=parameters, expects=ABSENT),
        state_sha256=sha256_hex(name.encode()),
        after=tuple(after),
    )
    return replace(made, **changes)


def plan(*steps: Step, **changes: Any) -> Plan:
    made = Plan(
        request_id=ID,
        made_at="2026-11-24T10:00:00.000Z",
        expires_at="2026-11-27T10:00:00.000Z",
        steps=ordered(steps or (step("one"),)),
        blockers=(),
        residuals=(),
        unread=(),
    )
    return replace(made, **changes)


def entry(
    what: What, said: Mapping[str, Any], by: str = JO, at: str = "2026-11-24T09:00:00.000Z", **more: Any
) -> Entry:
    made = Entry(
        what=what,
        request_id=ID,
        person=by.rpartition("/")[2],
        identity=by,
        caller=by,
        at=at,
        key=f"key of {by}",
        fingerprint=f"SHA256:{by[-3:]}",
        said=said,
        digest=sha256_hex(canonical([what.value, said, at])),
        sequence=1,
    )
    return replace(made, **more)


def requested(**changes: Any) -> Entry:
    return entry(What.REQUEST, {**REQUEST, **changes})


def planned(made: Plan, at: str = "2026-11-24T10:00:00.000Z") -> Entry:
    return entry(What.PLAN, {"plan": made.record(), "plan_sha256": made.sha256}, at=at)


def about(what: What, made: Plan, by: str = KIM, at: str = "2026-11-24T12:00:00.000Z", **said: Any) -> Entry:
    return entry(what, {"plan_sha256": made.sha256, **said}, by=by, at=at)


PLAN_SAID: Mapping[str, Any] = {"plan": plan().record(), "plan_sha256": plan().sha256}
