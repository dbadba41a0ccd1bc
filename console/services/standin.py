"""Starting the demo estate: a process of its own, reached over loopback as AWS is."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from console.base.errors import ConsoleError


class NoDemoError(ConsoleError):
    """The demo estate could not be started."""

    code = "SVC-001"
    remedy = "Install the program with its demo: pip install 'bedrock-console[demo]'."


_NOT_IN_BUNDLES = "Choose File, Open demo in the window, or run “bedrock-console pack open --demo”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A running demo estate."""

    endpoint: str
    """`http://127.0.0.1:<port>`."""
    management_account: str
    environment: Mapping[str, str] = field(repr=False)
    """Variables under which any AWS client reaches it, with invented credentials."""


@contextmanager
def started(*, accounts: int, seed: int, environment: Mapping[str, str]) -> Iterator[Estate]:
    """Yield a demo estate that ends with the block, and with this process if that dies first."""
    if getattr(sys, "frozen", False):
        raise NoDemoError(
            "this installation has no stand-in for AWS, only a pack made with it", remedy=_NOT_IN_BUNDLES
        )
    command = [sys.executable, "-m", "console.demo", "serve", "--port", "0", "--until-stdin-closes"]
    command += ["--accounts", str(accounts), "--seed", str(seed)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_without_aws(environment),
    ) as process:
        try:
            yield _estate(process, environment)
        finally:
            process.terminate()


def make_role(estate: Estate, account_id: str, name: str) -> None:
    """Make a role in an account that the management account may take up, as an administrator would."""
    said = {"arn": f"arn:aws:iam::{account_id}:role/{name}", "trusted": estate.management_account}
    request = urllib.request.Request(  # noqa: S310 - the stand-in's own address
        f"{estate.endpoint}/_standin/roles", data=json.dumps(said).encode(), method="POST"
    )
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 - likewise
        pass


def planted(*, accounts: int, seed: int) -> Mapping[str, list[Mapping[str, str]]]:
    """Return what was planted: `failings` with the control that must find each, and `denied` scopes."""
    command = [
        sys.executable,
        "-m",
        "console.demo",
        "planted",
        "--accounts",
        str(accounts),
        "--seed",
        str(seed),
    ]
    answer = subprocess.run(command, capture_output=True, check=False)
    if answer.returncode != 0:
        raise NoDemoError("the demo's list of planted failings could not be read")
    listed: Mapping[str, list[Mapping[str, str]]] = json.loads(answer.stdout)
    return listed


def _estate(process: subprocess.Popen[bytes], environment: Mapping[str, str]) -> Estate:
    line = process.stdout.readline() if process.stdout else b""
    try:
        ready = json.loads(line)
    except ValueError:
        raise NoDemoError("the demo estate did not start") from None
    own = {
        "AWS_ENDPOINT_URL": ready["endpoint"],
        "AWS_ACCESS_KEY_ID": ready["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": ready["secret_access_key"],
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }
    if ready["session_token"]:
        own["AWS_SESSION_TOKEN"] = ready["session_token"]
    return Estate(
        endpoint=ready["endpoint"],
        management_account=ready["management_account"],
        environment={**_without_aws(environment), **own},
    )


def _without_aws(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without anything that leads to a real AWS account."""
    return {name: value for name, value in environment.items() if not name.startswith("AWS_")}
