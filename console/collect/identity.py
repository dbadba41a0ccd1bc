"""Who asks AWS: the officer in their own account, the reader role in every other."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from botocore import exceptions as aws
from botocore.credentials import Credentials

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.base.settings import AwsSettings
from console.collect.errors import UnreachableError, detail_of, reason_of
from console.collect.own_session import AskCode, Session, credentials_of, own_session
from console.collect.profiles import not_signed_in
from console.domain.evidence import GapReason

_NOT_AGAIN_BEFORE = timedelta(seconds=10)
"""How long a renewal that brought nothing new is not tried again: thousands of steps may ask for it."""
WhoAmI = Callable[[Any], Mapping[str, str]]
"""Asks `sts:GetCallerIdentity` with given credentials."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, in one account."""

    account_id: str
    arn: str
    """As `sts:GetCallerIdentity` gives it."""
    credentials: Any
    """botocore's credentials; never shown."""
    expires: datetime | None = None

    def __repr__(self) -> str:
        return f"Identity({self.arn})"

    def frozen(self) -> "FrozenIdentity":
        """Return the identity with the credentials that it has now."""
        now = self.credentials.get_frozen_credentials()
        return FrozenIdentity(
            account_id=self.account_id,
            arn=self.arn,
            access_key=now.access_key,
            secret_key=now.secret_key,
            token=now.token,
        )

    @property
    def partition(self) -> str:
        """The partition of AWS, such as `aws` or `aws-us-gov`."""
        return self.arn.split(":")[1]

    @property
    def role(self) -> str:
        """The ARN without the name of the session, which differs from one sign-in to the next."""
        is_session = ":assumed-role/" in self.arn
        return self.arn.rpartition("/")[0] if is_session else self.arn


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenIdentity:
    """An identity with the credentials of the moment, for another process of the same refresh."""

    account_id: str
    arn: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str | None = field(repr=False)

    def thawed(self) -> Identity:
        """Return the identity; nothing renews its credentials."""
        return Identity(self.account_id, self.arn, Credentials(self.access_key, self.secret_key, self.token))


class Officer:
    """The caller's own identity: found once, and found anew when AWS says that it is over."""

    def __init__(self, settings: AwsSettings, clock: Clock, who_am_i: WhoAmI, ask_code: AskCode) -> None:
        self._settings = settings
        self._clock = clock
        self._who_am_i = who_am_i
        self._ask_code = ask_code
        self._lock = threading.Lock()
        self._identity: Identity | None = None
        self._tried: datetime | None = None
        self.session: Session = own_session(settings, ask_code)

    def identity(self) -> Identity:
        """Return who the officer is; raise `NoSignInError` or `UnreachableError` if AWS does not say."""
        with self._lock:
            if self._identity is None:
                try:
                    self._identity = self._found(self.session)
                except aws.NoCredentialsError:
                    raise not_signed_in(self.session, "no AWS credentials were found") from None
                except (aws.ClientError, aws.BotoCoreError) as error:
                    said = f"AWS does not say who you are: {detail_of(error)}"
                    if reason_of(error) is GapReason.UNREACHABLE:
                        raise UnreachableError(said) from None
                    raise not_signed_in(self.session, said) from None
            return self._identity

    def renew(self, stale: Identity) -> None:
        """Look for newer credentials of the same person; without any, everything stays as it is."""
        with self._lock:
            now = self._clock()
            just_tried = self._tried is not None and now - self._tried < _NOT_AGAIN_BEFORE
            if self._identity is not stale or just_tried:
                return
            self._tried = now
            try:
                session = own_session(self._settings, self._ask_code)
                found = self._found(session)
            except (aws.ClientError, aws.BotoCoreError, ConsoleError):
                return
            if (found.account_id, found.role) == (stale.account_id, stale.role):
                self.session, self._identity = session, found

    def _found(self, session: Session) -> Identity:
        credentials = credentials_of(session)
        said = self._who_am_i(credentials)
        return Identity(said["Account"], said["Arn"], credentials)
