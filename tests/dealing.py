"""Which worker begins with what: each with some of what takes long, so that what is left in the end is short."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Test = TypeVar("Test")
_TOGETHER = ("collectors", "standin", "reports")
"""Folders whose modules share what takes long to make: one worker has them, as long as others have enough to do."""
_ALONE = "journeys"
"""The folder whose modules take seconds to minutes, each."""
_FIRST = ("test_bundle.py", "collectors")
"""What takes longest, and so begins before all else."""


def dealt(tests: Sequence[Test], workers: int, file_of: Callable[[Test], Path]) -> list[Test]:
    """Return the tests in an order whose even parts each begin with some of what takes long.

    `worksteal` gives each worker an even part to begin with, and later what others have last.
    """
    groups: dict[str, list[Test]] = {}
    short = []
    for each in tests:
        file = file_of(each)
        if file.parent.name == _ALONE:
            groups.setdefault(file.name, []).append(each)
        elif file.parent.name in _TOGETHER:
            groups.setdefault(file.parent.name, []).append(each)
        else:
            short.append(each)
    parts: list[list[Test]] = [[] for _ in range(workers)]
    for turn, name in enumerate(sorted(groups, key=_rank)):
        parts[turn % workers].extend(groups[name])
    order: list[Test] = []
    for turn, part in enumerate(parts):
        even = (len(tests) - len(order)) // (workers - turn)
        room = max(even - len(part), 0)
        order += [*part, *short[:room]]
        del short[:room]
    return [*order, *short]


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
