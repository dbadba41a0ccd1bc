"""Makers of real, encrypted stores with known content."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.engine import connect
from console.evidence.store import Ended, Store
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from fakes import fact, provenance

KEY = StoreKey(bytes(range(32)))
OTHER_KEY = StoreKey(bytes(range(1, 33)))
SIGNER = SigningKey(bytes(range(2, 34)))
KIND = "bedrock.guardrail"
MARK = "planted-plaintext-marker"
"""A text that is in every fact made here, and must never be on the disk."""


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


def scope(number: int, region: str = "eu-west-2") -> Scope:
    return Scope(f"{number:012d}", region)


def step(number: int, kind: str = KIND) -> Step:
    return Step(kind, scope(number))


def facts_of(of: Step, count: int = 2, **members: Any) -> list[Fact]:
    payload = {"mark": f"{MARK} {of.scope}", **members}
    return [fact(of.kind, f"thing-{each}", {**payload, "number": each}, of.scope) for each in range(count)]


def gap_of(of: Step, **changes: Any) -> Gap:
    said = {"reason": GapReason.DENIED, "detail": f"{MARK}: not allowed", **changes}
    return Gap(kind=of.kind, scope=of.scope, provenance=provenance(), **said)


def create(path: Path, key: StoreKey = KEY, signer: SigningKey = SIGNER) -> Store:
    return Store.create(path, key, signer=signer, clock=clock)


def reopened(path: Path, key: StoreKey = KEY, *, read_only: bool = False) -> Store:
    return Store.open(path, key, signer=None if read_only else SIGNER, clock=clock, read_only=read_only)


def begin(store: Store, steps: Iterable[Step] = ()) -> int:
    refresh_id = store.begin_refresh(caller="arn:aws:iam::1:role/a", botocore="1.44.5", tool_version="0.1.0")
    store.plan(refresh_id, steps)
    return refresh_id


def refreshed(
    store: Store,
    steps: Sequence[Step],
    seen: Callable[[Step], Sequence[Fact] | Gap] = facts_of,
    state: RefreshState = RefreshState.COMPLETE,
) -> int:
    """Do a whole refresh, sealed."""
    refresh_id = begin(store, steps)
    for each in steps:
        put(store, refresh_id, each, seen(each))
    store.seal(refresh_id, state)
    return refresh_id


def ended(of: Step, facts: Sequence[Fact]) -> Ended:
    return Ended(step=of, facts=tuple(facts))


def put(store: Store, refresh_id: int, of: Step, seen: Sequence[Fact] | Gap) -> None:
    facts = () if isinstance(seen, Gap) else seen
    store.record(refresh_id, of, facts, [seen] if isinstance(seen, Gap) else [])


def sql(path: Path, *statements: str, key: StoreKey = KEY) -> list[tuple[Any, ...]]:
    """Do what the store's own code never does; return the last statement's rows."""
    connection = connect(path, key, read_only=False)
    try:
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows
    finally:
        connection.close()


def without_triggers(path: Path, *statements: str) -> None:
    """Change a store as a hostile owner of its key would: the triggers are dropped first, and put back."""
    triggers = sql(path, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    drops = [f"DROP TRIGGER {name}" for name, _ in triggers]
    sql(path, "PRAGMA foreign_keys = OFF", *drops, *statements, *[text for _, text in triggers])


def damage(path: Path, page: int, at: int = 2000) -> None:
    """Flip one bit of a page, counted from 1."""
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + at] ^= 1
    path.write_bytes(content)


def pages(path: Path) -> int:
    return path.stat().st_size // 4096


def child(code: str, *arguments: object, **options: Any) -> "subprocess.Popen[str]":
    """Start Python on `code`, which may import this module; the arguments come as one JSON list."""
    start = (
        f"import sys, json; sys.path[:0] = {[str(Path(__file__).parent)]!r}; args = json.loads(sys.argv[1])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start + code, json.dumps([str(each) for each in arguments])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(process: "subprocess.Popen[str]") -> str:
    """Return what a child said once it ended well."""
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return said
