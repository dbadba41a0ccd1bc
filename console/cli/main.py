"""Reading the command line and running one command."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

from console import __version__
from console.base.errors import ConsoleError
from console.base.log import note_error
from console.base.registry import discover
from console.bootstrap import Ask, Place, open_parts
from console.cli.base import INTERRUPTED, REFUSED, Command, Front, Invocation

PROGRAM = "bedrock-console"
EPILOGUE = f"""\
examples:
  {PROGRAM}                              open the window
  {PROGRAM} demo                         show everything on an invented department, without AWS
  {PROGRAM} refresh --profile audit      read the organisation that a profile of your AWS configuration leads to
  {PROGRAM} assess --json                judge the latest refresh, for a machine to read
  {PROGRAM} pack export --out packs      write a signed assurance pack
  {PROGRAM} pack verify packs/NAME.zip --signers FILE

exit codes: 0 done; 1 done, and failures were found or there was nothing to show; 2 refused, with a remedy;
3 stopped on request, and what was read is kept
"""


def ask_in_terminal(prompt: str) -> str:
    """Ask for a passphrase or a code without showing it."""
    return getpass.getpass(prompt)


def run(
    arguments: Sequence[str],
    front: Front,
    *,
    environment: Mapping[str, str],
    streams: tuple[TextIO, TextIO] | None = None,
    ask: Ask = ask_in_terminal,
) -> int:
    """Run what `arguments` ask for and return the exit code."""
    out, err = streams or (sys.stdout, sys.stderr)
    options = _read(arguments)
    place = Place(store=options.store, settings=options.settings, profile=options.profile)
    is_window = options.run is _window
    parts = cache(lambda: open_parts(place, environment=environment, ask=ask, lenient=is_window))
    invocation = Invocation(
        options=options,
        place=place,
        parts=parts,
        front=front,
        environment=environment,
        ask=ask,
        out=out,
        err=err,
    )
    try:
        chosen: Callable[[Invocation], int] = options.run
        return chosen(invocation)
    except ConsoleError as error:
        note_error(error)
        err.write(f"{error}\n{error.code}: {error.remedy}\n")
        return REFUSED
    except Exception as error:
        note_error(error)
        raise
    except KeyboardInterrupt:
        err.write("Stopped. What was read is kept.\n")
        return INTERRUPTED
    finally:
        if parts.cache_info().currsize:
            parts().close()


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for; for the window no command is imported, which would take longer than to draw it."""
    bare = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _add_places(bare)
    with suppress(argparse.ArgumentError):
        options, rest = bare.parse_known_args(arguments)
        if not rest:
            return options
    return build_parser(discover("console.cli.commands", "COMMAND", Command)).parse_args(arguments)


def build_parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Assurance evidence for Amazon Bedrock. Without a command, the window opens.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _add_places(parser)
    under = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in commands:
        own = under.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=command.teaching,
        )
        own.set_defaults(run=command.run)
        command.add_arguments(own)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    """Declare what is said before a command; without one, the window opens."""
    parser.add_argument("--store", type=Path, help="the evidence store (default: in your own data folder)")
    parser.add_argument(
        "--settings", type=Path, help="your settings (default: in your own configuration folder)"
    )
    parser.add_argument("--profile", default="", help="a profile of your AWS configuration")
    parser.set_defaults(run=_window)


def _window(invocation: Invocation) -> int:
    return invocation.front.open_window(invocation.parts())
