"""Users, groups, roles and policies: few people sign in as users, most work through roles."""

import json

from console.demo.department.draw import Draw
from console.demo.department.plan import READER_ROLE, Failings, Member, Plan
from console.demo.department.site import JOBS_ROLE
from console.demo.messages import Payload

_AWS_MANAGED: dict[str, tuple[str, list[str]]] = {
    "AdministratorAccess": ("", ["*"]),
    "AmazonBedrockFullAccess": ("", ["bedrock:*"]),
    "AmazonBedrockLimitedAccess": (
        "",
        ["bedrock:Get*", "bedrock:List*", "bedrock:InvokeModel", "bedrock:CallWithBearerToken"],
    ),
    "AmazonBedrockReadOnly": ("", ["bedrock:Get*", "bedrock:List*"]),
    "AWSLambdaBasicExecutionRole": (
        "service-role/",
        ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    ),
    "ReadOnlyAccess": ("", ["ec2:Describe*", "iam:Get*", "iam:List*", "s3:Get*", "s3:List*"]),
    "SecurityAudit": ("", ["cloudtrail:Describe*", "cloudtrail:Get*", "iam:Get*", "iam:List*"]),
    "ViewOnlyAccess": ("job-function/", ["ec2:Describe*", "iam:List*", "s3:ListAllMyBuckets"]),
}
"""Policies of AWS's own, abridged: path, and the actions they allow on every resource."""
_UNUSED = ("AdministratorAccess", "AmazonBedrockFullAccess")
"""Listed by AWS in every account, attached or not."""
_TASKS = (
    "intake",
    "summarise",
    "redact",
    "search",
    "index",
    "notify",
    "archive",
    "review",
    "translate",
    "classify",
    "export",
    "monitor",
)
API_KEY_USER = "BedrockAPIKey-"
"""How the names of users begin that Bedrock's console makes."""
LIVE, ENDLESS, GONE, EXPIRED = 1, 2, 3, 4
"""What became of the API key of such a user, by the account's place among eight."""
ROBOTS = {5: "evaluations-robot", 6: "batch-robot", 7: "archive-robot"}
"""Users as whom programs call models: one in good order, one without MFA, one with an old access key."""
OF_EIGHT = 8
_PEOPLE = ("a.okafor", "b.lewis", "c.hughes", "d.rahman", "e.macleod", "f.ibrahim", "g.walsh", "h.novak")


