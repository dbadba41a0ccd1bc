"""The one session factory: who asks, with which credentials, through which client.

One client serves every account: a client costs milliseconds and megabytes, credentials cost nothing. So a client
is made once for each service and Region, and signs with the credentials of the identity that the calling
thread acts as.
"""

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any

import botocore.session
from botocore import exceptions as aws
from botocore.config import Config
from botocore.credentials import CredentialResolver, Credentials, ReadOnlyCredentials
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from console.base.clock import Clock
from console.base.settings import AwsSettings
from console.collect.base import Client
from console.collect.calls import Calls
from console.collect.errors import reason_of
from console.collect.gate import gate_of
from console.collect.identity import Identity, Officer
from console.collect.mantle import SERVICE as MANTLE
from console.collect.mantle import know_mantle, name_refusal
from console.collect.own_session import AskCode, dns_suffixes, nobody_to_ask
from console.collect.pacing import ClientPace, Pacing
from console.collect.retries import Pauses, Retries
from console.collect.timestamps import read_timestamp
from console.collect.transport import Transport
from console.domain.evidence import GapReason

SESSION_NAME = "bedrock-console"
_AT_ONCE = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
"""Without it each request with a body waits 40 ms or more, for the other side to acknowledge its head."""
_RENEW_BEFORE = timedelta(minutes=5)


class _Acting:
    """botocore's credentials, which are those of the identity that the calling thread acts as."""

    def __init__(self) -> None:
        self._mine = threading.local()

    method = "acting"
    account_id = None

    @contextmanager
    def as_identity(self, identity: Identity) -> Iterator[None]:
        before = self._identity
        self._mine.identity = identity
        try:
            yield
        finally:
            self._mine.identity = before

    @property
    def _identity(self) -> Identity | None:
        found: Identity | None = getattr(self._mine, "identity", None)
        return found

    def account(self) -> str:
        """Return the account of the calling thread's identity; empty while that is not known."""
        return self._identity.account_id if self._identity else ""

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        if self._identity is None:
            raise aws.NoCredentialsError
        return self._identity.credentials.get_frozen_credentials()

    def get_deferred_property(self, name: str) -> Any:  # noqa: ANN401 - as botocore has it
        return lambda: getattr(self.get_frozen_credentials(), name, None)


class _ActingProvider:
    """What botocore asks for credentials."""

    METHOD = CANONICAL_NAME = "acting"

    def __init__(self, acting: _Acting) -> None:
        self._acting = acting

    def load(self) -> _Acting:
        return self._acting


