"""Who is behind an access key: the first caller, and the sessions that AssumeRole hands out."""

import json
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.base.clock import Clock
from console.demo.estate import Estate
from console.demo.messages import Call, Payload, RefusedError

_LASTS = timedelta(hours=1)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_ARN_PARTS = 6


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks."""

    account_id: str
    arn: str
    role_arn: str
    token: str
    expires: datetime | None = None


class Keys:
    """The keys that are known; safe to share between threads. Signatures are not checked."""

    def __init__(self, estate: Estate, clock: Clock) -> None:
        self._estate = estate
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, Identity] = {}
        self._roles: list[tuple[str, Payload]] = []
        self.reset()

    def reset(self) -> None:
        """Forget every session but the first caller's."""
        caller = self._estate.caller
        first = Identity(caller.account_id, caller.arn, caller.role_arn, caller.session_token)
        with self._lock:
            self._known = {caller.access_key_id: first}
            self._trust: dict[str, str] = {}
            self._codes: dict[str, str] = {}

    def add_user(self, access_key_id: str, arn: str) -> None:
        """Know a user by a long-term key."""
        with self._lock:
            self._known[access_key_id] = Identity(arn.split(":")[4], arn, arn, "")

    def add_role(self, account_id: str, role: Payload) -> None:
        """Know a role that the estate was built without; a refresh does not see it."""
        with self._lock:
            self._roles.append((account_id, role))

    def set_trust(self, role_arn: str, document: str) -> None:
        """Let a role have another trust policy than the estate gives it."""
        with self._lock:
            self._trust[role_arn] = document

    def set_code(self, serial: str, code: str) -> None:
        """Let a device for MFA show a code; it holds for one use, as at AWS."""
        with self._lock:
            self._codes[serial] = code

    def identity(self, call: Call) -> Identity:
        """Return who makes a call; raise `RefusedError` for an unknown key or a session that ended."""
        found = self._known.get(call.access_key)
        if found is None or found.token != call.token:
            is_query = call.service in ("sts", "iam", "ec2")
            code = "InvalidClientTokenId" if is_query else "UnrecognizedClientException"
            raise RefusedError(403, code, "The security token included in the request is invalid.")
        if found.expires is not None and found.expires <= self._clock():
            code = "ExpiredToken" if call.service in ("sts", "iam", "ec2") else "ExpiredTokenException"
            raise RefusedError(403, code, "The security token included in the request is expired")
        return found

    def assume_role(self, caller: Identity, asked: Payload) -> Payload:
        """Hand out a session of a role that exists and trusts the caller; else refuse as AWS does.

        AWS says the same of a role that is not there and of one that does not trust.
        """
        role_arn = str(asked["RoleArn"])
        account_id = role_arn.split(":")[4] if role_arn.count(":") == _ARN_PARTS - 1 else ""
        account = self._estate.accounts.get(account_id)
        roles = (
            [*account.roles, *(each for where, each in self._roles if where == account_id)] if account else []
        )
        role = next((each for each in roles if each["Arn"] == role_arn), None)
        with_mfa = self._has_mfa(asked)
        document = self._trust.get(role_arn) or (role["AssumeRolePolicyDocument"] if role else "")
        if role is None or not _trusts(document, caller, asked.get("ExternalId"), with_mfa=with_mfa):
            message = (
                f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
            )
            raise RefusedError(403, "AccessDenied", message)
        session = str(asked["RoleSessionName"])
        lasts = timedelta(seconds=int(asked["DurationSeconds"])) if "DurationSeconds" in asked else _LASTS
        made = self.hand_out(account_id, role_arn, session, lasts)
        arn = f"arn:aws:sts::{account_id}:assumed-role/{role['RoleName']}/{session}"
        return {
            "Credentials": made,
            "AssumedRoleUser": {"AssumedRoleId": f"{role['RoleId']}:{session}", "Arn": arn},
        }

    def hand_out(self, account_id: str, role_arn: str, session: str, lasts: timedelta) -> Payload:
        """Return new keys of a role session."""
        key = "ASIA" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        token = secrets.token_urlsafe(48)
        arn = f"arn:aws:sts::{account_id}:assumed-role/{role_arn.rpartition('/')[2]}/{session}"
        expires = self._clock() + lasts
        with self._lock:
            self._known[key] = Identity(account_id, arn, role_arn, token, expires)
        return {
            "AccessKeyId": key,
            "SecretAccessKey": secrets.token_urlsafe(30),
            "SessionToken": token,
            "Expiration": expires.isoformat(),
        }

    def _has_mfa(self, asked: Payload) -> bool:
        """Tell whether a call carries a good one-time code; raise `RefusedError` for a bad one."""
        if "SerialNumber" not in asked:
            return False
        with self._lock:
            right = self._codes.get(str(asked["SerialNumber"]))
            if right is None or right != asked.get("TokenCode"):
                message = "MultiFactorAuthentication failed with invalid MFA one time pass code."
                raise RefusedError(403, "AccessDenied", message)
            del self._codes[str(asked["SerialNumber"])]
        return True


def _trusts(document: str, caller: Identity, external_id: object, *, with_mfa: bool) -> bool:
    """Judge a trust policy of the simple form that roles have here."""
    for statement in json.loads(document)["Statement"]:
        named = _listed(statement.get("Principal", {}).get("AWS", ()))
        condition = statement.get("Condition", {})
        wanted = condition.get("StringEquals", {}).get("sts:ExternalId")
        needs_mfa = condition.get("Bool", {}).get("aws:MultiFactorAuthPresent") == "true"
        if (
            statement["Effect"] != "Allow"
            or wanted not in (None, external_id)
            or (needs_mfa and not with_mfa)
        ):
            continue
        if {caller.role_arn, f"arn:aws:iam::{caller.account_id}:root"} & set(named):
            return True
    return False


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
