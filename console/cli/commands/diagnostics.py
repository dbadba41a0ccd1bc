"""`bedrock-console diagnostics`: what helps to find a fault, without evidence, to be read before it is sent."""

from argparse import ArgumentParser
from pathlib import Path

from console.base.errors import ConsoleError
from console.cli.base import DONE, Command, Invocation

TEACHING = """\
Versions, settings, the store's schema and counts, the self-test's result and the ends of the logs. No evidence is in
it; accounts, ARNs, keys, addresses and your name are replaced. Nothing is sent: read it, then send it yourself.

examples:
  bedrock-console diagnostics
  bedrock-console diagnostics --out diagnostics.txt
"""


class UnwritableReportError(ConsoleError):
    """The report cannot be written there."""

    code = "CLI-008"
    remedy = "Choose another file, in a folder that you may write to."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the report goes."""
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write it into a file (default: to the terminal)"
    )
    parser.add_argument(
        "--without-self-test", action="store_true", help="leave out the self-test, which takes a while"
    )


def run(invocation: Invocation) -> int:
    """Write the report."""
    options = invocation.options
    text = invocation.parts().diagnostics(run_self_test=not options.without_self_test)
    if options.out is None:
        invocation.out.write(text)
        return DONE
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableReportError(f"{options.out} cannot be written: {error.strerror}") from None
    invocation.out.write(f"{options.out}: read it before you send it\n")
    return DONE


COMMAND = Command(
    name="diagnostics",
    summary="Say what helps to find a fault, without evidence",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