class People:
    """Makes the users, groups, roles and policies of one account."""

    def __init__(self, draw: Draw, plan: Plan, member: Member, failings: Failings, number: int) -> None:
        self._draw = draw
        self._turn = number % OF_EIGHT
        self._plan = plan
        self._member = member
        self._failings = failings
        self._attached: dict[str, int] = {}
        self._stem = f"arn:aws:iam::{member.id}"
        self._own = f"{self._stem}:policy/bedrock-invoke-approved"

    def roles(self) -> list[Payload]:
        """Return the roles; the reader role among them, where it was rolled out."""
        trusted = self._plan.management.id
        found = [
            self._role(
                "AWSServiceRoleForOrganizations",
                _service("organizations.amazonaws.com"),
                [],
                path="/aws-service-role/organizations.amazonaws.com/",
            ),
            self._role("AWSReservedSSO_ViewOnly", _saml(self._member.id), ["ViewOnlyAccess"]),
            self._role(
                "AWSReservedSSO_SecurityAudit", _saml(self._member.id), ["SecurityAudit", "ReadOnlyAccess"]
            ),
            self._role("bedrock-application", _service("ecs-tasks.amazonaws.com"), [], own=True),
            self._role("bedrock-invocation-logging", self._bedrock(), []),
            self._role(JOBS_ROLE, self._bedrock(JOBS_ROLE), []),
        ]
        if self._member.id == trusted:
            found.append(self._officer())
        elif self._member.id != self._plan.without_reader:
            found.append(self._reader())
        count = 4 + self._draw.below(9, "tasks", self._member.id)
        found += [
            self._role(
                f"task-{task}", _service("lambda.amazonaws.com"), ["AWSLambdaBasicExecutionRole"], own=True
            )
            for task in self._draw.some_of(_TASKS, count, "tasks", self._member.id)
        ]
        if "role holds AmazonBedrockFullAccess" in self._member.flaws:
            role = self._role("prototype-builder", _service("ec2.amazonaws.com"), ["AmazonBedrockFullAccess"])
            found.append(role)
            self._note(role["Arn"], "AmazonBedrockFullAccess is attached")
        return found

    def _officer(self) -> Payload:
        role = self._role(
            "AssuranceOfficer", _saml(self._member.id), ["SecurityAudit", "AmazonBedrockReadOnly"]
        )
        assume = _policy(["sts:AssumeRole"], f"arn:aws:iam::*:role/{READER_ROLE}")
        return {**role, "RolePolicyList": [_inline("become-readers", assume)]}

    def _bedrock(self, name: str = "") -> Payload:
        """Return the trust of a role that Bedrock acts as; a few were made before anybody thought of strangers."""
        trust = _service("bedrock.amazonaws.com")
        if not name or self._draw.below(5, "trust", self._member.id, name):
            trust["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceAccount": self._member.id}}
        return trust

    def _reader(self) -> Payload:
        role = self._role(
            READER_ROLE, _account(self._plan.management.id), ["SecurityAudit", "AmazonBedrockReadOnly"]
        )
        return {**role, "Tags": [{"Key": "purpose", "Value": "assurance"}]}

    def groups(self) -> list[Payload]:
        """Return the groups."""
        found = [self._group("operators", [], ["ViewOnlyAccess"])]
        if "group allows bedrock:*" in self._member.flaws:
            everything = _policy(["bedrock:*"], "*")
            found.append(self._group("experimenters", [("try-things", everything)], []))
            self._note(f"{self._stem}:group/experimenters", "An inline policy of the group allows bedrock:*")
        return found

    def users(self) -> list[Payload]:
        """Return the users; most accounts have one, for breaking the glass."""
        found = [self._user("break-glass", ["operators"])]
        if "group allows bedrock:*" in self._member.flaws:
            name = self._draw.one_of(_PEOPLE, "person", self._member.id)
            user = self._user(name, ["operators", "experimenters"])
            found.append(user)
            self._note(user["Arn"], "It is in a group that allows bedrock:*")
        if self._turn in ROBOTS:
            robot = self._user(ROBOTS[self._turn], ["operators"])
            found.append({**robot, "AttachedManagedPolicies": self._attach([], own=True)})
        if self._turn in (LIVE, ENDLESS, GONE, EXPIRED):
            made = self._user(f"{API_KEY_USER}{self._draw.lower(4, 'api key', self._member.id)}", [])
            attached = self._attach(["AmazonBedrockLimitedAccess"])
            found.append({**made, "AttachedManagedPolicies": attached})
        return found

    def policies(self) -> list[Payload]:
        """Return the managed policies; ask last, for they count what is attached."""
        models = "arn:aws:bedrock:eu-west-2::foundation-model/anthropic.*"
        invoke = _policy(["bedrock:InvokeModel", "bedrock:Converse*", "bedrock:ApplyGuardrail"], models)
        found = [self._policy(self._own, "bedrock-invoke-approved", "/", invoke)]
        logs = _policy(["logs:FilterLogEvents"], "arn:aws:logs:*:*:log-group:/public-works/bedrock/*")
        found.append(self._policy(f"{self._stem}:policy/bedrock-logs-read", "bedrock-logs-read", "/", logs))
        for name, (path, actions) in _AWS_MANAGED.items():
            arn = f"arn:aws:iam::aws:policy/{path}{name}"
            if arn in self._attached or name in _UNUSED:
                found.append(self._policy(arn, name, f"/{path}", _policy(actions, "*")))
        return found

    def _note(self, subject: str, why: str) -> None:
        self._failings.add("BR-IAM-001", self._member.id, "global", subject, why)

    def _attach(self, names: list[str], *, own: bool = False) -> list[Payload]:
        arns = [(name, f"arn:aws:iam::aws:policy/{_AWS_MANAGED[name][0]}{name}") for name in names]
        arns += [("bedrock-invoke-approved", self._own)] if own else []
        for _name, arn in arns:
            self._attached[arn] = self._attached.get(arn, 0) + 1
        return [{"PolicyName": name, "PolicyArn": arn} for name, arn in arns]

    def _role(
        self, name: str, trust: Payload, managed: list[str], *, own: bool = False, path: str = "/"
    ) -> Payload:
        place = (self._member.id, "role", name)
        inline = [] if own or managed else [("write-logs", _policy(["logs:PutLogEvents"], "*"))]
        return {
            "Path": path,
            "RoleName": name,
            "RoleId": f"AROA{self._draw.upper(17, *place)}",
            "Arn": f"{self._stem}:role{path}{name}",
            "CreateDate": self._draw.day(*place),
            "AssumeRolePolicyDocument": json.dumps(trust),
            "InstanceProfileList": [],
            "RolePolicyList": [_inline(*each) for each in inline],
            "AttachedManagedPolicies": self._attach(managed, own=own),
            "Tags": [],
            "RoleLastUsed": {},
        }

    def _group(self, name: str, inline: list[tuple[str, Payload]], managed: list[str]) -> Payload:
        place = (self._member.id, "group", name)
        return {
            "Path": "/",
            "GroupName": name,
            "GroupId": f"AGPA{self._draw.upper(17, *place)}",
            "Arn": f"{self._stem}:group/{name}",
            "CreateDate": self._draw.day(*place),
            "GroupPolicyList": [_inline(*each) for each in inline],
            "AttachedManagedPolicies": self._attach(managed),
        }

    def _user(self, name: str, groups: list[str]) -> Payload:
        place = (self._member.id, "user", name)
        return {
            "Path": "/",
            "UserName": name,
            "UserId": f"AIDA{self._draw.upper(17, *place)}",
            "Arn": f"{self._stem}:user/{name}",
            "CreateDate": self._draw.day(*place),
            "GroupList": groups,
            "AttachedManagedPolicies": [],
            "Tags": [],
        }

    def _policy(self, arn: str, name: str, path: str, document: Payload) -> Payload:
        created = self._draw.day("policy", arn)
        return {
            "PolicyName": name,
            "PolicyId": f"ANPA{self._draw.upper(17, 'policy', arn)}",
            "Arn": arn,
            "Path": path,
            "DefaultVersionId": "v1",
            "AttachmentCount": self._attached.get(arn, 0),
            "PermissionsBoundaryUsageCount": 0,
            "IsAttachable": True,
            "CreateDate": created,
            "UpdateDate": created,
            "PolicyVersionList": [
                {
                    "Document": json.dumps(document),
                    "VersionId": "v1",
                    "IsDefaultVersion": True,
                    "CreateDate": created,
                }
            ],
        }


def caller_role(plan: Plan) -> str:
    """Return the ARN of the role that reads the organisation, in the management account."""
    return f"arn:aws:iam::{plan.management.id}:role/AssuranceOfficer"


def _policy(actions: list[str], resource: str) -> Payload:
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _inline(name: str, document: Payload) -> Payload:
    return {"PolicyName": name, "PolicyDocument": json.dumps(document)}


def _trust(principal: Payload, action: str = "sts:AssumeRole") -> Payload:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _service(name: str) -> Payload:
    return _trust({"Service": name})


def _saml(account_id: str) -> Payload:
    provider = f"arn:aws:iam::{account_id}:saml-provider/AWSSSO_DO_NOT_DELETE"
    return _trust({"Federated": provider}, "sts:AssumeRoleWithSAML")


def _account(management: str) -> Payload:
    return _trust({"AWS": f"arn:aws:iam::{management}:role/AssuranceOfficer"})
