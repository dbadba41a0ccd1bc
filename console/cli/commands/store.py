"""`bedrock-console store`: look after the evidence store."""

import json
from argparse import ArgumentParser
from pathlib import Path

from console.cli.base import DONE, FOUND, Command, Invocation

TEACHING = """\
Close the window first for rekey and compact: they need the store for themselves. A backup is encrypted under
the store's own key; keep the `.keys` file (and with a keyring, the user's log-in) with it, or it cannot be read.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the four duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    check = under.add_parser("check", help="verify every page, hash, leaf and checkpoint")
    check.add_argument("--full", action="store_true", help="hash every stored answer again")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    backup = under.add_parser("backup", help="write an encrypted copy under the same key")
    backup.add_argument("to", type=Path, help="the copy's file; it must not exist")
    under.add_parser("rekey", help="encrypt the store under a new random key")
    under.add_parser("compact", help="give unused space back to the disk")


def run(invocation: Invocation) -> int:
    """Do one duty."""
    duties = {"check": _check, "backup": _backup, "rekey": _rekey, "compact": _compact}
    return duties[invocation.options.duty](invocation)


def _check(invocation: Invocation) -> int:
    report = invocation.parts().check_store(full=invocation.options.full)
    if invocation.options.json:
        said = {
            "store": str(report.path),
            "sound": report.sound,
            "observations": report.observations,
            "checkpoints": report.checkpoints,
            "bodies": report.bodies,
            "erased": report.erased,
            "checks": [
                {"name": each.name, "passed": each.passed, "detail": each.detail} for each in report.checks
            ],
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        for each in report.checks:
            invocation.out.write(f"{'pass' if each.passed else 'FAIL'}  {each.name}: {each.detail}\n")
        counts = f"{report.observations:,} observations, {report.checkpoints:,} checkpoints"
        invocation.out.write(f"{report.path}: {'sound' if report.sound else 'NOT sound'}; {counts}\n")
    return DONE if report.sound else FOUND


def _backup(invocation: Invocation) -> int:
    made = invocation.parts().back_up_store(invocation.options.to)
    invocation.out.write(
        f"{made.path}: {made.bytes:,} bytes, encrypted under the store's key, pages verified\n"
    )
    return DONE


def _rekey(invocation: Invocation) -> int:
    where = invocation.parts().rekey_store()
    invocation.out.write(f"The store is encrypted under a new key, kept in {where}.\n")
    return DONE


def _compact(invocation: Invocation) -> int:
    compacted = invocation.parts().compact_store()
    invocation.out.write(f"{compacted.before:,} bytes before, {compacted.after:,} after\n")
    return DONE


COMMAND = Command(
    name="store",
    summary="Look after the evidence store",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
