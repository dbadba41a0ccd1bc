"""Invocation logs: a million records from gzip to aggregates beside two floors, and a table of ten million hits.

`nox -s benchmarks -- usage 100000 1000000` takes a tenth of each.
"""

import gzip
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import numpy as np
import orjson

import stores
from console.base.settings import Settings
from console.domain.usage import Chunk, LogSource, Portion, SourceKind
from console.evidence.store import Store
from console.services.exercise import exercise
from console.services.log_reading import GROUP_OBJECTS, _Writer
from console.services.parsing import Packed, Parsers, Parsing
from console.services.usage import Usages
from console.usage.batch import Catch
from console.usage.dictionary import Query
from console.usage.record import Setting
from console.usage.selecting import peek, ranks_of, select
from console.vault.keystore import StoreKeys
from usage_logs import EVERYTHING, NOW, SECRET, caught, line, record

RECORDS, ROWS = 1_000_000, 10_000_000
PER_OBJECT = 1_000
TEMPLATES = 400
HIT_EVERY = 33
WORDS = "council tax band appeal evidence hearing deadline letter applicant household rebate notice officer review "
SOURCE = LogSource(kind=SourceKind.S3, account_id="1" * 12, region="eu-west-2", name="bucket/prefix/")
SETTINGS, CATCHES, CHUNK = 4_000, 600, 250_000
DAY = 20_700


def main() -> None:
    wanted = [int(each) for each in sys.argv[1:] if each.isdigit()]
    records, rows = (*wanted, *(RECORDS, ROWS)[len(wanted) :])
    with tempfile.TemporaryDirectory(prefix="bench-usage-") as folder:
        if "table" not in sys.argv:
            ingest(Path(folder), records)
        if "ingest" not in sys.argv:
            table(Path(folder), rows)


def say(what: str, seconds: float, more: str = "") -> None:
    print(f"{what:<62} {seconds:9.3f} s  {more}")


def make_objects(folder: Path, records: int) -> tuple[list[Path], int]:
    """Write objects of records with about 2 KB of words each; every 33rd has what guardrails caught."""
    marker = str(UUID(int=0)).encode()
    small = {
        "topicPolicy": EVERYTHING["topicPolicy"],
        "sensitiveInformationPolicy": EVERYTHING["sensitiveInformationPolicy"],
    }
    plain, hit = [], []
    draw = random.Random(7)
    vocabulary = [f"{word}{number}" for word in WORDS.split() for number in range(30)]
    for number in range(TEMPLATES):
        arn = f"arn:aws:sts::111122223333:assumed-role/app/session-{number % 40}"
        words = " ".join(draw.choices(vocabulary, k=220))
        body = {"messages": [{"role": "user", "content": [{"text": words}]}]}
        more = {"identity": {"arn": arn}, "timestamp": f"2026-11-{1 + number % 20:02}T10:00:00Z"}
        made = record(0, input={"inputTokenCount": 100, "inputBodyJson": body}, **more)
        plain.append(line(made))
        hit.append(line(caught(0, small, input={"inputTokenCount": 100, "inputBodyJson": body}, **more)))
    files, raw = [], 0
    for first in range(0, records, PER_OBJECT):
        rows = []
        for number in range(first, min(first + PER_OBJECT, records)):
            template = hit if number % HIT_EVERY == 0 else plain
            rows.append(template[number % TEMPLATES].replace(marker, str(UUID(int=number + 1)).encode()))
        content = b"\n".join(rows)
        raw += len(content)
        file = folder / f"{first:08}.json.gz"
        file.write_bytes(gzip.compress(content, 1))
        files.append(file)
    return files, raw


def scan(files: list[Path]) -> int:
    """Read every record with orjson and add up its tokens: what no reader of records can be faster than."""
    total = 0
    for file in files:
        for each in gzip.decompress(file.read_bytes()).split(b"\n"):
            total += orjson.loads(each)["input"]["inputTokenCount"]
    return total


