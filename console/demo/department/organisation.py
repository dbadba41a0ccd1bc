"""The organisation: its tree, its accounts, and the policies that hold for them."""

import json
from collections.abc import Iterable

from console.demo.department.draw import Draw
from console.demo.department.plan import ENABLED, LONDON, READER_ROLE, Failings, Member, Plan
from console.demo.estate import Organisation
from console.demo.messages import Payload

_UNITS = (
    "Security",
    "Infrastructure",
    "Workloads",
    "Workloads/Production",
    "Workloads/Development",
    "Sandbox",
    "Onboarding",
    "Suspended",
)
_SCP, _RCP, _OPT_OUT = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "AISERVICES_OPT_OUT_POLICY"
_ABOVE_ACCOUNTS = (
    "BR-GRD-004",
    "BR-KEY-001",
    "BR-LOG-003",
    "BR-MDL-002",
    "BR-RES-003",
    "BR-RET-002",
)
"""Controls that ask what policies above an account stop there."""
_AT_THE_ROOT = ("BR-RES-004", "BR-TRL-003")
"""Those that the policies at the root answer, which bind every account but the management account."""
_PLATFORM_ROLE = "BedrockPlatform"
_ANY_PRINCIPAL = "*"
_NOT_BY_REGION = ["iam:*", "organizations:*", "route53:*", "support:*", "cloudfront:*", "account:*", "sts:*"]


def organisation_of(draw: Draw, plan: Plan, failings: Failings) -> Organisation:
    """Return the organisation, noting who is outside the policy that keeps Bedrock in London."""
    return _Making(draw, plan, failings).made()


class _Making:
    def __init__(self, draw: Draw, plan: Plan, failings: Failings) -> None:
        self._draw = draw
        self._plan = plan
        self._failings = failings
        self._id = f"o-{draw.lower(10, 'organisation')}"
        self._root = f"r-{draw.lower(4, 'root')}"
        self._stem = f"arn:aws:organizations::{plan.management.id}"
        self._unit_ids = {
            path: f"ou-{self._root[2:]}-{draw.lower(8, 'unit', path)}" for path in ("", *_UNITS) if path
        }

    def made(self) -> Organisation:
        policies, targets = self._policies()
        types = [{"Type": each, "Status": "ENABLED"} for each in (_SCP, _RCP, _OPT_OUT)]
        management = self._plan.management
        return Organisation(
            organization={
                "Id": self._id,
                "Arn": f"{self._stem}:organization/{self._id}",
                "FeatureSet": "ALL",
                "MasterAccountArn": f"{self._stem}:account/{self._id}/{management.id}",
                "MasterAccountId": management.id,
                "MasterAccountEmail": _email(management),
                "AvailablePolicyTypes": types[:1],
            },
            roots=[
                {
                    "Id": self._root,
                    "Arn": f"{self._stem}:root/{self._id}/{self._root}",
                    "Name": "Root",
                    "PolicyTypes": types,
                }
            ],
            units=[
                {"Id": id_, "Arn": self._unit_arn(id_), "Name": path.rpartition("/")[2]}
                for path, id_ in self._unit_ids.items()
            ],
            accounts=[self._account(each) for each in self._plan.everyone],
            children=self._children(),
            policies=policies,
            targets=targets,
        )

    def _unit_arn(self, unit_id: str) -> str:
        return f"{self._stem}:ou/{self._id}/{unit_id}"

    def _account(self, member: Member) -> Payload:
        state = "ACTIVE" if member.is_active else "SUSPENDED"
        return {
            "Id": member.id,
            "Arn": f"{self._stem}:account/{self._id}/{member.id}",
            "Email": _email(member),
            "Name": member.name,
            "Status": state,
            "State": state,
            "JoinedMethod": "INVITED" if member.unit == "Onboarding" else "CREATED",
            "JoinedTimestamp": self._draw.day("joined", member.id),
        }

    def _place(self, path: str) -> str:
        return self._unit_ids[path] if path else self._root

    def _children(self) -> dict[str, list[Payload]]:
        found: dict[str, list[Payload]] = {self._place(path): [] for path in ("", *_UNITS)}
        for path, id_ in self._unit_ids.items():
            parent = path.rpartition("/")[0]
            found[self._place(parent)].append({"Id": id_, "Type": "ORGANIZATIONAL_UNIT"})
        for member in self._plan.everyone:
            found[self._place(member.unit)].append({"Id": member.id, "Type": "ACCOUNT"})
        return found

    def _policies(self) -> tuple[list[Payload], dict[str, list[Payload]]]:
        """Return the policies and their targets; Onboarding is left outside the one for Bedrock."""
        kept_in = ("Security", "Infrastructure", "Workloads", "Sandbox")
        everywhere: tuple[str, ...] = ("",)
        wanted = (
            (_SCP, "FullAWSAccess", "Allows access to every operation", _allow_all(), ("", *_UNITS)),
            (_RCP, "RCPFullAWSAccess", "Allows access to every resource", _allow_everybody(), ("", *_UNITS)),
            (_SCP, "regions-general", "Keeps services in three Regions", _regions(), everywhere),
            (_SCP, "bedrock-london-only", "Keeps Amazon Bedrock in London", _bedrock(), kept_in),
            (_SCP, "bedrock-guards", "Keeps what Amazon Bedrock was approved under", _guards(), kept_in),
            (_SCP, "protect-audit", "Keeps trails and the reader role as they are", _audit(), everywhere),
            (_SCP, "quarantine", "Stops everything in suspended accounts", _quarantine(), ("Suspended",)),
            (_RCP, "only-our-organisation", "Keeps strangers out", _ours(self._id), everywhere),
            (_OPT_OUT, "ai-services-opt-out", "Opts out of content for training", _opt_out(), everywhere),
        )
        policies, targets = [], {}
        for sort, name, description, content, paths in wanted:
            is_aws = name.endswith("FullAWSAccess")
            id_ = f"p-{name}" if is_aws else f"p-{self._draw.lower(10, 'policy', name)}"
            policies.append(
                {
                    "PolicySummary": {
                        "Id": id_,
                        "Arn": self._policy_arn(id_, sort, is_aws=is_aws),
                        "Name": name,
                        "Description": description,
                        "Type": sort,
                        "AwsManaged": is_aws,
                    },
                    "Content": json.dumps(content),
                }
            )
            targets[id_] = self._targets(paths, with_accounts=is_aws)
        self._note(kept_in)
        return policies, targets

    def _policy_arn(self, id_: str, sort: str, *, is_aws: bool) -> str:
        stem = "arn:aws:organizations::aws:policy" if is_aws else f"{self._stem}:policy/{self._id}"
        return f"{stem}/{sort.lower()}/{id_}"

    def _targets(self, paths: Iterable[str], *, with_accounts: bool) -> list[Payload]:
        found: list[Payload] = []
        for path in paths:
            id_ = self._place(path)
            arn = self._unit_arn(id_) if path else f"{self._stem}:root/{self._id}/{id_}"
            name = path.rpartition("/")[2] or "Root"
            found.append(
                {
                    "TargetId": id_,
                    "Arn": arn,
                    "Name": name,
                    "Type": "ORGANIZATIONAL_UNIT" if path else "ROOT",
                }
            )
        for member in self._plan.everyone if with_accounts else ():
            arn = f"{self._stem}:account/{self._id}/{member.id}"
            found.append({"TargetId": member.id, "Arn": arn, "Name": member.name, "Type": "ACCOUNT"})
        return found

    def _note(self, kept_in: tuple[str, ...]) -> None:
        for member in self._plan.everyone:
            if member.is_active and member.unit.partition("/")[0] not in kept_in:
                why = (
                    "Its unit has none of the policies about Bedrock"
                    if member.unit
                    else "Service control policies do not bind the management account"
                )
                for control in _ABOVE_ACCOUNTS:
                    self._failings.add(control, member.id, "global", member.id, why)
        why = "Service control policies do not bind the management account"
        management = self._plan.management.id
        for control in _AT_THE_ROOT:
            self._failings.add(control, management, "global", management, why)


