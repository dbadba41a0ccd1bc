"""`bedrock-console store`: look after the evidence store."""

import json
from argparse import ArgumentParser
from pathlib import Path

from console.bootstrap import MismatchedPassphraseError, Unlocking
from console.cli.base import DONE, FOUND, Command, Invocation

TEACHING = """\
Close the window first for rekey and compact: they need the store for themselves. A backup is encrypted under
the store's own key; keep the `.keys` file (and with a keyring, the user's log-in) with it, or it cannot be read.

A store whose keys are in a keyring opens for whoever sits at the open log-in. `store passphrase` gives its window a
passphrase. It guards the window alone: programs that run as you can ask the keyring as well.

A store whose keys are in a file under a passphrase gets another one by `store passphrase`. The key stays the same, so
an old copy of the `.keys` file still opens the store to the old passphrase. If somebody may have both, run
`store rekey` too.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    check = under.add_parser("check", help="verify every page, hash, leaf and checkpoint")
    check.add_argument("--full", action="store_true", help="hash every stored answer again")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    backup = under.add_parser("backup", help="write an encrypted copy under the same key")
    backup.add_argument("to", type=Path, help="the copy's file; it must not exist")
    under.add_parser("rekey", help="encrypt the store under a new random key")
    under.add_parser("compact", help="give unused space back to the disk")
    guard = under.add_parser("passphrase", help="change the passphrase of the store, or give its window one")
    guard.add_argument("--remove", action="store_true", help="let the window be without one")


def run(invocation: Invocation) -> int:
    """Do one duty."""
    duties = {
        "check": _check,
        "backup": _backup,
        "rekey": _rekey,
        "compact": _compact,
        "passphrase": _passphrase,
    }
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


def _passphrase(invocation: Invocation) -> int:
    parts = invocation.parts()
    if parts.unlocking is Unlocking.STORE:
        parts.give_passphrase("" if invocation.options.remove else _typed_twice(invocation, "store"), "")
        invocation.out.write("The store opens to its new passphrase, and to the old one no more.\n")
        return DONE
    if invocation.options.remove:
        parts.give_passphrase("", invocation.ask("The passphrase of the window now: "))
        invocation.out.write("The window has no passphrase of its own any more.\n")
        return DONE
    before = ""
    if parts.unlocking is Unlocking.WINDOW:
        before = invocation.ask("The passphrase of the window now: ")
    parts.give_passphrase(_typed_twice(invocation, "window"), before)
    invocation.out.write("The window asks for this passphrase when it starts and after it locked.\n")
    return DONE


def _typed_twice(invocation: Invocation, of: str) -> str:
    first = invocation.ask(f"New passphrase of the {of}: ")
    if invocation.ask("The same passphrase again: ") != first:
        raise MismatchedPassphraseError("the two passphrases differ")
    return first


COMMAND = Command(
    name="store",
    summary="Look after the evidence store",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
