"""What holds for the whole organisation besides its control policies: declarations, delegations, trusted services."""

import json

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Member, Plan
from console.demo.estate import Estate, Organisation
from console.demo.messages import Payload

_BEDROCK, _EC2, _OPT_OUT = "BEDROCK_POLICY", "DECLARATIVE_POLICY_EC2", "AISERVICES_OPT_OUT_POLICY"
_GUARDED = ("Workloads/Production",)
_MISGUARDED = ("Workloads/Development", "Infrastructure")
"""Units whose Bedrock policy names a version of a guardrail that was never published."""
_IN = {"opt_out_policy": {"@@assign": "optIn"}}
"""What was let in for somebody who tried a service out."""
_OPTED_IN = ("Sandbox", "Onboarding")
_TRUSTED = (
    "access-analyzer.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "guardduty.amazonaws.com",
    "member.org.stacksets.cloudformation.amazonaws.com",
    "securityhub.amazonaws.com",
    "sso.amazonaws.com",
)
_DELEGATED = {
    "security-tooling": (
        "access-analyzer.amazonaws.com",
        "config.amazonaws.com",
        "config-multiaccountsetup.amazonaws.com",
        "guardduty.amazonaws.com",
        "securityhub.amazonaws.com",
    ),
    "log-archive": ("cloudtrail.amazonaws.com",),
}