def ingest(folder: Path, records: int) -> None:
    files, raw = make_objects(folder, records)
    packed = sum(each.stat().st_size for each in files)
    print(
        f"{records:,} records, {len(files):,} objects, {raw / 1e6:,.0f} MB raw, {packed / 1e6:,.0f} MB packed"
    )
    begun = perf_counter()
    for file in files:
        gzip.decompress(file.read_bytes())
    say("floor: gunzip alone, one process", perf_counter() - begun)
    begun = perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(scan, [files[0::2], files[1::2]])
    say("floor: orjson over every line, two processes", perf_counter() - begun)
    store = stores.create(folder / "evidence.db")
    writer = _Writer(store, Settings().policy.approved_regions)
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in before)
    groups = [files[at : at + GROUP_OBJECTS] for at in range(0, len(files), GROUP_OBJECTS)]
    begun = perf_counter()
    with Parsers(Parsing(secret=SECRET, now=NOW), os.environ, 2) as parsers, ThreadPoolExecutor(3) as threads:

        def read(group: list[Path]) -> tuple[int, int]:
            packed = [Packed(name=each.name, mark="m", content=each.read_bytes()) for each in group]
            settled = writer.add(SOURCE, parsers.parse(packed))
            return settled.fresh, len(settled.hit_rows)

        found = list(threads.map(read, groups))
    writer.fold()
    seconds = perf_counter() - begun
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in spent) - cpu
    calls, hits = (sum(each[at] for each in found) for at in (0, 1))
    rate = f"{calls:,} calls, {hits:,} hits, {calls / seconds:,.0f} a second"
    say("gzip to aggregates in the encrypted store, two parsers", seconds, f"{cpu:.1f} s of CPU; {rate}")
    begun = perf_counter()
    sums = Usages(store.usage).open().sums
    answer = sums.hits_by(Query(), "account", "policy")
    say("hits by account and policy, from kept sums", perf_counter() - begun, f"{len(answer)} groups")
    store.close()
    size = (folder / "evidence.db").stat().st_size
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"store {size / 1e6:,.1f} MB; this process at most {own} MB")
    for file in files:
        file.unlink()