def _email(member: Member) -> str:
    return f"aws+{member.id}@public-works.example"


def _statement(**members: object) -> Payload:
    return {"Version": "2012-10-17", "Statement": [members]}


def _allow_all() -> Payload:
    return _statement(Effect="Allow", Action="*", Resource="*")


def _allow_everybody() -> Payload:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _exempt() -> Payload:
    return {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::*:role/{READER_ROLE}"]}}


def _regions() -> Payload:
    condition = {"StringNotEquals": {"aws:RequestedRegion": list(ENABLED)}, **_exempt()}
    return _statement(
        Sid="OnlyThreeRegions", Effect="Deny", NotAction=_NOT_BY_REGION, Resource="*", Condition=condition
    )


def _bedrock() -> Payload:
    condition = {"StringNotEquals": {"aws:RequestedRegion": [LONDON]}, **_exempt()}
    return _statement(
        Sid="BedrockOnlyInLondon", Effect="Deny", Action=["bedrock:*"], Resource="*", Condition=condition
    )


def _guards() -> Payload:
    """Return what only the platform team may do, and what nobody may."""
    platform = {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::*:role/{_PLATFORM_ROLE}"]}}
    kept = {
        "KeepLogging": ["bedrock:*ModelInvocationLoggingConfiguration"],
        "KeepGuardrails": ["bedrock:DeleteGuardrail", "bedrock:UpdateGuardrail"],
        "TermsAreAccepted": ["aws-marketplace:Subscribe"],
    }
    modes = {
        "bedrock": ["bedrock:PutAccountDataRetention"],
        "bedrock-mantle": [
            f"bedrock-mantle:{each}" for each in ("PutAccountDataRetention", "CreateProject", "UpdateProject")
        ],
    }
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "NoApiKeys",
                "Effect": "Deny",
                "Action": ["bedrock:CallWithBearerToken", "bedrock-mantle:CallWithBearerToken"],
                "Resource": "*",
            },
            *(
                {"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*", "Condition": platform}
                for sid, actions in kept.items()
            ),
            *(
                {
                    "Sid": f"NothingIsKept{number}",
                    "Effect": "Deny",
                    "Action": actions,
                    "Resource": "*",
                    "Condition": {"StringNotEquals": {f"{service}:DataRetentionMode": "none"}},
                }
                for number, (service, actions) in enumerate(modes.items(), 1)
            ),
        ],
    }


def _audit() -> Payload:
    actions = [
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
    ]
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "KeepTrails", "Effect": "Deny", "Action": actions, "Resource": "*"},
            {
                "Sid": "KeepTheReader",
                "Effect": "Deny",
                "Action": ["iam:DeleteRole", "iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy"],
                "Resource": f"arn:aws:iam::*:role/{READER_ROLE}",
            },
        ],
    }


def _quarantine() -> Payload:
    return _statement(Sid="Quarantine", Effect="Deny", Action="*", Resource="*")


def _ours(organisation_id: str) -> Payload:
    condition = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": organisation_id},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    return _statement(
        Sid="OnlyOurOrganisation",
        Effect="Deny",
        Principal=_ANY_PRINCIPAL,
        Action=["s3:*", "sts:AssumeRole", "kms:*"],
        Resource="*",
        Condition=condition,
    )


def _opt_out() -> Payload:
    return {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}}
