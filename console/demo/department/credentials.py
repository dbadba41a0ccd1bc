"""Users' credentials: access keys that grew old, Bedrock API keys that never end, a root user without MFA."""

from collections.abc import Iterator

from console.demo.department.draw import Draw
from console.demo.department.plan import DUBLIN, LONDON, VIRGINIA, Member, Plan
from console.demo.estate import Account, Estate
from console.demo.messages import Payload

_TRACKED = (
    ("bedrock", "Amazon Bedrock", ("InvokeModel", "InvokeModelWithResponseStream", "ApplyGuardrail")),
    ("bedrock-agentcore", "Amazon Bedrock AgentCore", ()),
    ("logs", "Amazon CloudWatch Logs", ()),
    ("s3", "Amazon S3", ()),
)
_FULL_REPORT = "bedrock-application"
"""A role that may do more than others."""
_ONE_IN_UNUSED = 3


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
        self._user = str(account.users[-1]["UserName"])

    def access_keys(self) -> Iterator[Payload]:
        """Yield no key, one in use, or one in use and one that was forgotten."""
        for index in range((0, 2, 1)[self._number % 3]):
            place = (self._member.id, "access key", index)
            used: Payload = {"ServiceName": "N/A", "Region": "N/A"}
            if index == 0:
                used = {
                    "LastUsedDate": self._draw.day("used", *place),
                    "ServiceName": self._draw.one_of(("bedrock", "s3", "sts"), *place),
                    "Region": self._draw.one_of((LONDON, DUBLIN), *place),
                }
            yield {
                "UserName": self._user,
                "AccessKeyId": f"AKIA{self._draw.upper(16, *place)}",
                "Status": ("Active", "Inactive")[index],
                "CreateDate": self._draw.day(*place),
                "AccessKeyLastUsed": used,
            }

    def mfa_devices(self) -> Iterator[Payload]:
        """Yield no device, one or two."""
        for index in range((1, 2, 1, 0)[self._number % 4]):
            yield {
                "UserName": self._user,
                "SerialNumber": f"arn:aws:iam::{self._member.id}:mfa/{self._user}-{index + 1}",
                "EnableDate": self._draw.day(self._member.id, "device", index),
            }

    def api_keys(self) -> Iterator[Payload]:
        """Yield Bedrock API keys: one that never ends and one that has ended, or one that will end."""
        wanted = {2: ("", "2026-03-01T00:00:00Z"), 4: ("2027-06-30T00:00:00Z",)}
        for index, ends in enumerate(wanted.get(self._number % 5, ())):
            place = (self._member.id, "api key", index)
            status = "Expired" if ends.startswith("2026") else "Active"
            yield {
                "UserName": self._user,
                "Status": status,
                "ServiceCredentialAlias": f"{self._user}+1-at-{self._member.id}",
                "CreateDate": self._draw.day(*place),
                **({"ExpirationDate": ends} if ends else {}),
                "ServiceSpecificCredentialId": f"ACCA{self._draw.upper(17, *place)}",
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
            "AccountMFAEnabled": (1, 1, 1, 1, 1, 0)[self._number % 6],
            "AccountAccessKeysPresent": (0, 0, 0, 0, 0, 0, 1)[self._number % 7],
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
        day, region = (
            self._draw.day("last", arn, namespace),
            self._draw.one_of((LONDON, VIRGINIA), "last", arn),
        )
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
