"""Users' credentials: access keys that grew old, Bedrock API keys that never end, a root user without MFA."""

from collections.abc import Iterator

from console.demo.department.draw import Draw
from console.demo.department.people import API_KEY_USER, ENDLESS, EXPIRED, LIVE, OF_EIGHT, ROBOTS
from console.demo.department.plan import DUBLIN, LONDON, VIRGINIA, Member, Plan
from console.demo.estate import Account, Estate
from console.demo.messages import Payload
from console.demo.moments import days_ago

_TRACKED = (
    ("bedrock", "Amazon Bedrock", ("InvokeModel", "InvokeModelWithResponseStream", "ApplyGuardrail")),
    ("bedrock-agentcore", "Amazon Bedrock AgentCore", ()),
    ("logs", "Amazon CloudWatch Logs", ()),
    ("s3", "Amazon S3", ()),
)
_FULL_REPORT = "bedrock-application"
"""A role that may do more than others."""
_ONE_IN_UNUSED = 20
_LONGEST_AGO = 60
_NO_MFA, _ROOT_KEY = 5, 6
"""Which account of some in a row has a root user without MFA, and which one with an access key."""


def add_credentials(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add what users sign in and sign with, and what of their permissions was used, in every account."""
    for number, member in enumerate(plan.everyone):
        account = estate.accounts[member.id]
        making = _Making(draw, member, account, number)
        account.held["iam.access_key"] = list(making.access_keys())
        account.held["iam.mfa_device"] = list(making.mfa_devices())
        account.held["iam.service_specific_credential"] = list(making.api_keys())
        account.held["iam.account_summary"] = [making.summary()]
        account.held["iam.password_policy"] = making.password_policy()
        account.held["iam.service_last_accessed"] = [
            making.last_accessed(each) for each in _speaking(account)
        ]


def _speaking(account: Account) -> list[Payload]:
    """Return the roles and users to whom a policy about Bedrock is attached."""
    return [
        each
        for each in (*account.roles, *account.users)
        if any("bedrock" in policy["PolicyName"].lower() for policy in each["AttachedManagedPolicies"])
    ]


class _Making:
    def __init__(self, draw: Draw, member: Member, account: Account, number: int) -> None:
        self._draw = draw
        self._member = member
        self._account = account
        self._number = number
        self._turn = number % OF_EIGHT
        names = [str(each["UserName"]) for each in account.users]
        self._made = next((each for each in names if each.startswith(API_KEY_USER)), "")
        self._robot = next((each for each in names if each in ROBOTS.values()), "")
        self._user = next(each for each in reversed(names) if each not in (self._made, self._robot))

    def access_keys(self) -> Iterator[Payload]:
        """Yield a person's, of which one in two was forgotten; a robot's; and one that nobody should have made."""
        for index in range((0, 2, 1)[self._number % 3]):
            yield self._access_key(self._user, index, ("Active", "Inactive")[index])
        if self._robot:
            young = {} if ROBOTS[7] == self._robot else {"CreateDate": days_ago(20 + self._number % 50)}
            yield self._access_key(self._robot, 2, "Active") | young
        if self._turn == EXPIRED:
            yield self._access_key(self._made, 3, "Active")

    def _access_key(self, user: str, index: int, status: str) -> Payload:
        place = (self._member.id, "access key", index)
        used: Payload = {"ServiceName": "N/A", "Region": "N/A"}
        if status == "Active":
            used = {
                "LastUsedDate": self._draw.day("used", *place),
                "ServiceName": self._draw.one_of(("bedrock", "s3", "sts"), *place),
                "Region": self._draw.one_of((LONDON, DUBLIN), *place),
            }
        return {
            "UserName": user,
            "AccessKeyId": f"AKIA{self._draw.upper(16, *place)}",
            "Status": status,
            "CreateDate": self._draw.day(*place),
            "AccessKeyLastUsed": used,
        }

    def mfa_devices(self) -> Iterator[Payload]:
        """Yield no device, one or two of a person's, and a robot's where it has one."""
        count = (1, 2, 1, 0)[self._number % 4]
        owners = [self._user] * count + [self._robot] * (self._robot in (ROBOTS[5], ROBOTS[7]))
        for index, user in enumerate(owners):
            yield {
                "UserName": user,
                "SerialNumber": f"arn:aws:iam::{self._member.id}:mfa/{user}-{index + 1}",
                "EnableDate": self._draw.day(self._member.id, "device", index),
            }

    def api_keys(self) -> Iterator[Payload]:
        """Yield the API keys of a user made for them: two short-lived ones, an endless one, an expired one; or none."""
        made, ends, status = {
            LIVE: (days_ago(20), days_ago(-40), "Active"),
            ENDLESS: (self._draw.day(self._member.id, "api key"), "", "Active"),
            EXPIRED: (days_ago(90), days_ago(60), "Expired"),
        }.get(self._turn, ("", "", ""))
        for index in range(2 if self._turn == LIVE else 1) if made else ():
            yield {
                "UserName": self._made,
                "Status": status,
                "ServiceCredentialAlias": f"{self._made}-at-{self._member.id}" + ("-2" if index else ""),
                "CreateDate": made,
                **({"ExpirationDate": ends} if ends else {}),
                "ServiceSpecificCredentialId": f"ACCA{self._draw.upper(17, self._member.id, 'api key', index)}",
                "ServiceName": "bedrock.amazonaws.com",
            }

    def summary(self) -> Payload:
        """Return counts; of few accounts the root user has no MFA, of fewer an access key."""
        account = self._account
        devices = len(list(self.mfa_devices()))
        return {
            "Users": len(account.users),
            "UsersQuota": 5000,
            "Groups": len(account.groups),
            "GroupsQuota": 300,
            "Roles": len(account.roles),
            "RolesQuota": 1000,
            "Policies": sum(":iam::aws:" not in each["Arn"] for each in account.policies),
            "MFADevices": devices,
            "MFADevicesInUse": devices,
            "AccountMFAEnabled": int(self._number % 11 != _NO_MFA),
            "AccountAccessKeysPresent": int(self._number % 13 == _ROOT_KEY),
            "AccountPasswordPresent": 1,
            "AccountSigningCertificatesPresent": 0,
        }

    def password_policy(self) -> list[Payload]:
        """Return the account's own policy; in some accounts AWS's default holds."""
        has_own = (True, True, False, True)[self._number % 4]
        policy = {
            "MinimumPasswordLength": 14 if self._number % 2 else 8,
            "RequireSymbols": bool(self._number % 2),
            "RequireNumbers": True,
            "RequireUppercaseCharacters": True,
            "RequireLowercaseCharacters": True,
            "AllowUsersToChangePassword": True,
            "ExpirePasswords": False,
        }
        return [policy] if has_own else []

    def last_accessed(self, principal: Payload) -> Payload:
        """Return what IAM tracked of a principal; some never used what they may use."""
        arn = principal["Arn"]
        is_unused = self._draw.below(_ONE_IN_UNUSED, "unused", arn) == 0
        tracked = _TRACKED if arn.endswith(_FULL_REPORT) else _TRACKED[:-1]
        services = [self._service(arn, each, is_unused=is_unused) for each in tracked]
        return {"Arn": arn, "ServicesLastAccessed": services}

    def _service(self, arn: str, tracked: tuple[str, str, tuple[str, ...]], *, is_unused: bool) -> Payload:
        namespace, name, actions = tracked
        service: Payload = {
            "ServiceName": name,
            "ServiceNamespace": namespace,
            "TotalAuthenticatedEntities": 0,
        }
        if is_unused or (not actions and namespace != "logs"):
            return service
        ago = self._draw.below(_LONGEST_AGO, "last", arn, namespace)
        is_long_ago = self._draw.below(_ONE_IN_UNUSED, "long ago", arn) == 0
        day = self._draw.day("last", arn, namespace) if is_long_ago else days_ago(ago)
        region = self._draw.one_of((LONDON, VIRGINIA), "last", arn)
        service |= {
            "LastAuthenticated": day,
            "LastAuthenticatedEntity": arn,
            "LastAuthenticatedRegion": region,
            "TotalAuthenticatedEntities": 1,
        }
        if actions:
            used = {"LastAccessedEntity": arn, "LastAccessedTime": day, "LastAccessedRegion": region}
            service["TrackedActionsLastAccessed"] = [
                {"ActionName": each, **(used if each == actions[0] else {})} for each in actions
            ]
        return service
