"""Anything that others may hand in is answered, or refused with a remedy: no crash, no hang, no flood of memory.

In every run of the tests each reader is given few inputs, and in the nightly as many as `FUZZ_SECONDS` allow.
"""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from fuzz.keeping import SEED, keep, kept_inputs
from fuzz.targets import TARGETS, Target, answered

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
"""For each reader and test; without it there are a few inputs."""
FEW = 25
pytestmark = pytest.mark.timeout(180 if not SECONDS else int(SECONDS) + 900)
COSTLY = {"pack": 2, "sealed-pack": 2}
"""How many times fewer there are of what takes long to make."""
MOST_MEMORY = 400 * 2**20
"""Bytes that damaged files of a target may add to the most that the process ever held."""
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["", "*", "${x}", "2026-02-30", "9" * 400, "\ud800", "\x00", "A" * 5_000]),
    st.integers(min_value=2**63, max_value=2**70),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def cut_and_pasted(draw: st.DrawFn, seed: bytes) -> bytes:
    """Return a seed with parts of it changed, taken out, doubled or replaced."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        until = min(len(content), at + draw(st.sampled_from([0, 1, 2, 8, 200])))
        how = draw(st.integers(0, 3))
        if how == 0:
            content[at:until] = draw(st.binary(max_size=16))
        elif how == 1:
            del content[at:until]
        elif how == 2:
            content[at:at] = content[at:until] * draw(st.integers(1, 50))
        else:
            del content[at:]
    return bytes(content)


def mangled(draw: st.DrawFn, seed: bytes) -> bytes:
    """Return a seed of JSON with one member somewhere replaced, taken out or renamed."""
    case: Any = json.loads(seed)
    at = case
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and at[key] and draw(st.integers(0, 3)):
            at = at[key]
            continue
        how = draw(st.integers(0, 2))
        if how == 0 or isinstance(at, list):
            at[key] = draw(JSON)
        elif how == 1:
            del at[key]
        else:
            at[draw(st.text(max_size=8))] = at.pop(key)
        break
    return json.dumps(case).encode()


def mangled_inside(draw: st.DrawFn, seed: bytes) -> bytes:
    """Return the name of a file and what is in it, with its JSON, or that of one of its lines, mangled."""
    name, _, held = seed.partition(b"\n")
    try:
        return name + b"\n" + mangled(draw, held)
    except ValueError:
        lines = held.splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    if lines[at][:1] != b"{":
        return cut_and_pasted(draw, seed)
    lines[at] = mangled(draw, lines[at])
    return b"\n".join([name, *lines, b""])


@st.composite
def inputs(draw: st.DrawFn, target: Target) -> bytes:
    seed = draw(st.sampled_from(target.seeds()))
    how = draw(st.integers(0, 9))
    if how == 0:
        return draw(st.binary(max_size=400))
    if how <= 7 and target.is_named_file:
        return mangled_inside(draw, seed)
    if how <= 6 and target.is_json and seed[:1] in (b"{", b"[") and b"\n{" not in seed:
        return mangled(draw, seed)
    return cut_and_pasted(draw, seed)


def turns(of_one: int, seconds: float = SECONDS) -> Iterator[int]:
    """Count turns of so many inputs, until there were a few or the time is over."""
    until = time.monotonic() + seconds
    for turn in count():
        if turn and (time.monotonic() >= until if SECONDS else turn * of_one >= FEW):
            return
        yield turn


def turns_after_the_last_run(name: str, of_one: int) -> Iterator[int]:
    """Count on from where the last run of a reader ended; a turn that found something is the next run's first."""
    file = kept_inputs() / name / "turns"
    file.parent.mkdir(parents=True, exist_ok=True)
    first = int(file.read_text()) if file.exists() else 0
    for turn in turns(of_one):
        yield first + turn
        file.write_text(f"{first + turn + 1}\n")


def held() -> int:
    """Return the most bytes that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@pytest.mark.parametrize("name", TARGETS)
def test_anything_is_answered_or_refused_with_a_remedy(name: str) -> None:
    target = TARGETS[name]
    many = max(FEW // COSTLY.get(name, 1), 5)
    tried = 0

    def read(content: bytes) -> None:
        nonlocal tried
        tried += 1
        answered(target, content)

    chosen = settings(max_examples=many, deadline=None, suppress_health_check=list(HealthCheck))
    if not SECONDS:
        chosen(given(inputs(target))(read))()
        return
    began, found = time.monotonic(), []
    database = DirectoryBasedExampleDatabase(kept_inputs() / "examples")
    chosen = settings(chosen, max_examples=4 * many, database=database)
    try:
        for turn in turns_after_the_last_run(name, 4 * many):
            seed(SEED + turn)(chosen(given(inputs(target))(read)))()
    except BaseException as error:
        found.append(repr(error))
        raise
    finally:
        keep("made", name, {"inputs": tried, "seconds": round(time.monotonic() - began), "found": found})


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_damaged_takes_no_flood_of_memory(name: str) -> None:
    """Without Hypothesis, which keeps what it drew."""
    target = TARGETS[name]
    draw = random.Random(name)
    seeds = target.seeds()
    before = held()
    for _ in turns(COSTLY.get(name, 1), SECONDS / 4):
        content = bytearray(draw.choice(seeds))
        for _ in range(draw.randint(1, 3)):
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        answered(target, bytes(content))
    assert held() - before < MOST_MEMORY


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_program_itself_writes_is_answered(name: str) -> None:
    """Or nothing behind the first check would ever be tried."""
    target = TARGETS[name]
    assert any(answered(target, seed) for seed in target.seeds())


DEEP = 200_000


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize(
    "content",
    [
        b"[" * DEEP,
        b'{"a":' * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b"a = " + b"[" * DEEP,
        b"a." * DEEP + b"b = 1",
        b"\x1f\x8b" + b"\0" * DEEP,
        b"9" * DEEP,
        b'{"Statement":' + b"9" * DEEP + b"}",
        b"\xff\xfe" * DEEP,
        b"",
    ],
    ids=["lists", "objects", "closed", "toml", "dotted", "gzip", "digits", "number", "utf-16", "nothing"],
)
def test_what_is_nested_or_long_without_end_is_answered_or_refused(name: str, content: bytes) -> None:
    answered(TARGETS[name], content)
