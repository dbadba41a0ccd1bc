"""A small organisation with people in it: who can, who can if, who can become one, and an account not read."""

import json
from collections.abc import Mapping
from typing import Any

from console.domain.evidence import Fact, Gap
from console.domain.scope import Scope
from fakes import FakeSnapshot, fact, gap
from unit.ui.estate import HOSTILE, MANAGEMENT, ODD, PAYMENTS, ROOT, UNIT
from unit.ui.estate import snapshot as bare

SCP, RCP, BEDROCK = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "BEDROCK_POLICY"
UNREAD = "100000000003"
STEM = f"arn:aws:iam::{PAYMENTS}"
CALLER, USER, ADMIN = f"{STEM}:role/caller", f"{STEM}:user/jo", f"{STEM}:role/{HOSTILE}"
OUTSIDER = "arn:aws:iam::999999999999:root"
LONDON_ONLY, FULL = "p-london", "p-full"
INVOKE = f"{STEM}:policy/invoke"


def document(*statements: Mapping[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}


def trust(principal: Any, **more: Any) -> dict[str, Any]:
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more})


EVERYTHING = document(allow("*"))
ABROAD = document(
    {
        "Sid": "OnlyLondon",
        "Effect": "Deny",
        "Action": "bedrock:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-2"}},
    }
)
TAGGED = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}


class Making:
    """Numbers facts and gaps after those of the bare estate."""

    def __init__(self, known: list[Fact], missing: list[Gap]) -> None:
        self.known, self.missing = known, missing

    def add(self, kind: str, key: str, payload: Mapping[str, Any], account: str = PAYMENTS) -> None:
        self.known.append(fact(kind, key, payload, Scope(account), self._next()))

    def miss(self, kind: str, account: str) -> None:
        self.missing.append(gap(kind, Scope(account), sequence=self._next()))

    def _next(self) -> int:
        return len(self.known) + len(self.missing) + 1


def access_snapshot(*, widened: bool = False) -> FakeSnapshot:
    """Return the estate of the window's tests with policies above its accounts and people in one of them."""
    base = bare()
    made = Making([each for each in base.known if each.kind != "organizations.root"], list(base.missing))
    types = [{"Type": each, "Status": "ENABLED"} for each in (SCP, BEDROCK)]
    made.add("organizations.root", ROOT, {"Id": ROOT, "Name": "Root", "PolicyTypes": types}, MANAGEMENT)
    _policies(made)
    _people(made, widened=widened)
    for account in (MANAGEMENT, ODD):
        for kind in ("iam.user", "iam.role", "iam.group", "iam.policy"):
            base.empty = [*base.empty, (kind, Scope(account))]
    for kind in ("iam.user", "iam.role", "iam.group", "iam.policy"):
        made.miss(kind, UNREAD)
    return FakeSnapshot(known=made.known, missing=made.missing, empty=base.empty)


def _policies(made: Making) -> None:
    for id_, name, sort, content, targets in (
        (FULL, "FullAWSAccess", SCP, EVERYTHING, (ROOT, UNIT, MANAGEMENT, PAYMENTS, UNREAD, ODD)),
        (LONDON_ONLY, "london-only", SCP, ABROAD, (UNIT,)),
        ("p-guard", "guardrail", BEDROCK, {"bedrock": {"x": {"@@assign": 1}}}, (UNIT,)),
    ):
        summary = {"Id": id_, "Name": name, "Type": sort, "Description": f"About {name}"}
        made.add(
            "organizations.policy",
            f"arn:{id_}",
            {"PolicySummary": summary, "Content": json.dumps(content)},
            MANAGEMENT,
        )
        for target in targets:
            payload = {"PolicyId": id_, "TargetId": target, "Type": "ACCOUNT"}
            made.add("organizations.policy_target", f"{id_}/{target}", payload, MANAGEMENT)
    effective = {"PolicyType": BEDROCK, "PolicyContent": json.dumps({"bedrock": {"x": 1}})}
    made.add("organizations.effective_policy", BEDROCK, effective)
    made.miss("organizations.effective_policy", ODD)


def _people(made: Making, *, widened: bool) -> None:
    actions = (
        ("bedrock:InvokeModel", "bedrock:PutAccountDataRetention") if widened else ("bedrock:InvokeModel",)
    )
    version = {"VersionId": "v2", "Document": json.dumps(document(allow(*actions)))}
    policy = {"PolicyVersionList": [version], "DefaultVersionId": "v2"}
    made.add("iam.policy", INVOKE, policy)
    group = {"GroupName": "makers", "GroupPolicyList": [], "AttachedManagedPolicies": [{"PolicyArn": INVOKE}]}
    made.add("iam.group", f"{STEM}:group/makers", group)
    user = {
        "UserName": "jo",
        "GroupList": ["makers"],
        "UserPolicyList": [
            {"PolicyName": "assume", "PolicyDocument": json.dumps(document(allow("sts:AssumeRole")))}
        ],
        "AttachedManagedPolicies": [],
        "Tags": [{"Key": "team", "Value": "risk"}],
    }
    made.add("iam.user", USER, user)
    for arn, inline, who in (
        (
            CALLER,
            document(allow("bedrock:InvokeModel", Condition=TAGGED)),
            {"Service": "lambda.amazonaws.com"},
        ),
        (ADMIN, EVERYTHING, {"AWS": [USER, OUTSIDER]}),
    ):
        role = {
            "RoleName": arn.rpartition("/")[2],
            "AssumeRolePolicyDocument": json.dumps(trust(who)),
            "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": json.dumps(inline)}],
            "AttachedManagedPolicies": [],
            "PermissionsBoundary": {"PermissionsBoundaryArn": INVOKE} if arn == CALLER else None,
            "RoleLastUsed": {"LastUsedDate": "2026-11-01T08:00:00Z", "Region": "eu-west-2"},
        }
        made.add("iam.role", arn, role)
    key = {"UserName": "jo", "Status": "Active", "CreateDate": "2026-01-01T00:00:00Z"}
    made.add("iam.access_key", "AKIA1", {**key, "AccessKeyLastUsed": {"ServiceName": "N/A", "Region": "N/A"}})
    made.add("iam.service_specific_credential", "ACCA1", key)
    service = {
        "ServiceName": "Amazon Bedrock",
        "ServiceNamespace": "bedrock",
        "LastAuthenticated": "2026-11-02T08:00:00Z",
        "LastAuthenticatedRegion": "eu-west-2",
        "TrackedActionsLastAccessed": [{"ActionName": "InvokeModel"}],
    }
    made.add("iam.service_last_accessed", USER, {"Arn": USER, "ServicesLastAccessed": [service]})
