"""Signing in: through IAM Identity Center with a code, or by showing who the profile already is.

For the window it is a child process, as a refresh is: settings on the first line of standard input, then perhaps
"cancel"; events, one a line, on standard output.
"""

import dataclasses
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from console.base.clock import Clock, stamp
from console.base.errors import ConsoleError
from console.base.settings import AwsSettings
from console.collect.device_flow import DeviceFlow, Verification, Wait
from console.collect.own_session import AskCode, nobody_to_ask, own_session
from console.collect.profiles import portal_of, profile_name
from console.collect.sessions import Sessions
from console.services.job import read_sign_in

DONE = 0
REFUSED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in now."""

    profile: str
    arn: str
    until: str
    """When the sign-in with Identity Center ends, RFC 3339; empty for other ways to sign in."""


def sign_in(
    settings: AwsSettings,
    clock: Clock,
    show: Callable[[Verification], None],
    wait: Wait,
    ask_code: AskCode = nobody_to_ask,
) -> SignedIn:
    """Sign the settings' profile in and return who that is; other profiles than Identity Center's are only tried."""
    sessions = Sessions(settings, clock, ask_code=ask_code)
    session = own_session(settings, ask_code)
    login = portal_of(session)
    until = ""
    if login is not None:
        until = stamp(DeviceFlow(session, login, clock, wait).run(show))
    return SignedIn(profile=profile_name(session), arn=sessions.caller().arn, until=until)


def serve_sign_in(
    stdin: TextIO, stdout: TextIO, clock: Clock, *, abandon: Callable[[int], object] = os._exit
) -> int:
    """Sign in as the first line of `stdin` says, and tell of it on `stdout`; return the exit code."""

    def say(event: str, **members: object) -> None:
        stdout.write(json.dumps({"event": event, **members}) + "\n")
        stdout.flush()

    def show(asked: Verification) -> None:
        say(
            "verification",
            user_code=asked.user_code,
            address=asked.address,
            address_with_code=asked.address_with_code,
            expires=stamp(asked.expires),
        )

    cancelled = threading.Event()

    def heed() -> None:
        for line in stdin:
            if line.strip() == "cancel":
                cancelled.set()
        if not cancelled.is_set():
            abandon(REFUSED)

    try:
        settings = read_sign_in(stdin.readline())
        threading.Thread(target=heed, daemon=True).start()
        done = sign_in(settings, clock, show, cancelled.wait)
    except ConsoleError as error:
        say("refused", code=error.code, message=str(error), remedy=error.remedy)
        return REFUSED
    say("signed_in", **dataclasses.asdict(done))
    return DONE
