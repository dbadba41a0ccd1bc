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
        self.reset()

    def reset(self) -> None:
        """Forget every session but the first caller's."""
        caller = self._estate.caller
        first = Identity(caller.account_id, caller.arn, caller.role_arn, caller.session_token)
        with self._lock:
            self._known = {caller.access_key_id: first}

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
        role = next((each for each in account.roles if each["Arn"] == role_arn), None) if account else None
        if role is None or not _trusts(role["AssumeRolePolicyDocument"], caller, asked.get("ExternalId")):
            message = (
                f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
            )
            raise RefusedError(403, "AccessDenied", message)
        name, session = role["RoleName"], str(asked["RoleSessionName"])
        key = "ASIA" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        token = secrets.token_urlsafe(48)
        arn = f"arn:aws:sts::{account_id}:assumed-role/{name}/{session}"
        expires = self._clock() + _LASTS
        with self._lock:
            self._known[key] = Identity(account_id, arn, role_arn, token, expires)
        return {
            "Credentials": {
                "AccessKeyId": key,
                "SecretAccessKey": secrets.token_urlsafe(30),
                "SessionToken": token,
                "Expiration": expires.isoformat(),
            },
            "AssumedRoleUser": {"AssumedRoleId": f"{role['RoleId']}:{session}", "Arn": arn},
        }


def _trusts(document: str, caller: Identity, external_id: object) -> bool:
    """Judge a trust policy of the simple form that the estate's reader roles have."""
    for statement in json.loads(document)["Statement"]:
        named = _listed(statement.get("Principal", {}).get("AWS", ()))
        wanted = statement.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId")
        if statement["Effect"] == "Allow" and caller.role_arn in named and wanted in (None, external_id):
            return True
    return False


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
