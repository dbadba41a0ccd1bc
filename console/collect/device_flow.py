"""Signing in to IAM Identity Center from a program: a code that the officer confirms in a browser.

The token goes where AWS's own tools keep it and look for it, so that one sign-in serves them all.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from botocore import UNSIGNED
from botocore import exceptions as aws
from botocore.config import Config

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.collect.errors import NoSignInError, UnreachableError, detail_of, reason_of
from console.collect.profiles import PortalLogin
from console.domain.evidence import GapReason
from console.vault.private_file import write_private

Wait = Callable[[float], bool]
"""Waits some seconds; returns early, and True, if the sign-in was cancelled."""
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_USUAL_SECONDS = 5
_SLOWER_SECONDS = 5
"""By how much a poll becomes slower when AWS asks for it (RFC 8628, 3.5)."""


class CancelledSignInError(ConsoleError):
    """The officer stopped the sign-in."""

    code = "COL-006"
    remedy = "Start it again when you are ready; nothing was changed."


class RefusedSignInError(NoSignInError):
    """The code was refused, or nobody confirmed it in time."""

    code = "COL-007"
    remedy = "Start the sign-in again, and confirm the new code in the browser while it is shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the officer needs to confirm a sign-in."""

    user_code: str
    address: str
    """The page where the code is typed."""
    address_with_code: str
    """The same page with the code filled in."""
    expires: datetime


class DeviceFlow:
    """One sign-in, from a new code to a token in the cache."""

    def __init__(self, session: Any, login: PortalLogin, clock: Clock, wait: Wait) -> None:  # noqa: ANN401
        self._login = login
        self._clock = clock
        self._wait = wait
        self._client = session.create_client(
            "sso-oidc", config=Config(signature_version=UNSIGNED, region_name=login.region)
        )

    def run(self, show: Callable[[Verification], None]) -> datetime:
        """Show a code, wait until it is confirmed, keep the token, and return when it ends."""
        try:
            client = self._register()
            begun = self._client.start_device_authorization(
                clientId=client["clientId"],
                clientSecret=client["clientSecret"],
                startUrl=self._login.start_url,
            )
            expires = self._clock() + timedelta(seconds=begun["expiresIn"])
            show(
                Verification(
                    user_code=begun["userCode"],
                    address=begun["verificationUri"],
                    address_with_code=begun["verificationUriComplete"],
                    expires=expires,
                )
            )
            token = self._poll(client, begun, expires)
        except (aws.ClientError, aws.BotoCoreError) as error:
            said = f"Identity Center does not sign you in: {detail_of(error)}"
            if reason_of(error) is GapReason.UNREACHABLE:
                raise UnreachableError(said) from None
            raise RefusedSignInError(said, remedy=_start_again(self._login)) from None
        return self._keep(client, token)

    def _register(self) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "clientName": f"bedrock-console-{self._login.session or int(self._clock().timestamp())}",
            "clientType": "public",
        }
        if self._login.scopes:
            asked["scopes"] = list(self._login.scopes)
        registered: dict[str, Any] = self._client.register_client(**asked)
        return registered

    def _poll(self, client: dict[str, Any], begun: dict[str, Any], expires: datetime) -> dict[str, Any]:
        """Ask for the token until there is one, no faster than AWS wants."""
        refusals = self._client.exceptions
        interval = begun.get("interval") or _USUAL_SECONDS
        while True:
            if self._wait(interval):
                raise CancelledSignInError("the sign-in was cancelled")
            try:
                token: dict[str, Any] = self._client.create_token(
                    grantType=_GRANT,
                    clientId=client["clientId"],
                    clientSecret=client["clientSecret"],
                    deviceCode=begun["deviceCode"],
                )
            except refusals.AuthorizationPendingException:
                if self._clock() >= expires:
                    raise RefusedSignInError("nobody confirmed the code while it was valid") from None
            except refusals.SlowDownException:
                interval += _SLOWER_SECONDS
            except refusals.ExpiredTokenException:
                raise RefusedSignInError("nobody confirmed the code while it was valid") from None
            except refusals.AccessDeniedException:
                raise RefusedSignInError("the code was refused in the browser") from None
            else:
                return token

    def _keep(self, client: dict[str, Any], token: dict[str, Any]) -> datetime:
        ends = self._clock() + timedelta(seconds=token["expiresIn"])
        registration_ends = datetime.fromtimestamp(client["clientSecretExpiresAt"], UTC)
        kept = {
            "startUrl": self._login.start_url,
            "region": self._login.region,
            "accessToken": token["accessToken"],
            "expiresAt": _stamp(ends),
            "clientId": client["clientId"],
            "clientSecret": client["clientSecret"],
            "registrationExpiresAt": _stamp(registration_ends),
        }
        if "refreshToken" in token:
            kept["refreshToken"] = token["refreshToken"]
        write_private(token_file(self._login), json.dumps(kept).encode())
        return ends


def token_file(login: PortalLogin) -> Path:
    """Return where AWS's tools keep the token of a sign-in: one file, named after a hash."""
    name = hashlib.sha1(login.cache_name.encode(), usedforsecurity=False).hexdigest()
    return Path("~", ".aws", "sso", "cache", f"{name}.json").expanduser()


def _start_again(login: PortalLogin) -> str:
    return (
        f"Check `sso_start_url` and `sso_region` of profile {login.profile} in your AWS configuration, then start "
        "the sign-in again."
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
