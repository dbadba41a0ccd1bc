"""`bedrock-console sign-in`: sign in to IAM Identity Center, or see who a profile is."""

import json
import signal
import sys
from argparse import SUPPRESS, ArgumentParser
from threading import Event
from typing import TYPE_CHECKING

from console.base.clock import system_clock
from console.bootstrap import settings_at
from console.cli.base import DONE, Command, Invocation
from console.views.names import when_words
from console.views.text import inert

if TYPE_CHECKING:
    from console.collect.device_flow import Verification

TEACHING = """\
For a profile of IAM Identity Center it shows a code and a page of AWS where you confirm the code; the sign-in is kept
where AWS's own tools keep it, so that it serves them too, and one of theirs serves this program. For any other profile
(keys, role chains with a one-time code, credential_process, environment variables) it shows who you are.

The profile is that of --profile, else of the settings, else of AWS_PROFILE, else "default".
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the profile and the form of the answer."""
    parser.add_argument("--profile", default=SUPPRESS, help="a profile of your AWS configuration")
    parser.add_argument("--json", action="store_true", help="print each event as a line of JSON")
    parser.add_argument("--worker", action="store_true", help=SUPPRESS)


def run(invocation: Invocation) -> int:
    """Sign in and say who that is; as a child of the window, do what standard input says."""
    from console.services.sign_in import serve_sign_in, sign_in  # noqa: PLC0415 - botocore, not for `--help`

    if invocation.options.worker:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return serve_sign_in(sys.stdin, invocation.out, system_clock)
    settings = settings_at(invocation.place, environment=invocation.environment).aws
    wait = Event().wait

    def ask_code(serial: str) -> str:
        return invocation.ask(f"One-time code of {inert(serial)}: ")

    done = sign_in(settings, system_clock, lambda asked: _show(invocation, asked), wait, ask_code)
    if invocation.options.json:
        said = {"event": "signed_in", "profile": done.profile, "arn": done.arn, "until": done.until}
        invocation.out.write(json.dumps(said) + "\n")
        return DONE
    until = f"; this sign-in lasts until {when_words(done.until)}" if done.until else ""
    invocation.out.write(f"Signed in with profile {inert(done.profile)} as {inert(done.arn)}{until}.\n")
    return DONE


def _show(invocation: Invocation, asked: "Verification") -> None:
    if invocation.options.json:
        said = {
            "event": "verification",
            "user_code": asked.user_code,
            "address": asked.address,
            "address_with_code": asked.address_with_code,
        }
        invocation.out.write(json.dumps(said) + "\n")
        invocation.out.flush()
        return
    invocation.err.write(
        f"Open this page in a browser and confirm that it shows the code {inert(asked.user_code)}:\n\n"
        f"  {inert(asked.address_with_code)}\n\n"
        f"Or type the code at {inert(asked.address)}. Waiting; Ctrl+C stops …\n"
    )
    invocation.err.flush()


COMMAND = Command(
    name="sign-in",
    summary="Sign in to AWS, or see who a profile is",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
