"""The stand-in as tests use it: a real process, reached over HTTP by real clients."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from console.collect.mantle import know_mantle
from sharing import unmeasured

_SESSION = botocore.session.Session()
"""Shared, because reading a service's model takes longer than asking it."""
know_mantle(_SESSION)
READER_ROLE = "BedrockConsoleReader"
LONDON = "eu-west-2"
ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1}, read_timeout=5, connect_timeout=5)
"""No retries, so that a fault is seen as it is."""


@dataclass(frozen=True)
class Keys:
    """Credentials."""

    access_key: str
    secret_key: str
    token: str


@dataclass(frozen=True)
class RunningStandIn:
    """A stand-in that answers."""

    endpoint: str
    management_account: str
    caller: str
    environment: dict[str, str]
    """Variables under which any AWS client reaches it."""
    keys: Keys
    """The first caller's."""

    def client(self, service: str, keys: Keys | None = None, *, region: str = LONDON) -> Any:
        """Make a client of a service, as the first caller or with other keys."""
        keys = keys or self.keys
        return _SESSION.create_client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=keys.access_key,
            aws_secret_access_key=keys.secret_key,
            aws_session_token=keys.token,
            config=ONCE,
        )

    def assume(self, account: str, role: str = READER_ROLE) -> Keys:
        """Return the keys of a role session in an account."""
        said = self.client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="a-test"
        )["Credentials"]
        return Keys(said["AccessKeyId"], said["SecretAccessKey"], said["SessionToken"])

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Speak to the control path."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.endpoint}/_standin/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def fault(self, kind: str, **members: object) -> None:
        """Set one fault."""
        self.control("POST", "faults", [{"kind": kind, **members}])

    def accounts(self) -> list[dict[str, Any]]:
        """Return the organisation's accounts."""
        pages = self.client("organizations").get_paginator("list_accounts").paginate()
        return [each for page in pages for each in page["Accounts"]]

    def readable(self) -> str:
        """Return an account, not the management account, into which the first caller may go."""
        for account in self.accounts():
            if account["Id"] != self.management_account:
                try:
                    self.assume(account["Id"])
                except ClientError:
                    continue
                return str(account["Id"])
        raise LookupError("there is no account whose reader role can be assumed")


@contextmanager
def running_standin(
    accounts: int = 3,
    seed: int = 7,
    *,
    load: Path | None = None,
    save: Path | None = None,
    is_measured: bool = True,
) -> Iterator[RunningStandIn]:
    """Run a stand-in for as long as the block lasts; its coverage is measured where it is what is tested."""
    command = [sys.executable, "-m", "console.demo", "serve", "--until-stdin-closes"]
    command += ["--accounts", str(accounts), "--seed", str(seed)]
    command += ["--load", str(load)] if load else []
    command += ["--save", str(save)] if save else []
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    own = clean if is_measured else unmeasured(clean)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=own) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield _running(json.loads(process.stdout.readline()), clean)
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _running(ready: dict[str, str], clean: dict[str, str]) -> RunningStandIn:
    keys = Keys(ready["access_key_id"], ready["secret_access_key"], ready["session_token"])
    environment = {
        **clean,
        "AWS_ENDPOINT_URL": ready["endpoint"],
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "AWS_SESSION_TOKEN": keys.token,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }
    return RunningStandIn(ready["endpoint"], ready["management_account"], ready["caller"], environment, keys)
