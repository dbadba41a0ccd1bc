"""A passphrase for the window alone, for stores whose keys are in a keyring that is open while its user is logged in.

It keeps somebody who sits down at the laptop out of the window. It protects no file: whoever can run programs as
this user can ask the keyring as well.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from console.base.canonical import canonical
from console.base.errors import ConsoleError
from console.vault.private_file import write_private
from console.vault.wrapping import DEFAULT_COST, Cost, Passphrase, Wrapping

_TOKEN = b"the window may be shown"
_HEADER = {"purpose": "unlocking the window", "version": 1}


class UnlockingFileError(ConsoleError):
    """The file by which the window's passphrase is checked is gone or damaged."""

    code = "VLT-026"
    remedy = "Close the window, and put the `.unlock` file back from a backup, or set a passphrase anew with it gone."


def unlocking_file(store: Path) -> Path:
    """Return the file beside a store by which its window's passphrase is checked."""
    return store.with_name(store.name + ".unlock")


def has_passphrase(store: Path) -> bool:
    """Tell whether a store's window has a passphrase of its own."""
    return unlocking_file(store).exists()


def set_passphrase(
    store: Path,
    passphrase: Passphrase,
    *,
    random: Callable[[int], bytes] = os.urandom,
    cost: Cost = DEFAULT_COST,
) -> None:
    """Give a store's window a passphrase, or another; raise `WeakPassphraseError` if it is too short."""
    wrapping = Wrapping.new(passphrase, random, cost)
    write_private(unlocking_file(store), canonical(wrapping.wrap(_HEADER, _TOKEN)))


def remove_passphrase(store: Path) -> None:
    """Let a store's window be without a passphrase of its own."""
    unlocking_file(store).unlink(missing_ok=True)


def check_passphrase(store: Path, passphrase: Passphrase) -> None:
    """Return if it is the window's passphrase; raise `WrongPassphraseError` or `UnlockingFileError` otherwise."""
    try:
        document = json.loads(unlocking_file(store).read_bytes())
    except (OSError, ValueError):
        raise UnlockingFileError(f"{unlocking_file(store)} cannot be read") from None
    if not isinstance(document, dict) or document.get("purpose") != _HEADER["purpose"]:
        raise UnlockingFileError(f"{unlocking_file(store)} is no such file")
    Wrapping.opened(document, passphrase, os.urandom).unwrap(document)
