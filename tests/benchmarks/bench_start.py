"""Print how soon the window can be used on a large store, against a bare PySide6 window, from source and from a bundle.

`nox -s benchmarks -- start [FACTS HITS] [--store FILE] [--bundle PROGRAM]`; a million facts and ten million hits unless
said otherwise. `--store` makes the store there, or takes the one that is there. Nothing in the programs is changed for
it: each is started as an officer starts it, on a virtual screen, and watched from outside. A window is painted when
there are colours on the screen, shown when the screen has changed for the last time, and settled when for a second no
thread runs or waits.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench_assess import copied, judge, read, refresh
from bench_usage import fill

import stores
from bare_root import picture, screen
from console.services.assess import discover_controls
from console.vault.keystore import StoreKeys, create_keys, load_keys

FACTS, HITS = 1_000_000, 10_000_000
COPIES = 12
STARTS = 3
PASSPHRASE = "four unrelated words here"
PAINTED = 40
"""Colours on the screen, as sampled: an empty one has one or two."""
STILL = 1.0
LONGEST = 300.0
TICK = os.sysconf("SC_CLK_TCK")
BARE = """
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
application = QApplication([])
window = QMainWindow()
table = QTableWidget(30, 6)
for row in range(30):
    for column in range(6):
        item = QTableWidgetItem(f"{row} {column}")
        item.setBackground(QColor.fromHsv(row * 12, 40 + column * 30, 255))
        table.setItem(row, column, item)
window.setCentralWidget(table); window.resize(1440, 900); window.show()
application.exec()
"""


@dataclass(frozen=True)
class Start:
    """One start, in seconds from the birth of the process, and what it holds then."""

    painted: float
    shown: float
    """When the screen changed last: the first page is there, with its evidence."""
    settled: float
    """When nothing ran any more: every other page was read too, beside the window, and can be searched."""
    megabytes: float
    processor: float


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--bundle", type=Path)
    options = parser.parse_args()
    facts, hits = (*options.sizes, *(FACTS, HITS)[len(options.sizes) :])
    with tempfile.TemporaryDirectory(prefix="bench-start-") as folder:
        path = options.store or Path(folder) / "evidence.db"
        if not path.exists():
            make(path, Path(folder), facts, hits)
        empty = Path(folder) / "empty.db"
        made(empty)
        begun = time.perf_counter()
        load_keys(path, backend=None, passphrase=lambda: PASSPHRASE)
        print(
            f"keys out of a file under a passphrase: {time.perf_counter() - begun:.2f} s of each start but the bare"
        )
        source = [sys.executable, "-m", "console"]
        say("bare PySide6 window", [sys.executable, "-c", BARE], Path(folder))
        for name, program in (("source", source), ("bundle", [str(options.bundle)])):
            if name == "bundle" and not options.bundle:
                print("bundle: not measured; name it with --bundle")
                continue
            say(f"{name}, empty store", [*program, "--store", str(empty)], Path(folder))
            say(f"{name}, {facts:,} facts, {hits:,} hits", [*program, "--store", str(path)], Path(folder))


def made(path: Path) -> StoreKeys:
    """Make an empty store whose keys are under the passphrase."""
    keys = create_keys(path, backend=None, passphrase=lambda: PASSPHRASE).keys
    stores.create(path, keys.key, keys.signer).close()
    return keys


def make(path: Path, folder: Path, facts: int, hits: int) -> None:
    """Write refreshes of a department, one after the other, until there are enough facts; then the hits."""
    begun = time.perf_counter()
    said = list(copied(read(folder / "desk"), COPIES))
    keys, controls = made(path), discover_controls()
    each = sum(len(step.facts) for step in said)
    with stores.Store.open(path, keys.key, signer=keys.signer, clock=stores.clock) as store:
        for _ in range(max(facts // each, 1)):
            refresh(store, said)
        judge(store, controls)
    fill(path, hits, keys)
    times = max(facts // each, 1)
    print(
        f"a store of {times * each:,} facts in {times} refreshes, {hits:,} hits: "
        f"{path.stat().st_size / 1e6:,.0f} MB, made in {time.perf_counter() - begun:.0f} s"
    )


def say(what: str, command: list[str], folder: Path) -> None:
    """Start a program several times and print the middle of what was seen."""
    starts = [start(command, folder) for _ in range(STARTS)]
    painted, shown, settled, megabytes, processor = (
        statistics.median(getattr(each, name) for each in starts) for name in Start.__dataclass_fields__
    )
    print(
        f"{what:<52} painted {painted:6.2f} s  shown {shown:6.2f} s  "
        f"settled {settled:6.2f} s  {processor:6.2f} s of CPU  {megabytes:5.0f} MB",
        flush=True,
    )


def start(command: list[str], folder: Path) -> Start:
    """Start a program on a screen of its own and watch it until it stands still."""
    seen = Path(tempfile.mkdtemp(dir=folder))
    home = Path(tempfile.mkdtemp(dir=folder))
    with screen(seen) as display:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(home),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
        }
        begun = time.perf_counter()
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvpe(command[0], command, environment)  # noqa: S606 - a program of ours
        try:
            return watched(pid, terminal, seen, begun)
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(terminal)


def watched(pid: int, terminal: int, seen: Path, begun: float) -> Start:
    """Answer the question for the passphrase, and see when the window is painted and when it stands still."""
    painted, changed, last, drawn = 0.0, begun, b"", 0.0
    while (now := time.perf_counter()) - begun < LONGEST:
        if select.select([terminal], [], [], 0.02)[0] and b"assphrase" in os.read(terminal, 4096):
            os.write(terminal, PASSPHRASE.encode() + b"\n")
        shown = picture(seen)[::9, ::5, :3].tobytes()
        if shown != last:
            last, drawn = shown, now - begun
        if drawn == now - begun or is_busy(pid):
            changed = now
        if not painted and len({shown[at : at + 3] for at in range(0, len(shown), 3)}) > PAINTED:
            painted = now - begun
        if painted and now - changed > STILL:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            return Start(painted, drawn, changed - begun, int(resident.split()[1]) / 1000, processor(pid))
    raise TimeoutError(f"nothing stood still within {LONGEST:.0f} s")


def is_busy(pid: int) -> bool:
    """Tell whether a thread of a process runs, waits for a processor, or for the disk."""
    states = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            states.append((thread / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[0])
    return bool({"R", "D"} & set(states))


def processor(pid: int) -> float:
    """Return the seconds of processor that a process has spent."""
    said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / TICK


if __name__ == "__main__":
    main()
