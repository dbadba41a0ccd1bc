"""An account in a small organisation under one policy."""

import json
from typing import Any

from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask

SCP = "SERVICE_CONTROL_POLICY"
ROOT = {"PolicyTypes": [{"Type": SCP, "Status": "ENABLED"}]}
REGIONS = {"StringNotEquals": {"aws:RequestedRegion": "eu-west-2"}}


def statement(**changes: Any) -> Any:
    return {"Effect": "Deny", "Action": "bedrock:*", "Resource": "*", "Condition": REGIONS} | changes


def estate(
    content: Any,
    *,
    target: Any = "ou-1",
    root: Any = ROOT,
    master: Any = "999900001111",
    kind: Any = SCP,
    parent: Any = "ou-1",
) -> Any:
    text = (
        content if isinstance(content, str) else json.dumps({"Version": "2012-10-17", "Statement": content})
    )
    link = {"ParentId": parent, "Id": HERE.account_id, "Type": "ACCOUNT"}
    unit = {"ParentId": "r-1", "Id": "ou-1", "Type": "ORGANIZATIONAL_UNIT"}
    summary = {"Id": "p-1", "Name": "regions", "Type": kind}
    return [
        fact("organizations.organization", "o-1", {"MasterAccountId": master}, HERE, 1),
        fact("organizations.root", "r-1", root, HERE, 2),
        fact("organizations.child", "ou-1/a", link, HERE, 3),
        fact("organizations.child", "r-1/ou-1", unit, HERE, 4),
        fact("organizations.policy", "p", {"PolicySummary": summary, "Content": text}, HERE, 5),
        fact("organizations.policy_target", "p-1/t", {"PolicyId": "p-1", "TargetId": target}, HERE, 6),
    ]


def deny(*actions: str, **changes: Any) -> Any:
    """Make a statement that denies actions to everybody."""
    return {"Sid": "No", "Effect": "Deny", "Action": list(actions), "Resource": "*"} | changes


def full_access() -> Any:
    """Make the policy that AWS attaches everywhere, at each level of the account's path."""
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": allow})
    summary = {"Id": "p-full", "Name": "FullAWSAccess", "Type": SCP}
    yield fact("organizations.policy", "full", {"PolicySummary": summary, "Content": text}, HERE, 7)
    for number, place in enumerate(("r-1", "ou-1", HERE.account_id), 8):
        payload = {"PolicyId": "p-full", "TargetId": place}
        yield fact("organizations.policy_target", f"full/{place}", payload, HERE, number)


def verdict(control: Any, *statements: Any, **changes: Any) -> tuple[Verdict, str]:
    """Ask about the account, where everything is allowed but what the statements deny."""
    content = list(statements) or [deny("s3:DeleteBucket")]
    (found,) = ask(control, [*estate(content, **changes), *full_access()], scope=HERE)
    return found.verdict, found.because
