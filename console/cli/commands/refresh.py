"""`bedrock-console refresh`: read the organisation into the store."""

import signal
import sys
from argparse import SUPPRESS, ArgumentParser

from console.base.clock import system_clock
from console.cli.base import DONE, Command, Invocation
from console.cli.progress import follow_logs, follow_refresh, report_refresh, write_line
from console.domain.selection import Selection
from console.services.summary import summarise

TEACHING = """\
Only operations that read are called, with the caller's own credentials for AWS Organizations and the caller's account,
and with the role `aws.reader_role` of the settings in every other. Ctrl+C stops it: what was read is kept, the rest is
recorded as not attempted. A refresh that broke off (a lost connection, a closed lid) goes on where it was.

With --account, --ou, --region or --kind only that part is read anew. The rest is taken over from the refreshes before,
with the times at which it was read then; what none of them read is recorded as not attempted.

Invocation logs are read after it, what is new of each: see `bedrock-console usage --help`.

With --json each line of standard output is a document whose "event" is "progress" or "logs" (once a second), "gap",
"ended" or "refused"; the last is "summary". "seconds_left" is null until there is enough to tell it from.
"""
_PARTS = {
    "account": ("accounts", "read only these accounts, by number"),
    "ou": ("units", "read only the accounts in these organizational units and below"),
    "region": ("regions", "read only these Regions; `global` for what has none, such as IAM"),
    "kind": ("kinds", "read only these kinds of evidence, such as bedrock.guardrail"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare who reads and how to begin."""
    parser.add_argument("--profile", default=SUPPRESS, help="a profile of your AWS configuration")
    parser.add_argument(
        "--anew",
        action="store_true",
        help="end a refresh that broke off and start another, instead of resuming it",
    )
    for option, (name, meaning) in _PARTS.items():
        parser.add_argument(
            f"--{option}", nargs="+", default=(), dest=name, metavar=option.upper(), help=meaning
        )
    parser.add_argument(
        "--json", action="store_true", help="print each event as a line of JSON, the summary last"
    )
    parser.add_argument(
        "--without-logs",
        action="store_true",
        help="do not read invocation logs after it (`bedrock-console usage read` does so later)",
    )
    parser.add_argument("--worker", action="store_true", help=SUPPRESS)
    parser.add_argument("--asker", action="store_true", help=SUPPRESS)


def run(invocation: Invocation) -> int:
    """Refresh and say what was read; as a worker, do the job that standard input gives."""
    if invocation.options.worker:
        return _work(invocation)
    if invocation.options.asker:
        return _ask()
    parts = invocation.parts()
    chosen = {name: tuple(getattr(invocation.options, name)) for name, _ in _PARTS.values()}
    call = parts.refresh_call(resume=not invocation.options.anew, selection=Selection(**chosen))
    if invocation.options.json:
        code = report_refresh(call, invocation.out, invocation.err, invocation.ask)
    else:
        code = follow_refresh(call, invocation.err, invocation.ask)
    if code == DONE and not invocation.options.without_logs:
        code = _read_logs(invocation)
    latest = parts.latest()
    if latest is None:
        return code
    summary = summarise(latest.snapshot, latest.assessment.findings)
    if invocation.options.json:
        write_line(invocation.out, {"event": "summary", **summary})
    else:
        scopes = summary["scopes"]
        gaps = ", ".join(f"{count} {reason}" for reason, count in summary["gaps_by_reason"].items())
        line = f"{scopes['read']} of {scopes['planned']} scopes read"
        invocation.out.write(f"{line}; not seen: {gaps}.\n" if gaps else f"{line}.\n")
    return code


def _read_logs(invocation: Invocation) -> int:
    """Read what is new of invocation logs, in a process of its own."""
    call = invocation.parts().log_call()
    if invocation.options.json:
        return report_refresh(call, invocation.out, invocation.err, invocation.ask)
    return follow_logs(call, invocation.err, invocation.ask)


def _work(invocation: Invocation) -> int:
    """Be the child process; Ctrl+C is for the parent, which asks this one to stop."""
    from console.services.worker import lower_priority, pause_seldom, serve  # noqa: PLC0415 - botocore, in the child alone

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lower_priority()
    pause_seldom()
    return serve(sys.stdin, invocation.out, system_clock)


def _ask() -> int:
    """Be a child of that process, which asks AWS for it; it runs at the priority of its parent."""
    from console.services.asking import serve_asking  # noqa: PLC0415 - botocore, in the child alone
    from console.services.worker import pause_seldom  # noqa: PLC0415 - as above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pause_seldom()
    return serve_asking(sys.stdin.buffer, sys.stdout.buffer, system_clock)


COMMAND = Command(
    name="refresh",
    summary="Read the organisation into the evidence store",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
