"""IAM Identity Center's sign-in: clients, device codes that somebody confirms, tokens, and credentials for them.

What a person does in a browser at AWS (confirm or refuse a code) a test does over the control path.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.base.clock import Clock
from console.demo.estate import Estate
from console.demo.keys import Keys
from console.demo.messages import Call, Payload, RefusedError

SERVICES = frozenset({"sso", "sso-oidc"})
"""Services that are asked without a signature."""
START_URL = "https://department.awsapps.com/start"
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
Operation = Callable[[Payload], Payload]
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_CLIENT_LASTS = timedelta(days=90)


@dataclass(slots=True)
class _Device:
    client_id: str
    user_code: str
    expires: datetime
    verdict: str = ""
    """`approve` or `deny`, once somebody said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the portal behaves; set over the control path."""

    interval: int = 1
    """Seconds that a client should wait between polls."""
    code_seconds: int = 600
    token_seconds: int = 28_800
    role_seconds: int = 3_600
    slow_down: int = 0
    """How many polls are told to slow down."""
    verdict: str = ""
    """What becomes of every code at once: `approve`, `deny`, or empty for waiting."""


class Portal:
    """Answers `sso-oidc` and `sso`; safe to share between threads."""

    def __init__(self, estate: Estate, keys: Keys, clock: Clock) -> None:
        self._estate = estate
        self._keys = keys
        self._clock = clock
        self._lock = threading.RLock()
        self._operations: dict[tuple[str, str], Operation] = {
            ("sso-oidc", "RegisterClient"): self._register_client,
            ("sso-oidc", "StartDeviceAuthorization"): self._start_device_authorization,
            ("sso-oidc", "CreateToken"): self._create_token,
            ("sso", "GetRoleCredentials"): self._get_role_credentials,
            ("sso", "ListAccounts"): self._list_accounts,
            ("sso", "ListAccountRoles"): self._list_account_roles,
            ("sso", "Logout"): self._logout,
        }
        self.reset()

    def reset(self) -> None:
        """Forget all clients, codes and tokens."""
        with self._lock:
            self.manner = Manner()
            self._clients: dict[str, str] = {}
            self._devices: dict[str, _Device] = {}
            self._tokens: dict[str, datetime] = {}
            self._refreshing: dict[str, str] = {}

    def answer(self, call: Call) -> Payload:
        """Return the answer to a call; raise `RefusedError` as AWS does."""
        operation = self._operations.get((call.service, call.operation))
        if operation is None:
            raise RefusedError(400, "InvalidRequestException", f"{call.operation} is not answered here")
        with self._lock:
            return operation(call.parameters)

    def judge(self, user_code: str, verdict: str) -> None:
        """Let a person confirm or refuse a code in the browser; raise `KeyError` for an unknown code."""
        with self._lock:
            found = [each for each in self._devices.values() if each.user_code == user_code]
            if not found or verdict not in ("approve", "deny"):
                raise KeyError(user_code)
            found[0].verdict = verdict

    def waiting(self) -> list[str]:
        """Return the codes that nobody judged yet."""
        with self._lock:
            return [each.user_code for each in self._devices.values() if not each.verdict]

    def end_sessions(self, *, for_good: bool) -> None:
        """End every token; `for_good` ends those too with which they could be renewed."""
        with self._lock:
            self._tokens.clear()
            if for_good:
                self._refreshing.clear()

    def _register_client(self, _: Payload) -> Payload:
        now = self._clock()
        client_id, secret = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        self._clients[client_id] = secret
        return {
            "clientId": client_id,
            "clientSecret": secret,
            "clientIdIssuedAt": int(now.timestamp()),
            "clientSecretExpiresAt": int((now + _CLIENT_LASTS).timestamp()),
        }

    def _start_device_authorization(self, asked: Payload) -> Payload:
        self._check_client(asked)
        if asked["startUrl"] != START_URL:
            raise RefusedError(400, "InvalidRequestException", "the start URL is not this department's")
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        code = f"{letters[:4]}-{letters[4:]}"
        device_code = secrets.token_urlsafe(24)
        expires = self._clock() + timedelta(seconds=self.manner.code_seconds)
        self._devices[device_code] = _Device(asked["clientId"], code, expires, self.manner.verdict)
        return {
            "deviceCode": device_code,
            "userCode": code,
            "verificationUri": f"{START_URL}/#/device",
            "verificationUriComplete": f"{START_URL}/#/device?user_code={code}",
            "expiresIn": self.manner.code_seconds,
            "interval": self.manner.interval,
        }

    def _create_token(self, asked: Payload) -> Payload:
        self._check_client(asked)
        if asked["grantType"] == "refresh_token":
            if self._refreshing.get(asked.get("refreshToken", "")) != asked["clientId"]:
                raise RefusedError(400, "InvalidGrantException", "the refresh token is not valid")
            return self._hand_out(asked["clientId"])
        device = self._devices.get(asked.get("deviceCode", ""))
        if asked["grantType"] != _DEVICE or device is None or device.client_id != asked["clientId"]:
            raise RefusedError(400, "InvalidGrantException", "the device code is not valid")
        if device.expires <= self._clock():
            raise RefusedError(400, "ExpiredTokenException", "the device code has expired")
        if self.manner.slow_down:
            self.manner = replace(self.manner, slow_down=self.manner.slow_down - 1)
            raise RefusedError(400, "SlowDownException", "the client polls too often")
        if device.verdict == "deny":
            raise RefusedError(400, "AccessDeniedException", "the request was refused")
        if device.verdict != "approve":
            raise RefusedError(400, "AuthorizationPendingException", "nobody confirmed the code yet")
        del self._devices[asked["deviceCode"]]
        return self._hand_out(asked["clientId"])

    def _hand_out(self, client_id: str) -> Payload:
        token, refresh = secrets.token_urlsafe(48), secrets.token_urlsafe(48)
        self._tokens[token] = self._clock() + timedelta(seconds=self.manner.token_seconds)
        self._refreshing[refresh] = client_id
        return {
            "accessToken": token,
            "tokenType": "Bearer",
            "expiresIn": self.manner.token_seconds,
            "refreshToken": refresh,
        }

    def _get_role_credentials(self, asked: Payload) -> Payload:
        self._check_token(asked)
        assigned = self._assigned()
        role_arn = assigned.get((asked["accountId"], asked["roleName"]))
        if role_arn is None:
            raise RefusedError(403, "ForbiddenException", "No access")
        lasts = timedelta(seconds=self.manner.role_seconds)
        made = self._keys.hand_out(asked["accountId"], role_arn, "officer", lasts)
        return {
            "roleCredentials": {
                "accessKeyId": made["AccessKeyId"],
                "secretAccessKey": made["SecretAccessKey"],
                "sessionToken": made["SessionToken"],
                "expiration": int((self._clock() + lasts).timestamp() * 1000),
            }
        }

    def _list_accounts(self, asked: Payload) -> Payload:
        self._check_token(asked)
        mine = {account for account, _ in self._assigned()}
        return {
            "accountList": [
                {"accountId": each["Id"], "accountName": each["Name"], "emailAddress": each["Email"]}
                for each in self._estate.organisation.accounts
                if each["Id"] in mine
            ]
        }

    def _list_account_roles(self, asked: Payload) -> Payload:
        self._check_token(asked)
        return {
            "roleList": [
                {"roleName": role, "accountId": account}
                for account, role in self._assigned()
                if account == asked["accountId"]
            ]
        }

    def _logout(self, asked: Payload) -> Payload:
        self._check_token(asked)
        del self._tokens[asked["accessToken"]]
        return {}

    def _assigned(self) -> dict[tuple[str, str], str]:
        """Return the role of each account and permission set that the one person here is assigned to."""
        caller = self._estate.caller
        return {(caller.account_id, caller.role_arn.rpartition("/")[2]): caller.role_arn}

    def _check_client(self, asked: Payload) -> None:
        if self._clients.get(asked["clientId"]) != asked["clientSecret"]:
            raise RefusedError(401, "InvalidClientException", "the client is not registered")

    def _check_token(self, asked: Payload) -> None:
        expires = self._tokens.get(asked["accessToken"])
        if expires is None or expires <= self._clock():
            raise RefusedError(401, "UnauthorizedException", "Session token not found or invalid")
