"""Print how long 400 accounts take to judge from the store: all of it, and what changed in a second refresh.

`nox -s benchmarks -- assess [--copies N]`. The organisation is the demo department, read once over HTTP and
copied: each member account again and again under other numbers. In the second refresh four accounts changed a little.
The floor is reading the same facts from the same store.
"""

import argparse
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import stores
from console.base.memory import without_collection
from console.base.settings import PolicySettings
from console.domain.evidence import Fact, Snapshot
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.store import Ended, Store
from console.services.assess import assess_snapshot, discover_controls, save_assessment
from journeys.estates import WHOLE, an_estate, new_desk

_BATCH = 200
_OF_EVERY_ACCOUNT = ("organizations.account", "organizations.child", "organizations.policy_target")
"""Kinds of the management account that name members one by one."""
_CHANGED_ACCOUNTS = 4
_CHANGED = 0.1
"""Share of the steps with facts that say something else there."""
_NOW = datetime(2026, 11, 23, tzinfo=UTC)
Answer = TypeVar("Answer")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=36)
    options = parser.parse_args()
    controls = discover_controls()
    with TemporaryDirectory() as folder:
        said = list(copied(read(Path(folder) / "desk"), options.copies))
        path = Path(folder) / "evidence.db"
        accounts = len({each.step.scope.account_id for each in said})
        with stores.create(path) as store:
            refresh(store, said)
            first, whole = timed(lambda: judge(store, controls))
            refresh(store, changed(said))
            second, part = timed(lambda: judge(store, controls))
            third, same = timed(lambda: judge(store, controls, PolicySettings(minimum_log_retention_days=30)))
            _, floor = timed(lambda: read_all(store))
            alone, again = timed(lambda: judge(store, controls, alone=True))
    print(f"assess: {accounts} accounts, {len(said):,} scopes, {len(controls)} controls; {first:,} questions")
    print(f"  everything          {whole:6.2f} s   {whole / floor:4.1f} times the floor")
    print(f"  what changed        {part:6.2f} s   {second:,} questions put again; everything {again:.2f} s")
    print(f"  another setting     {same:6.2f} s   {third:,} questions put again")
    print(
        f"  floor               {floor:6.2f} s   reading the facts; {alone:,} questions without what was kept"
    )


def read(folder: Path) -> list[Ended]:
    """Refresh the demo department and return what each step said."""
    with an_estate(WHOLE) as estate:
        desk = new_desk(estate, folder)
        desk.refresh()
    with desk.snapshot() as snapshot:
        facts: defaultdict[tuple[str, Scope], list[Fact]] = defaultdict(list)
        for kind in {step.kind for step in snapshot.steps()}:
            for fact in snapshot.facts(kind):
                facts[kind, fact.scope].append(fact)
        return [
            Ended(
                step=step,
                facts=tuple(facts[step.kind, step.scope]),
                gaps=tuple(snapshot.gaps(step.kind, step.scope)),
            )
            for step in snapshot.steps()
        ]


def copied(department: list[Ended], copies: int) -> Iterator[Ended]:
    """Yield the department's steps, and those of its member accounts again under other numbers."""
    management = next(
        str(fact.payload["MasterAccountId"])
        for each in department
        for fact in each.facts
        if each.step.kind == "organizations.organization"
    )
    members = sorted({each.step.scope.account_id for each in department} - {management})
    for each in department:
        kind, scope = each.step.kind, each.step.scope
        if scope.account_id != management:
            yield each
            for number in range(1, copies):
                yield renamed(each, members, number)
        elif kind in _OF_EVERY_ACCOUNT:
            named = [fact for fact in each.facts if any(member in fact.key for member in members)]
            more = [
                replace(fact, key=other(fact.key, members, number), payload=payload(fact, members, number))
                for number in range(1, copies)
                for fact in named
            ]
            yield replace(each, facts=(*each.facts, *more))
        else:
            yield each


def renamed(each: Ended, members: list[str], number: int) -> Ended:
    """Return a step as another account would have it."""
    scope = Scope(other(each.step.scope.account_id, members, number), each.step.scope.region)
    facts = tuple(
        replace(
            fact,
            scope=scope,
            key=other(fact.key, members, number),
            payload=payload(fact, members, number),
        )
        for fact in each.facts
    )
    gaps = tuple(replace(gap, scope=scope, key=other(gap.key, members, number)) for gap in each.gaps)
    return Ended(step=replace(each.step, scope=scope), facts=facts, gaps=gaps)


def payload(fact: Fact, members: list[str], number: int) -> dict[str, object]:
    """Return a payload with other accounts' numbers."""
    renamed: dict[str, object] = json.loads(other(json.dumps(fact.payload), members, number))
    return renamed


def other(text: str, members: list[str], number: int) -> str:
    """Return a text with the numbers of other accounts."""
    for at, member in enumerate(members):
        text = text.replace(member, f"{500000000000 + number * 100 + at}")
    return text


def changed(said: list[Ended]) -> list[Ended]:
    """Return steps of which a few, in a few accounts, say something else."""
    chance = random.Random(1)
    accounts = sorted({each.step.scope.account_id for each in said})
    some = set(chance.sample(accounts, min(_CHANGED_ACCOUNTS, len(accounts))))

    def different(each: Ended) -> Ended:
        first, *rest = each.facts
        return replace(each, facts=(replace(first, payload={**first.payload, "Changed": 1}), *rest))

    return [
        different(each)
        if each.facts and each.step.scope.account_id in some and chance.random() < _CHANGED
        else each
        for each in said
    ]


def refresh(store: Store, said: list[Ended]) -> None:
    """Write a refresh."""
    refresh_id = stores.begin(store, [Step(each.step.kind, each.step.scope) for each in said])
    for at in range(0, len(said), _BATCH):
        store.record_all(refresh_id, (), said[at : at + _BATCH])
    store.seal(refresh_id, RefreshState.COMPLETE)


def judge(
    store: Store,
    controls: tuple,  # type: ignore[type-arg]
    policy: PolicySettings = PolicySettings(),  # noqa: B008 - a value
    *,
    alone: bool = False,
) -> int:
    """Judge the newest refresh as the program does; return how many questions were put."""
    snapshot = opened(store)
    made = assess_snapshot(snapshot, controls, policy, _NOW, None if alone else store)
    if not alone:
        save_assessment(store, made)
    return made.asked


def read_all(store: Store) -> int:
    """Read every fact of the newest refresh."""
    snapshot = opened(store)
    with without_collection():
        return sum(len(snapshot.facts(kind)) for kind in {step.kind for step in snapshot.steps()})


def opened(store: Store) -> Snapshot:
    """Return the newest refresh."""
    snapshot = store.snapshot()
    if snapshot is None:
        raise SystemExit(f"nothing was read into {os.fspath(store.path)}")
    return snapshot


def timed(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """Return what work gives, and its seconds."""
    started = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - started


if __name__ == "__main__":
    main()
