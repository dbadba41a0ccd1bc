"""A child process that does one deed with a store, to be killed meanwhile; told in one line of JSON, keys and all.

It says `go` once everything is imported, and at the end `done` with the number of changes of files, or `refused`.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from campaign.trap import Trap
from console.base.clock import system_clock
from console.base.errors import ConsoleError
from console.base.settings import Settings
from console.bootstrap import Parts, Place, open_parts
from console.evidence import maintenance
from console.evidence.store import Store
from console.reports.wish import Wanted
from console.services import export, packing  # noqa: F401 - imported before the deed begins
from console.vault import keystore
from console.vault.keystore import KeptKeys, StoreKeys
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from console.vault.unlocking import set_passphrase
from console.vault.wrapping import Cost, WrongPassphraseError

DONE, CRASHED, REFUSED = 0, 1, 2
PASSPHRASE = "four words nobody else knows"
NEW_PASSPHRASE = "four words of the new officer"
CHEAP = Cost(n=2**10)
"""Work of a passphrase: with the usual work nearly every moment of a kill would lie in it."""
Told = Mapping[str, str]


def parts_of(told: Told) -> Parts:
    """Open a store with its keys, as the window does."""
    keys = StoreKeys(StoreKey.from_hex(told["key"]), SigningKey(bytes.fromhex(told["signing"])))
    return Parts(store_path=Path(told["store"]), settings=Settings(), keys=keys, environment={})


def judge(told: Told) -> None:
    """Judge the newest refresh and keep what was concluded."""
    parts_of(told).judge_latest()


def pack(told: Told) -> None:
    """Write a pack and register it."""
    parts_of(told).export_pack(Path(told["to"]), wanted=Wanted(with_pdf=False), by="campaign")


def migrate(told: Told) -> None:
    """Open a store for writing, which brings it to the newest schema."""
    parts = parts_of(told)
    Store.open(parts.store_path, parts.key, signer=parts.signer, clock=system_clock).close()


def rekey(told: Told) -> None:
    """Change the store's key, kept in a file under a passphrase."""
    store = Path(told["store"])
    kept = keystore.load_keys(store, backend=None, passphrase=lambda: PASSPHRASE)
    maintenance.change_key(store, kept, StoreKey.from_hex(told["new"]))


def passphrase(told: Told) -> None:
    """Change the passphrase of the file that keeps the keys, whichever of the two it is now."""
    store = Path(told["store"])
    maintenance.change_passphrase(store, opened(store), lambda: NEW_PASSPHRASE, cost=CHEAP)


def opened(store: Path) -> KeptKeys:
    """Return the kept keys by the old passphrase or else the new, as somebody who knows both would."""
    try:
        return keystore.load_keys(store, backend=None, passphrase=lambda: PASSPHRASE)
    except WrongPassphraseError:
        return keystore.load_keys(store, backend=None, passphrase=lambda: NEW_PASSPHRASE)


def window(told: Told) -> None:
    """Change the passphrase of the window of a store whose keys are elsewhere."""
    set_passphrase(Path(told["store"]), lambda: NEW_PASSPHRASE, cost=CHEAP)


def start(told: Told) -> None:
    """Start for the first time: keys and an empty store are made."""
    started(Path(told["store"])).close()


def started(store: Path) -> Parts:
    """Open the user's store as the command line does, made at the first run."""
    place = Place(store=store, settings=store.with_name("none.toml"))
    return open_parts(place, environment={}, ask=lambda _: PASSPHRASE)


def backup(told: Told) -> None:
    """Write an encrypted copy."""
    parts_of(told).back_up_store(Path(told["to"]))


DEEDS: Mapping[str, Callable[[Told], None]] = {
    each.__name__: each for each in (judge, pack, migrate, rekey, passphrase, window, start, backup)
}


def say(words: str) -> None:
    """Say a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def tell(told: Told) -> int:
    """Do the deed that is told, say what came of it, and return the exit code."""
    if "most" in told:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(told["most"]), int(told["most"])))
    trap = Trap(int(told["trap"]))
    say("go")
    try:
        DEEDS[told["deed"]](told)
    except ConsoleError as error:
        say(f"refused {error.code}: {error}")
        return REFUSED
    say(f"done {trap.count}")
    return DONE


def main() -> None:
    """Do the deed that standard input names."""
    sys.exit(tell(json.loads(sys.stdin.readline())))


class Forked:
    """A deed done by a copy of this process, in which everything is imported already."""

    def __init__(self, told: Told, said: Path) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            self._serve(told, said)

    @staticmethod
    def _serve(told: Told, said: Path) -> NoReturn:
        code = CRASHED
        try:
            with said.open("w", encoding="utf-8") as stream:
                sys.stdout = sys.stderr = stream
                try:
                    code = tell(told)
                except BaseException:  # noqa: BLE001 - it is told by whoever waits
                    traceback.print_exc(file=stream)
        finally:
            os._exit(code)

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it ended; raise `subprocess.TimeoutExpired` if it does not in time."""
        until = time.monotonic() + (timeout if timeout is not None else 3600.0)
        while (code := self.poll()) is None:
            if time.monotonic() >= until:
                raise subprocess.TimeoutExpired("a deed", timeout or 0.0)
            time.sleep(0.001)
        return code

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
