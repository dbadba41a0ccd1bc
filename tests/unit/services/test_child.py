"""How the program starts itself: what others on the machine can see of it."""

import json
import sys
import time
from pathlib import Path

import pytest

from console.base.settings import Settings
from console.services.child import log_call, sign_in_call, worker_call, working
from console.services.job import Job
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey

JOB = Job(
    store=Path("none.db"),
    key=StoreKey(bytes(range(100, 132))),
    signer=SigningKey(bytes(range(132, 164))),
    settings=Settings(),
    resume=True,
)
SECRETS = (JOB.key.hex(), JOB.signer.raw.hex())


def test_no_key_is_in_arguments_or_environment() -> None:
    for call in (worker_call(JOB, {"PATH": "p"}), log_call(JOB, {}), sign_in_call(Settings().aws, {})):
        shown = json.dumps([call.program, *call.arguments, dict(call.environment), repr(call)])
        assert not any(secret in shown for secret in SECRETS)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the system shows processes otherwise")
def test_another_user_sees_no_key_in_the_list_of_processes() -> None:
    """It is looked at while it starts; then it refuses a store that is not there."""
    with working(worker_call(JOB, {"PATH": "p", "PYTHONPATH": ":".join(sys.path)})) as worker:
        called = Path(f"/proc/{worker.pid}/cmdline")
        while not (arguments := called.read_bytes()):
            time.sleep(0.01)
        seen = arguments + called.with_name("environ").read_bytes()
        assert list(worker.events())[-1]["event"] == "refused"
    assert b"--worker" in seen
    assert not any(secret.encode() in seen for secret in SECRETS)