def fill(path: Path, rows: int, keys: StoreKeys | None = None) -> None:
    """Write so many hits, as an ingest would have left them, into a new store, or into the one that the keys open."""
    draw = np.random.default_rng(7)
    settings = [
        Setting(
            f"{number % 100:012d}",
            "eu-west-2",
            ("eu-west-2", "eu-west-1")[number % 9 == 0],
            f"arn:aws:sts::{number % 100:012d}:assumed-role/app-{number % 37}/person-{number % 900}@example.gov.uk",
            f"anthropic.model-{number % 20}",
            ("Converse", "InvokeModel", "ConverseStream")[number % 3],
            "",
        )
        for number in range(SETTINGS)
    ]
    catches = [
        Catch(
            f"arn:aws:bedrock:eu-west-2:{number % 100:012d}:guardrail/g{number % 30}",
            str(number % 3 + 1),
            ("REQUEST", "ACCOUNT_ENFORCED", "ORGANIZATION_ENFORCED")[number % 3],
            ("content", "topic", "word", "sensitive information")[number % 4],
            f"TYPE_{number % 40}",
            ("BLOCKED", "ANONYMIZED", "NONE")[number % 3],
            ("input", "output")[number % 2],
        )
        for number in range(CATCHES)
    ]
    opened = (
        Store.open(path, keys.key, signer=keys.signer, clock=stores.clock) if keys else stores.create(path)
    )
    with opened as store:
        if not keys:
            exercise(store, stores.clock)
        for first in range(0, rows, CHUNK):
            count = min(CHUNK, rows - first)
            day = DAY + first // CHUNK
            setting = draw.integers(0, SETTINGS, count).astype("<u4")
            catch = draw.integers(0, CATCHES, count).astype("<u4")
            time = np.sort(draw.integers(day * 86_400, (day + 2) * 86_400, count)).astype("<u4")
            code = (
                (time // 86_400).astype(np.uint64) * SETTINGS * CATCHES + setting * np.uint64(CATCHES) + catch
            )
            kinds, many = np.unique(code, return_counts=True)
            chunk = Chunk(
                rows=count,
                time=time.tobytes(),
                setting=setting.tobytes(),
                catch=catch.tobytes(),
                request=draw.bytes(16 * count),
                digest=draw.bytes(8 * count),
            )
            hits = [
                (
                    int(kind) // (SETTINGS * CATCHES),
                    int(kind) // CATCHES % SETTINGS,
                    int(kind) % CATCHES,
                    int(each),
                )
                for kind, each in zip(kinds, many, strict=True)
            ]
            calls = [(int(each), 0, 3, count, 0, 0, 0, 0, 0) for each in np.unique(time // 86_400)]
            store.usage.add(
                Portion(
                    source=SOURCE,
                    settings=settings,
                    catches=catches,
                    calls=calls,
                    hits=sample(hits),
                    hit_rows=chunk,
                )
            )


def sample(hits: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return sums over fewer settings: a department's callers do not each meet each guardrail's every catch."""
    found: dict[tuple[int, ...], int] = {}
    for day, setting, catch, count in hits:
        key = (day, setting % 40, catch)
        found[key] = found.get(key, 0) + count
    return [(*key, count) for key, count in found.items()]


QUERIES: dict[str, Query] = {
    "all, newest first": Query(),
    "one policy": Query(chosen={"policy": frozenset({"topic"})}),
    "policy and account": Query(
        chosen={"policy": frozenset({"topic"}), "account": frozenset({"000000000007"})}
    ),
    "words in any column": Query(words="person-77 type_3"),
    "words, three of them, sorted by policy": Query(words="app-1 type converse", sort_by="policy"),
    "a week": Query(first_day=DAY + 5, last_day=DAY + 11),
    "all, sorted by caller": Query(sort_by="identity"),
    "all, sorted by model, upwards": Query(sort_by="model", descending=False),
    "one action, sorted by what was caught": Query(chosen={"action": frozenset({"NONE"})}, sort_by="type"),
    "everything at once": Query(
        words="arn guardrail",
        chosen={
            "origin": frozenset({"REQUEST"}),
            "side": frozenset({"input"}),
            "ran_in": frozenset({"eu-west-2"}),
        },
        first_day=DAY + 2,
        last_day=DAY + 30,
        sort_by="account",
    ),
}


def table(folder: Path, rows: int) -> None:
    path = folder / "table.db"
    begun = perf_counter()
    fill(path, rows)
    size = f"{path.stat().st_size / 1e6:,.0f} MB"
    say(f"made a store with {rows:,} hits", perf_counter() - begun, size)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, __file__, "measure", str(path)], check=True, env=environment)
    drawn = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", WINDOW, str(path), stores.KEY.hex()], check=True, env=drawn)


def measure(path: Path) -> None:
    """Measure in a process that has done nothing else."""
    with Store.open(path, stores.KEY, clock=stores.clock, read_only=True) as store:
        begun = perf_counter()
        usage = Usages(store.usage).open()
        say("opened: dictionaries and sums", perf_counter() - begun)
        begun = perf_counter()
        rows = usage.hit_rows()
        say(
            "opened: the columns of every row, out of the encrypted store",
            perf_counter() - begun,
            f"{len(rows):,} rows",
        )
        scanned = timed(lambda: int(np.count_nonzero(rows.catch > 1)))
        say("floor: numpy counts one column of all rows", scanned[0])
        worst = {"first": 0.0, "whole": 0.0, "jump": 0.0}
        for name, query in QUERIES.items():
            first, whole, jump, count = one(usage, rows, query)
            worst = {
                "first": max(worst["first"], first),
                "whole": max(worst["whole"], whole),
                "jump": max(worst["jump"], jump),
            }
            spent = (
                f"first rows {first * 1e3:6.1f} ms  whole {whole * 1e3:6.1f} ms  jump {jump * 1e3:5.1f} ms"
            )
            print(f"{name:<40} {spent}  {count:>12,} rows")
        print(
            "the slowest of all: " + ", ".join(f"{name} {each * 1e3:.1f} ms" for name, each in worst.items())
        )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory at most {most} MB")


WINDOW = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt
from console.base.settings import Settings
from console.bootstrap import Parts
from console.ui.main import _application, make_window
from console.ui.page import Target
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.vault.keystore import StoreKeys
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey

def held(what):
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(f"{what}:")).split()[1]) // 1024

keys = StoreKeys(StoreKey.from_hex(sys.argv[2]), SigningKey.generate())
parts = Parts(store_path=Path(sys.argv[1]), settings=Settings(), keys=keys, environment=os.environ)
application = _application()
shown = make_window(parts, application, Preferences(None), "light")
shown.show()
settle(shown)
print(f"the window, no hit opened: {held('VmRSS')} MB")
shown.go(Target("hits"))
settle(shown)
page = shown.frame.page
page.show_tab("hits")
settle(shown)
print(f"the page of hits, {page.hits.model.rowCount():,} rows at hand: {held('VmRSS')} MB")
after = []
for words in ("topic", "person-77 type_3", "arn guardrail", ""):
    page.filters.words.setText(words)
    settle(shown)
    after.append(held("VmRSS"))
for column in range(6):
    page.hits.grid.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    settle(shown)
    after.append(held("VmRSS"))
for place in (0, page.hits.model.rowCount() // 2, page.hits.model.rowCount() - 1):
    page.hits.grid.go_to(place)
    settle(shown)
    after.append(held("VmRSS"))
print(f"filtered, sorted by six columns, jumped: {max(after)} MB after a step, {held('VmHWM')} MB within one")
"""
"""The real window over the table, worked in: what the process holds, and not what its parts do."""


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Return the shortest of three runs, and what came of the last."""
    found = []
    answer = None
    for _ in range(3):
        answer = None
        begun = perf_counter()
        answer = do()
        found.append(perf_counter() - begun)
    return min(found), answer


def one(usage: Any, rows: Any, query: Query) -> tuple[float, float, float, int]:
    def first() -> list[int]:
        tally = usage.sums.tally(query, *ranks_of(rows, query)) if query.sort_by != "time" else None
        return peek(rows, query, 200, tally)

    quick, _ = timed(first)
    whole, view = timed(lambda: select(rows, query))

    def jump() -> None:
        for place in view.places(len(view) // 2, len(view) // 2 + 40):
            rows.light(place)
        if len(view):
            rows.row(view.at(len(view) // 2))

    leap, _ = timed(jump)
    return quick, whole, leap, len(view)


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(Path(sys.argv[2]))
    else:
        main()
