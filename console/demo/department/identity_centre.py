"""IAM Identity Center: through it most people sign in, and its permission sets are the roles that accounts have."""

import json
from collections.abc import Iterator

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Member, Plan
from console.demo.estate import Estate
from console.demo.messages import Payload

_AWS = "arn:aws:iam::aws:policy"
_INVOKE = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["bedrock:InvokeModel", "bedrock:ApplyGuardrail"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": LONDON}},
        }
    ],
}
_SETS: dict[str, Payload] = {
    "ViewOnly": {"managed": ["job-function/ViewOnlyAccess"]},
    "SecurityAudit": {"managed": ["SecurityAudit", "ReadOnlyAccess"]},
    "BedrockDeveloper": {
        "own": ["bedrock-invoke-approved", "bedrock-logs-read"],
        "inline": _INVOKE,
        "boundary": "bedrock-boundary",
    },
    "BreakGlass": {"managed": ["AdministratorAccess"]},
}
_GROUPS = ("information-assurance", "cloud-operations", "ai-engineers")
_ONE_IN_BUILDS = 2
_ONE_IN_CARELESS = 6
"""Of so many accounts where models are called, in how many engineers are administrators."""


def add_identity_centre(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add the instance, its permission sets, and who holds which of them where."""
    making = _Making(draw, plan, estate)
    held = estate.organisation.held
    held["sso-admin.instance"] = making.instances()
    held["sso-admin.permission_set"] = [making.permission_set(each) for each in _SETS]
    held["sso-admin.account_assignment"] = list(making.assignments())
    held["identitystore.group"] = [making.group(each) for each in _GROUPS]


class _Making:
    def __init__(self, draw: Draw, plan: Plan, estate: Estate) -> None:
        self._draw = draw
        self._plan = plan
        self._estate = estate
        self._instance = f"arn:aws:sso:::instance/ssoins-{draw.hexadecimal(16, 'instance')}"
        self._store = f"d-{draw.hexadecimal(10, 'identity store')}"

    def instances(self) -> list[Payload]:
        """Return the organisation's instance, and one that somebody tried out and left."""
        owner = self._plan.management.id
        trial = {
            "InstanceArn": f"arn:aws:sso:::instance/ssoins-{self._draw.hexadecimal(16, 'trial')}",
            "IdentityStoreId": f"d-{self._draw.hexadecimal(10, 'trial store')}",
            "OwnerAccountId": owner,
            "Name": "analytics-trial",
            "CreatedDate": self._draw.day("trial"),
            "Status": "ACTIVE",
            "PrimaryRegion": LONDON,
            "PermissionSetsEnabled": False,
        }
        ours = {
            "InstanceArn": self._instance,
            "IdentityStoreId": self._store,
            "OwnerAccountId": owner,
            "Name": "public-works",
            "CreatedDate": self._draw.day("instance"),
            "Status": "ACTIVE",
            "PrimaryRegion": LONDON,
            "Regions": [{"RegionName": LONDON, "Status": "ACTIVE", "IsPrimaryRegion": True}],
            "EncryptionConfigurationDetails": {"KeyType": "AWS_OWNED_KMS_KEY", "EncryptionStatus": "ENABLED"},
            "PermissionSetsEnabled": True,
        }
        return [ours, trial]

    def permission_set(self, name: str) -> Payload:
        """Return a permission set with its policies."""
        wanted = _SETS[name]
        found: Payload = {
            "InstanceArn": self._instance,
            "Name": name,
            "PermissionSetArn": self._set_arn(name),
            "CreatedDate": self._draw.day("permission set", name),
            "SessionDuration": "PT1H" if name == "BreakGlass" else "PT8H",
            "AttachedManagedPolicies": [
                {"Name": each.rpartition("/")[2], "Arn": f"{_AWS}/{each}"}
                for each in wanted.get("managed", ())
            ],
            "CustomerManagedPolicyReferences": [
                {"Name": each, "Path": "/"} for each in wanted.get("own", ())
            ],
            "InlinePolicy": json.dumps(wanted["inline"]) if "inline" in wanted else "",
        }
        if "boundary" in wanted:
            reference = {"Name": wanted["boundary"], "Path": "/"}
            found["PermissionsBoundary"] = {"CustomerManagedPolicyReference": reference}
        return found

    def assignments(self) -> Iterator[Payload]:
        """Yield who holds what where: few hold much, and one person holds something beside all groups."""
        assurance, operations, engineers = (self._principal(each) for each in _GROUPS)
        callers = [each for each in self._plan.everyone if self._estate.accounts[each.id].models_in_use]
        careless = callers[::_ONE_IN_CARELESS]
        for member in self._plan.everyone:
            yield self._assignment("ViewOnly", member, "GROUP", operations)
            if member.unit in ("", "Security"):
                yield self._assignment("SecurityAudit", member, "GROUP", assurance)
                yield self._assignment("BreakGlass", member, "USER", self._principal("break-glass"))
            if member in careless:
                yield self._assignment("BreakGlass", member, "GROUP", engineers)
            if self._builds(member):
                yield self._assignment("BedrockDeveloper", member, "GROUP", engineers)
                yield self._assignment("BedrockDeveloper", member, "USER", self._principal(member.id))

    def group(self, name: str) -> Payload:
        """Return a group as the identity store has it, its maker too."""
        id_ = self._principal(name)
        return {
            "IdentityStoreId": self._store,
            "GroupId": id_,
            "GroupArn": f"arn:aws:identitystore:::group/{id_}",
            "Revision": "1",
            "DisplayName": name,
            "CreatedAt": self._draw.day("group", name),
            "CreatedBy": f"arn:aws:sts::{self._plan.management.id}:assumed-role/Directory/a.okafor",
            "ExternalIds": [{"Issuer": "https://directory.public-works.example", "Id": name}],
        }

    def _builds(self, member: Member) -> bool:
        in_use = bool(self._estate.accounts[member.id].models_in_use)
        return in_use and self._draw.below(_ONE_IN_BUILDS, "builds", member.id) == 0

    def _assignment(self, name: str, member: Member, sort: str, principal: str) -> Payload:
        return {
            "AccountId": member.id,
            "PermissionSetArn": self._set_arn(name),
            "PrincipalType": sort,
            "PrincipalId": principal,
        }

    def _set_arn(self, name: str) -> str:
        stem = self._instance.replace(":instance/", ":permissionSet/")
        return f"{stem}/ps-{self._draw.hexadecimal(16, 'permission set', name)}"

    def _principal(self, name: str) -> str:
        raw = self._draw.hexadecimal(32, "principal", name)
        return "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]))
