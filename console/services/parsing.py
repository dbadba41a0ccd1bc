"""Several processes that read records of logs: what takes the time is Python's, and it shares one core.

They know neither the store nor its key nor any credentials; they are given what objects hold and the key of digests,
and give back columns without a word of a prompt.
"""

import os
import pickle
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from queue import Queue
from typing import IO, Self

from console.base.errors import ConsoleError
from console.services.child import program
from console.usage.batch import Batch, BatchMaker, Spot
from console.usage.lines import lines_of
from console.usage.record import RecordReader

_MOST = 8
_DONE = 0


class LostParserError(ConsoleError):
    """A process that reads records ended without a word."""

    code = "SVC-030"
    remedy = (
        "Read the logs again: it goes on from what was read. If it ends again, the computer may lack memory."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An object as it was fetched."""

    name: str
    mark: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What is known of an object once it was read."""

    name: str
    mark: str
    calls: int
    damaged: int
    gaps: tuple[Spot, ...]
    others: Mapping[str, int]
    """Damaged lines that are not among the gaps, by why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedGroup:
    """Objects that were read together."""

    batch: Batch
    objects: tuple[Parsed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsing:
    """With what a process begins."""

    secret: bytes
    now: datetime


class Parser:
    """Reads groups of objects in this process."""

    def __init__(self, parsing: Parsing) -> None:
        self._maker = BatchMaker(RecordReader(parsing.secret, parsing.now))

    def parse(self, group: Sequence[Packed]) -> ParsedGroup:
        """Read the objects of a group, one after another."""
        self._maker.begin()
        batch = self._maker.batch
        parsed = []
        for each in group:
            calls, gaps, damaged = len(batch), len(batch.gaps), batch.damaged.copy()
            self._maker.add(lines_of(each.content))
            spots = tuple(batch.gaps[gaps:])
            more = batch.damaged - damaged
            parsed.append(
                Parsed(
                    name=each.name,
                    mark=each.mark,
                    calls=len(batch) - calls,
                    damaged=more.total(),
                    gaps=spots,
                    others=_unsaid(more, spots),
                )
            )
        return ParsedGroup(batch=batch, objects=tuple(parsed))


def _unsaid(damaged: Mapping[str, int], spots: Sequence[Spot]) -> dict[str, int]:
    left = dict(damaged)
    for spot in spots:
        left[spot.damage.value] -= 1
    return {why: count for why, count in left.items() if count}


class Parsers:
    """As many processes as there are cores to keep busy; safe to share between threads."""

    def __init__(self, parsing: Parsing, environment: Mapping[str, str], count: int | None = None) -> None:
        """Take what processes begin with; the first group starts them. With one, whoever asks reads in its own."""
        self._wanted = min(os.cpu_count() or 1, _MOST) if count is None else count
        self._parsing = parsing
        self._environment = environment
        self._starting = threading.Lock()
        self._processes: list[_Process] = []
        self._idle: Queue[_Process | Parser] = Queue()
        self._has_begun = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes."""
        return tuple(each.pid for each in self._processes)

    def parse(self, group: Sequence[Packed]) -> ParsedGroup:
        """Read a group as soon as a process is free; raise `LostParserError` if that process is gone."""
        self._begin()
        process = self._idle.get()
        try:
            return process.parse(group)
        finally:
            self._idle.put(process)

    def _begin(self) -> None:
        with self._starting:
            if self._has_begun:
                return
            self._has_begun = True
            if self._wanted > 1:
                self._processes = [_Process(self._parsing, self._environment) for _ in range(self._wanted)]
            for each in self._processes:
                self._idle.put(each)
            if not self._processes:
                self._idle.put(Parser(self._parsing))

    def close(self) -> None:
        """End the processes."""
        for each in self._processes:
            each.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Process:
    """One process that reads."""

    def __init__(self, parsing: Parsing, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [*program(), "usage", "read", "--parser"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: value for name, value in environment.items() if not name.startswith("AWS_")},
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise LostParserError("a process that reads records has no pipes")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._say(parsing)

    @property
    def pid(self) -> int:
        return self._process.pid

    def parse(self, group: Sequence[Packed]) -> ParsedGroup:
        self._say(list(group))
        try:
            parsed: ParsedGroup = pickle.load(self._stdout)  # noqa: S301 - from this program's own child
        except (EOFError, OSError, pickle.UnpicklingError):
            raise LostParserError("a process that reads records ended") from None
        return parsed

    def close(self) -> None:
        try:
            self._stdin.close()
        except OSError:
            self._process.kill()
        self._process.wait()
        self._stdout.close()

    def _say(self, said: object) -> None:
        try:
            pickle.dump(said, self._stdin, pickle.HIGHEST_PROTOCOL)
            self._stdin.flush()
        except OSError:
            raise LostParserError("a process that reads records ended") from None


def serve_parsing(stdin: IO[bytes], stdout: IO[bytes]) -> int:
    """Be such a process until the input ends; return the exit code."""
    try:
        parser = Parser(pickle.load(stdin))  # noqa: S301 - from this program's own parent
        while True:
            group = pickle.load(stdin)  # noqa: S301 - as above
            pickle.dump(parser.parse(group), stdout, pickle.HIGHEST_PROTOCOL)
            stdout.flush()
    except (EOFError, OSError, pickle.UnpicklingError):
        return _DONE
