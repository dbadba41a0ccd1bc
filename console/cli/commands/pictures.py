"""`bedrock-console pictures`: a picture of every page, on an invented department."""

from argparse import ArgumentParser
from pathlib import Path

from console.cli.base import DONE, Command, Invocation
from console.cli.invented import ACCOUNTS, SEED, invented

TEACHING = """\
The pictures in the documents are made by this. The department is invented, lives in a stand-in for AWS on this machine
and is thrown away at the end; no display is needed.

exit codes: 0 written; 2 refused
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the pictures go."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder for the pictures; made if it is not there"
    )


def run(invocation: Invocation) -> int:
    """Draw every page and main state, light and dark."""
    with invented(invocation, ACCOUNTS, SEED) as (parts, _):
        drawn = invocation.front.take_pictures(parts, invocation.options.folder)
    invocation.out.write(f"{len(drawn)} pictures in {invocation.options.folder}\n")
    return DONE


COMMAND = Command(
    name="pictures",
    summary="Draw every page of the window, light and dark, on an invented department",
    teaching=TEACHING,
    add_arguments=add_arguments,
    run=run,
)
