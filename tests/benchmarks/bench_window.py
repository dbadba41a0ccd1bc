"""Print how soon the window is there, against a bare PySide6 window, and its worst stalls.

Each start is a process of its own, the best of five, from its birth until the window was drawn (what it does then,
such as reading the evidence, is not in it); a stall is the longest time between two ticks of a 5 ms timer: while the
evidence is read and the pages are made, with nothing to do, and while a refresh of the demo estate runs in its child
process. The time of the window's thread alone stands beside the first: on a busy machine the rest is waiting. An
officer is taken to be at work; a look for garbage, for which the window waits until nobody is, stands by itself. Of
each worst stall the shortest of three runs is printed, because what else a machine does only adds to it.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from console.services.standin import started
from journeys.estates import new_desk

STARTS, STALLS = 5, 3
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QTableView, QMainWindow
application = QApplication([])
window = QMainWindow(); window.setCentralWidget(QTableView()); window.resize(1440, 900); window.show()
application.processEvents(); window.grab()
"""
DRAWN = """
import time
print(time.time())
"""
OURS = """
import os, sys
from pathlib import Path
from console.bootstrap import Parts
from console.services.job import Job
from console.ui.main import _application, make_window
from console.ui.preferences import Preferences
from console.vault.keystore import StoreKeys
job = Job.read(sys.stdin.readline())
parts = Parts(store_path=job.store, settings=job.settings, keys=StoreKeys(job.key, job.signer), environment=os.environ)
application = _application()
window = make_window(parts, application, Preferences(None), "light"); window.show()
application.processEvents(); window.grab()
"""
FULL = "\nfrom console.ui.pictures import settle\nsettle(window); window.grab()\n"
STALL = """
import json, time
from PySide6.QtCore import QTimer, QElapsedTimer
from console.ui.main import SWITCH_SECONDS
from console.ui.tidying import Tidying
sys.setswitchinterval(SWITCH_SECONDS)
Tidying(window.touch, window.jobs, window.asking)
worst, last = 0.0, time.perf_counter()
own, worked = 0.0, time.thread_time()
def tick():
    global worst, last, own, worked
    window.touch.at = time.monotonic()
    now, busy = time.perf_counter(), time.thread_time()
    worst, own = max(worst, now - last), max(own, busy - worked)
    last, worked = now, busy
timer = QTimer(); timer.timeout.connect(tick); timer.start(5)
def measured(seconds):
    global worst, last
    worst, last = 0.0, time.perf_counter()
    QTimer.singleShot(int(seconds * 1000), application.quit); application.exec()
    return worst * 1000
window.build_ahead()
filling = measured(8)
filling_own = own * 1000
idle = measured(5)
begun = time.perf_counter(); __import__("gc").collect(); tidied = (time.perf_counter() - begun) * 1000
window.flow.refresh()
window.flow.refresh_run.ended.connect(lambda *_: application.quit())
worst, last = 0.0, time.perf_counter()
application.exec()
print(json.dumps({"filling": filling, "own": filling_own, "idle": idle, "refreshing": worst * 1000,
                  "tidied": tidied}))
"""


def main() -> None:
    """Run and print."""
    with started(accounts=12, seed=7, environment=os.environ) as estate, TemporaryDirectory() as folder:
        desk = new_desk(estate, Path(folder))
        desk.refresh()
        line = desk.job.line() + "\n"
        bare = best(BARE, "")
        ours = best(OURS, line)
        full = best(OURS + FULL, line)
        print(f"bare PySide6 window       {bare:6.0f} ms")
        print(f"our window, first paint   {ours:6.0f} ms   {ours / bare:.1f} times the bare window")
        print(f"our window, evidence in   {full:6.0f} ms   {full / bare:.1f} times the bare window")
        environment = {**os.environ, **estate.environment}
        runs = [json.loads(ran(OURS + STALL, line, environment)) for _ in range(STALLS)]
        stall = {name: min(each[name] for each in runs) for name in runs[0]}
        print(
            f"worst stall, filling      {stall['filling']:6.0f} ms   {stall['own']:.0f} ms of it the window's thread"
        )
        print(f"worst stall, idle         {stall['idle']:6.0f} ms")
        print(f"a look for garbage        {stall['tidied']:6.0f} ms, while nobody touches the window")
        print(f"worst stall, refreshing   {stall['refreshing']:6.0f} ms")


def best(code: str, line: str) -> float:
    """Return the shortest of several starts, in milliseconds."""
    times = []
    for _ in range(STARTS):
        begun = time.time()
        times.append(float(ran(code + DRAWN, line, os.environ)) - begun)
    return min(times) * 1000


def ran(code: str, line: str, environment: "os._Environ[str] | dict[str, str]") -> str:
    """Run code in a fresh process and return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", code],
        input=line,
        capture_output=True,
        text=True,
        check=True,
        env=dict(environment),
    ).stdout


if __name__ == "__main__":
    main()
