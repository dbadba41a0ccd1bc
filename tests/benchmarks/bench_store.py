"""Print how fast the store takes facts, beside the same inserts into plain SQLite, and how fast it gives them back.

`nox -s benchmarks -- store [--steps N]`. The plain file is the standard library's `sqlite3`, unencrypted, with the same
tables and indexes and no triggers, in the same transactions, given rows that were made beforehand: no canonical bytes,
no hashes, no salts, no tree.
"""

import argparse
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import stores
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.store import Ended

_FACTS = 5
_BATCH = 100
_COPIED = ("refresh", "place", "step", "context", "body", "observation", "leaf")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=8000)
    options = parser.parse_args()
    steps = [Step(stores.KIND, Scope(f"{number:012d}", "eu-west-2")) for number in range(options.steps)]
    facts = len(steps) * _FACTS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.db"
        first, sealed = written(path, steps)
        size = path.stat().st_size
        plain = copied(path, Path(folder) / "plain.db")
        again, _ = written(path, steps)
        grown = path.stat().st_size - size
        with stores.reopened(path, read_only=True) as store:
            started = time.perf_counter()
            snapshot = store.snapshot()
            read = len(snapshot.facts(stores.KIND)) if snapshot else 0
            reading = time.perf_counter() - started
    print(f"store: {facts:,} facts in {len(steps):,} steps, {_BATCH} steps a transaction")
    print(
        f"  append             {facts / first:9,.0f} facts/s, encrypted, hashed and salted; sealed in {sealed:.2f} s"
    )
    print(f"  plain sqlite3      {facts / plain:9,.0f} facts/s: the same rows, made beforehand")
    print(f"  append unchanged   {facts / again:9,.0f} facts/s, {grown / size:.1%} more bytes")
    print(f"  read back          {read / reading:9,.0f} facts/s of the second refresh")
    print(f"  size               {size / facts:9,.0f} bytes a fact")


def written(path: Path, steps: list[Step]) -> tuple[float, float]:
    """Do one refresh; return the seconds of appending, and those of sealing."""
    ended = [Ended(step=each, facts=tuple(stores.facts_of(each, _FACTS))) for each in steps]
    with stores.reopened(path) if path.exists() else stores.create(path) as store:
        refresh_id = stores.begin(store, steps)
        started = time.perf_counter()
        for at in range(0, len(ended), _BATCH):
            store.record_all(refresh_id, (), ended[at : at + _BATCH])
        appended = time.perf_counter()
        store.seal(refresh_id, RefreshState.COMPLETE)
        return appended - started, time.perf_counter() - appended


def copied(path: Path, to: Path) -> float:
    """Return the seconds of inserting a store's rows into a plain file."""
    tables = {table: stores.sql(path, f"SELECT * FROM {table}") for table in _COPIED}  # noqa: S608 - our own names
    shapes = stores.sql(
        path, "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    )
    connection = sqlite3.connect(to, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for (shape,) in shapes:
        connection.execute(shape)
    started = time.perf_counter()
    for table, rows in tables.items():
        for batch in batches(rows):
            connection.execute("BEGIN IMMEDIATE")
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)  # noqa: S608 - our own names
            connection.execute("COMMIT")
    took = time.perf_counter() - started
    connection.close()
    return took


def batches(rows: list[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    """Yield rows as many at a time as a transaction of steps has."""
    for at in range(0, len(rows), _BATCH * _FACTS):
        yield rows[at : at + _BATCH * _FACTS]


if __name__ == "__main__":
    main()