def add_policies(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add the policies that declare, what they come to in each account, and who else may act for all."""
    _Adding(draw, plan, estate).add()


class _Adding:
    def __init__(self, draw: Draw, plan: Plan, estate: Estate) -> None:
        self._draw = draw
        self._plan = plan
        self._organisation: Organisation = estate.organisation
        self._id = str(self._organisation.organization["Id"])
        self._stem = f"arn:aws:organizations::{plan.management.id}"
        versions = estate.accounts[plan.management.id].regions[LONDON].guardrails
        self._guardrail = str(versions[0]["guardrailArn"])

    def add(self) -> None:
        held = self._organisation.held
        self._enable((_BEDROCK, _EC2))
        bad = self._policy(_BEDROCK, "bedrock-guardrail-trial", self._guarding("99"), _MISGUARDED)
        self._policy(_BEDROCK, "bedrock-guardrail-enforced", self._guarding("1"), _GUARDED)
        self._policy(_EC2, "images-stay-private", _images(), ("",))
        held["organizations.effective_policy"] = [
            policy for member in self._plan.everyone for policy in self._effective(member)
        ]
        held["organizations.effective_policy_validation_error"] = [
            self._errors(member, bad) for member in self._plan.everyone if member.unit in _MISGUARDED
        ]
        held["organizations.delegated_administrator"] = self._delegated()
        held["organizations.account_tags"] = [
            {"ResourceId": account["Id"], "Tags": self._tags(account["Id"])}
            for account in self._organisation.accounts
        ]
        held["organizations.resource_policy"] = self._own_policy()
        held["organizations.service_access"] = [
            {"ServicePrincipal": each, "DateEnabled": self._draw.day("trusted", each)} for each in _TRUSTED
        ]

    def _enable(self, sorts: tuple[str, ...]) -> None:
        for root in self._organisation.roots:
            root["PolicyTypes"] += [{"Type": each, "Status": "ENABLED"} for each in sorts]

    def _tags(self, account: str) -> list[Payload]:
        """Return who owns an account; the newest of them nobody has owned up to yet."""
        owners = ("Digital Services", "Casework Operations", "Policy Lab", "")
        owner = self._draw.one_of(owners, "owner of", account)
        return [{"Key": "Owner", "Value": owner}, {"Key": "service", "Value": "live"}] if owner else []

    def _policy(self, sort: str, name: str, content: Payload, paths: tuple[str, ...]) -> str:
        """Add a policy where its units are, and return its id."""
        id_ = f"p-{self._draw.lower(10, 'policy', name)}"
        summary = {
            "Id": id_,
            "Arn": f"{self._stem}:policy/{self._id}/{sort.lower()}/{id_}",
            "Name": name,
            "Description": name.replace("-", " ").capitalize(),
            "Type": sort,
            "AwsManaged": False,
        }
        self._organisation.policies.append({"PolicySummary": summary, "Content": json.dumps(content)})
        self._organisation.targets[id_] = [self._target(path) for path in paths]
        return id_

    def _target(self, path: str) -> Payload:
        root = self._organisation.roots[0]
        if not path:
            return {"TargetId": root["Id"], "Arn": root["Arn"], "Name": root["Name"], "Type": "ROOT"}
        id_ = f"ou-{root['Id'][2:]}-{self._draw.lower(8, 'unit', path)}"
        arn = f"{self._stem}:ou/{self._id}/{id_}"
        return {
            "TargetId": id_,
            "Arn": arn,
            "Name": path.rpartition("/")[2],
            "Type": "ORGANIZATIONAL_UNIT",
        }

    def _guarding(self, version: str) -> Payload:
        config = {"identifier": f"{self._guardrail}:{version}", "input_tags": "honor"}
        assigned = {name: {"@@assign": value} for name, value in config.items()}
        return {"bedrock": {"guardrail_inference": {LONDON: {"department": assigned}}}}

    def _effective(self, member: Member) -> list[Payload]:
        found = {
            _OPT_OUT: {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}},
            _EC2: _images(),
        }
        if member.unit in _OPTED_IN:
            found[_OPT_OUT] = {"services": {**found[_OPT_OUT]["services"], "lex": _IN}}
        if member.unit in (*_GUARDED, *_MISGUARDED):
            found[_BEDROCK] = self._guarding("1" if member.unit in _GUARDED else "99")
        return [
            {
                "PolicyContent": json.dumps(_settled(content)),
                "LastUpdatedTimestamp": self._draw.day("effective", member.id, sort),
                "TargetId": member.id,
                "PolicyType": sort,
            }
            for sort, content in found.items()
        ]

    def _errors(self, member: Member, policy: str) -> Payload:
        where = f"$.bedrock.guardrail_inference.{LONDON}.department"
        return {
            "AccountId": member.id,
            "PolicyType": _BEDROCK,
            "Path": f"{self._id}/{self._organisation.roots[0]['Id']}/{member.id}/",
            "EvaluationTimestamp": self._draw.day("evaluated", member.id),
            "EffectivePolicyValidationErrors": [
                {
                    "ErrorCode": code,
                    "ErrorMessage": message,
                    "PathToError": f"{where}.{member_name}",
                    "ContributingPolicies": [policy],
                }
                for code, message, member_name in (
                    ("ELEMENTS_INVALID", "The guardrail has no such version.", "identifier"),
                    ("ELEMENTS_TOO_FEW", "A configuration needs a guardrail.", "input_tags"),
                )
            ],
        }

    def _delegated(self) -> list[Payload]:
        accounts = {each["Id"]: each for each in self._organisation.accounts}
        found = []
        for member in self._plan.members:
            services = _DELEGATED.get(member.name, ())
            if services:
                since = self._draw.day("delegated", member.id)
                listed = [{"ServicePrincipal": each, "DelegationEnabledDate": since} for each in services]
                found.append(
                    {**accounts[member.id], "DelegationEnabledDate": since, "DelegatedServices": listed}
                )
        return found

    def _own_policy(self) -> list[Payload]:
        id_ = f"rp-{self._draw.lower(8, 'resource policy')}"
        statement = {
            "Sid": "SecurityReadsPolicies",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{self._plan.members[0].id}:root"},
            "Action": ["organizations:DescribePolicy", "organizations:ListPolicies"],
            "Resource": "*",
        }
        content = {"Version": "2012-10-17", "Statement": [statement]}
        summary = {"Id": id_, "Arn": f"{self._stem}:resourcepolicy/{self._id}/{id_}"}
        return [{"ResourcePolicySummary": summary, "Content": json.dumps(content)}]


def _images() -> Payload:
    return {"ec2_attributes": {"image_block_public_access": {"state": {"@@assign": "block_new_sharing"}}}}


def _settled(content: object) -> object:
    """Return a policy with what it assigns in place of the assigning."""
    if not isinstance(content, dict):
        return content
    if "@@assign" in content:
        return content["@@assign"]
    return {name: _settled(each) for name, each in content.items()}
