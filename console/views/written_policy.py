"""A policy's document as text, with the lines of each statement, and two of them side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from console.views.text import inert_lines


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """A document, safe to show."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    """The first line of each statement and the line after its last, from 0."""


def written_policy(document: object) -> WrittenPolicy:
    """Return a document pretty-printed; one that is not JSON is shown as it is, without statements."""
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            return WrittenPolicy(inert_lines(str(document)))
    if not isinstance(document, Mapping):
        return WrittenPolicy(_json(document))
    lines: list[str] = ["{"]
    spans: list[tuple[int, int]] = []
    members = list(document.items())
    for place, (name, value) in enumerate(members):
        comma = "," if place + 1 < len(members) else ""
        if name == "Statement":
            _add_statements(lines, spans, value, comma)
        else:
            _add(lines, f"  {_json(name)}: {_json(value)}{comma}", "  ")
    return WrittenPolicy("\n".join((*lines, "}")), tuple(spans))


def _add_statements(lines: list[str], spans: list[tuple[int, int]], value: object, comma: str) -> None:
    if not isinstance(value, list):
        start = len(lines)
        _add(lines, f'  "Statement": {_json(value)}{comma}', "  ")
        spans.append((start, len(lines)))
        return
    if not value:
        lines.append(f'  "Statement": []{comma}')
        return
    lines.append('  "Statement": [')
    for place, statement in enumerate(value):
        start = len(lines)
        _add(lines, f"    {_json(statement)}{',' if place + 1 < len(value) else ''}", "    ")
        spans.append((start, len(lines)))
    lines.append(f"  ]{comma}")


def _add(lines: list[str], text: str, indent: str) -> None:
    first, *rest = text.split("\n")
    lines.append(first)
    lines.extend(f"{indent}{each}" for each in rest)


def _json(value: object) -> str:
    return inert_lines(json.dumps(value, indent=2, ensure_ascii=False, default=str))


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts and the lines in which they differ, from 0."""

    before: str
    after: str
    gone: frozenset[int]
    """Lines of the first that the second does not have."""
    new: frozenset[int]
    """Lines of the second that the first does not have."""


def side_by_side(before: str, after: str) -> SideBySide:
    """Compare two texts line by line."""
    ours, theirs = before.split("\n"), after.split("\n")
    gone: set[int] = set()
    new: set[int] = set()
    for what, from_, to, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what != "equal":
            gone.update(range(from_, to))
            new.update(range(start, end))
    return SideBySide(before, after, frozenset(gone), frozenset(new))