class Sessions:
    """Makes clients and identities; safe to share between threads.

    However many threads ask, no more than the settings' `threads` requests are under way at once.

    Once `stopped` is set, calls that have not been sent raise `StoppedError`, those that wait to be made again among
    them. Nothing but reading leaves, unless the session was made for `changes`: service and operation, such as
    `bedrock:DeleteCustomModel`. Only `console.actuate` makes such a session. Or it was made for `queries`, which have
    AWS count and write down what came of it: only `console.collect.counting` makes such a one.
    """

    def __init__(
        self,
        settings: AwsSettings,
        clock: Clock,
        stopped: threading.Event | None = None,
        *,
        ask_code: AskCode = nobody_to_ask,
        changes: frozenset[str] = frozenset(),
        queries: frozenset[str] = frozenset(),
    ) -> None:
        self.calls = Calls(clock)
        self._more = changes | queries
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, str], Client] = {}
        self._identities: dict[str, Identity] = {}
        self._acting = _Acting()
        self._pacing = Pacing(monotonic)
        self._pauses = Pauses(stopped or threading.Event(), settings.threads)
        self._officer = Officer(settings, clock, self._who_am_i, ask_code)
        self._shared = botocore.session.Session(profile=settings.profile or None)
        self._shared.register_component("data_loader", self._officer.session.get_component("data_loader"))
        know_mantle(self._shared)
        self._shared.register_component(
            "credential_provider", CredentialResolver([_ActingProvider(self._acting)])
        )
        parsers = self._shared.get_component("response_parser_factory")
        parsers.set_parser_defaults(timestamp_parser=read_timestamp)
        self._suffixes = dns_suffixes(self._shared)

    def caller(self) -> Identity:
        """Return who the user is; raise `NoSignInError` or `UnreachableError` if AWS does not say."""
        return self._officer.identity()

    def identity(self, account_id: str) -> Identity:
        """Return who asks in an account: the caller in its own, the reader role in every other."""
        caller = self.caller()
        if account_id == caller.account_id:
            return caller
        with self._lock:
            held = self._identities.get(account_id)
        if held is not None and (held.expires is None or held.expires - self._clock() > _RENEW_BEFORE):
            return held
        made = self._assumed(caller, account_id)
        with self._lock:
            self._identities[account_id] = made
        return made

    def role_identity(self, account_id: str, policy: str) -> Identity:
        """Return the settings' role, taken up in any account, the caller's own too, and no wider than `policy`."""
        return self._assume(self.caller(), account_id, policy)

    def _assumed(self, caller: Identity, account_id: str) -> Identity:
        """Assume the reader role; once more, if the caller's credentials ran out and there are newer ones."""
        try:
            return self._assume(caller, account_id)
        except (aws.ClientError, aws.BotoCoreError) as error:
            if reason_of(error) is not GapReason.EXPIRED:
                raise
            self._officer.renew(caller)
            renewed = self.caller()
            if renewed is caller:
                raise
            return self._assume(renewed, account_id)

    def forget(self, identity: Identity) -> None:
        """Take up an identity anew before its account is asked again, unless that was done already."""
        self._officer.renew(identity)
        with self._lock:
            if self._identities.get(identity.account_id) is identity:
                del self._identities[identity.account_id]

    @contextmanager
    def acting_as(self, identity: Identity) -> Iterator[None]:
        """Sign this thread's calls with an identity's credentials."""
        with self._acting.as_identity(identity):
            yield

    def acting_account(self) -> str:
        """Return the account in which the calling thread acts."""
        return self._acting.account()

    def home_of(self, service: str) -> str:
        """Return where a service is asked for what has no Region: at home, or else in one of the few it is in.

        That is one of the same part of the world if there is one.
        """
        home = self._settings.home_region
        partition = self._shared.get_partition_for_region(home)
        regions = sorted(self._shared.get_available_regions(service, partition))
        near = [each for each in regions if each.partition("-")[0] == home.partition("-")[0]]
        return home if home in regions or not regions else (near or regions)[0]

    def client(self, service: str, region: str) -> Client:
        """Return the client of a service in a Region; `home_of` stands for `global`."""
        return self._client(service, region)

    def _client(self, service: str, region: str) -> Client:
        with self._lock:
            key = (service, region)
            if key not in self._clients:
                self._clients[key] = self._make_client(service, region)
            return self._clients[key]

    def _make_client(self, service: str, region: str) -> Client:
        settings = self._settings
        config = Config(
            connect_timeout=settings.connect_seconds,
            read_timeout=settings.read_seconds,
            # The mode whose retries can be taken off: those of every mode are blind to accounts and to cancelling.
            retries={"mode": "legacy", "total_max_attempts": 1},
            use_fips_endpoint=settings.use_fips or None,
            # The service has no other hosts than those under AWS's dual-stack suffix.
            use_dualstack_endpoint=service == MANTLE or None,
            # An API key in the environment would else be sent in the stead of every identity.
            auth_scheme_preference="sigv4" if service.startswith("bedrock") else None,
            # Given whole, because botocore else puts it together twice for each call.
            user_agent=f"{self._shared.user_agent()} {SESSION_NAME}",
        )
        client = self._shared.create_client(service, region_name=region, config=config)
        session = URLLib3Session(
            verify=self._shared.get_config_variable("ca_bundle")
            or os.environ.get("REQUESTS_CA_BUNDLE")
            or True,
            proxies=get_environ_proxies(client.meta.endpoint_url),
            timeout=(settings.connect_seconds, settings.read_seconds),
            max_pool_connections=settings.threads,
            socket_options=_AT_ONCE,
        )
        pace = ClientPace(self._pacing, self._acting.account, region, service)
        transport = Transport(client, session, self._suffixes, self.calls, pace, self._pauses)
        retries = Retries(settings.attempts, self._pauses, pace.slow_down, self._clock)
        events, name = client.meta.events, client.meta.service_model.service_id.hyphenize()
        events.unregister(f"needs-retry.{name}", unique_id=f"retry-config-{name}")
        events.register("needs-retry", retries.heard)
        events.register("before-send", gate_of(client, self._more).check)
        events.register("before-send", transport.send)
        events.register("provide-client-params", self.calls.heard_call)
        events.register(f"after-call.{MANTLE}", name_refusal)
        events.register("after-call", self.calls.heard_answer)
        client.meta.surroundings = self
        made: Client = client
        return made

    def _assume(self, caller: Identity, account_id: str, policy: str = "") -> Identity:
        settings = self._settings
        request = {
            "RoleArn": f"arn:{caller.partition}:iam::{account_id}:role/{settings.reader_role}",
            "RoleSessionName": SESSION_NAME,
        }
        if policy:
            request["Policy"] = policy
        if settings.external_id:
            request["ExternalId"] = settings.external_id
        with self._acting.as_identity(caller):
            answer = self._client("sts", settings.home_region).assume_role(**request)  # type: ignore[attr-defined]
        said = answer["Credentials"]
        credentials = Credentials(said["AccessKeyId"], said["SecretAccessKey"], said["SessionToken"])
        return Identity(account_id, answer["AssumedRoleUser"]["Arn"], credentials, said["Expiration"])

    def _who_am_i(self, credentials: Any) -> Mapping[str, str]:  # noqa: ANN401 - botocore's
        with self._acting.as_identity(Identity("", "", credentials)):
            said: Mapping[str, str] = self._client("sts", self._settings.home_region).get_caller_identity()  # type: ignore[attr-defined]
        return said
