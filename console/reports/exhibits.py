r"""Evidence as an auditor gets it: one line for each ledger entry, and what ties the lines together.

A line is `{"statement":S,"body":B}`, or `{"statement":S,"erased":true}` where the body was erased. The bytes count, so
that any tool can repeat it: `SHA-256(B)` is `body_sha256` in S, and `SHA-256("\x00" + S)` is a leaf of the signed tree.

Where something was redacted, a line is `{"leaf":L,"redacted":S,"body":B}` (or `"withheld":true` in place of a body that
is not handed out). S is then what is left of the statement, without its salt and the body's hash: a short value could
be guessed from either. L is the leaf of the whole statement, which the department can disclose later.

A file holds what one operation answered in one Region of one account. A pack of more than `MOST_FILES` such files has
one for each kind instead.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from console.evidence.extract import LedgerEntry
from console.evidence.ledger import leaf_hash
from console.evidence.records import TOMBSTONE, Statement, statement_bytes
from console.reports.zipform import is_safe_part

FOLDER = "evidence/"
LEDGER = "ledger"
"""The file of what has no kind: seals and tombstones."""
_START = b'{"statement":'
_BODY = b',"body":'
_ERASED = b',"erased":true}'
_LEAF = b'{"leaf":"'
_REDACTED = b'","redacted":'
_WITHHELD = b',"withheld":true}'
_ENDS = ((_ERASED, "erased"), (_WITHHELD, "withheld"))
_LEAF_DIGITS = 64
_KIND = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9_]+)*")
_NO_PATH = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_PART = 60
MOST_FILES = 20_000
"""A plain zip holds 65,535 files, and every tool grows slow before that."""


class BadLineError(ValueError):
    """A line is not an exhibit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One ledger entry as it was read back from a line."""

    statement: Statement
    body: bytes | None
    """None where it was erased or withheld."""
    leaf: bytes
    is_redacted: bool = False
    """Whether the statement is only what is left of it, and the leaf is to be taken as it is given."""
    is_withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """A ledger entry as a pack shows it."""

    statement: Statement
    """Of a redacted one, what is left of it."""
    body: bytes | None
    leaf: bytes = b""
    """Of the whole statement; empty unless something was redacted."""
    is_withheld: bool = False

    @property
    def is_redacted(self) -> bool:
        """Tell whether something of it is not shown."""
        return bool(self.leaf)


def shown(entry: LedgerEntry) -> ShownEntry:
    """Return an entry of which everything is shown."""
    return ShownEntry(statement=entry.statement, body=entry.body)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in a pack."""

    file: str
    """Below `data/`."""
    line: int

    def __str__(self) -> str:
        """Write it as editors do."""
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class Exhibits:
    """Evidence as files, and where each entry stands in them."""

    files: dict[str, bytes] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    kept: dict[int, ShownEntry] = field(default_factory=dict)
    """Entries that the report opens."""
    erased: list[ShownEntry] = field(default_factory=list)
    tombstones: list[ShownEntry] = field(default_factory=list)
    redacted: int = 0

    def observed_at(self, sequence: int) -> str:
        """Return when a kept entry was seen."""
        return str(self.kept[sequence].statement["observed_at"])


class _Line(NamedTuple):
    """An entry as it is written, with what it takes to put it into a file."""

    number: int
    kind: str
    text: bytes


def exhibit(entries: Iterable[ShownEntry], wanted: Collection[int], most_files: int = MOST_FILES) -> Exhibits:
    """Write `entries` out one by one, and keep the `wanted` ones at hand."""
    made = Exhibits()
    placed: dict[str, list[_Line]] = {}
    for entry in entries:
        number = _number(entry)
        kind = str(entry.statement["kind"])
        placed.setdefault(_file(entry.statement), []).append(_Line(number, kind, line(entry)))
        if number in wanted:
            made.kept[number] = entry
        made.redacted += entry.is_redacted
        if entry.body is None and not entry.is_withheld:
            made.erased.append(entry)
        if entry.statement["type"] == TOMBSTONE:
            made.tombstones.append(entry)
    if len(placed) > most_files:
        placed = _by_kind(placed)
    for file in sorted(placed):
        held = placed.pop(file)
        made.files[file] = b"".join(each.text for each in held)
        for number, each in enumerate(held, 1):
            made.places[each.number] = Place(file, number)
    made.erased.sort(key=_number)
    made.tombstones.sort(key=_number)
    return made


def _number(entry: ShownEntry) -> int:
    return int(entry.statement["sequence"])


def _file(said: Statement) -> str:
    """Return the file of an entry: account, Region and operation, in names that every system can unpack."""
    if not _KIND.fullmatch(str(said["kind"])):
        return f"{FOLDER}{LEDGER}.jsonl"
    operation = str(said.get("operation") or said["kind"]).replace(":", ".")
    parts = (str(said.get("account_id") or "organisation"), str(said.get("region") or "global"), operation)
    return f"{FOLDER}{'/'.join(map(_part, parts))}.jsonl"


def _part(text: str) -> str:
    """Return a text as the name of a folder or file."""
    part = _NO_PATH.sub("-", text)[:_LONGEST_PART].strip("-._")
    return part if part and is_safe_part(part) else f"x-{part}"


def _by_kind(placed: Mapping[str, list[_Line]]) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = {}
    for each in sorted((each for held in placed.values() for each in held), key=lambda each: each.number):
        file = f"{FOLDER}{each.kind if _KIND.fullmatch(each.kind) else LEDGER}.jsonl"
        found.setdefault(file, []).append(each)
    return found


def line(entry: LedgerEntry | ShownEntry) -> bytes:
    """Return one entry as a line."""
    said = statement_bytes(entry.statement)
    if isinstance(entry, ShownEntry) and entry.leaf:
        head = _LEAF + entry.leaf.hex().encode() + _REDACTED + said
        none = _WITHHELD if entry.is_withheld else _ERASED
    else:
        head, none = _START + said, _ERASED
    return head + none + b"\n" if entry.body is None else head + _BODY + entry.body + b"}\n"


def read_line(text: bytes) -> Exhibit:
    """Read what `line` wrote, without its line feed; a body is not parsed, because its hash is what counts."""
    leaf, inner = _leaf(text)
    said, mark, rest = inner.partition(_BODY)
    body: bytes | None = rest.removesuffix(b"}") if mark else None
    end = ""
    if not mark:
        bare, end = next(
            ((inner[: -len(tail)], name) for tail, name in _ENDS if inner.endswith(tail)), (b"", "")
        )
        said = bare
    is_withheld = end == "withheld"
    try:
        statement = json.loads(said)
        is_written = (
            _is_flat(statement)
            and not (is_withheld and not leaf)
            and line(ShownEntry(statement=statement, body=body, leaf=leaf, is_withheld=is_withheld))
            == text + b"\n"
        )
    except (ValueError, RecursionError):
        is_written = False
    if not is_written:
        raise BadLineError("it is not in the form that was written")
    return Exhibit(
        statement=statement,
        body=body,
        leaf=leaf or leaf_hash(said),
        is_redacted=bool(leaf),
        is_withheld=is_withheld,
    )


def _leaf(text: bytes) -> tuple[bytes, bytes]:
    """Return the leaf that a redacted line gives, and what follows; empty for one that shows everything."""
    if not text.startswith(_LEAF):
        return b"", text.removeprefix(_START)
    digits, _, rest = text.removeprefix(_LEAF).partition(_REDACTED)
    try:
        return bytes.fromhex(digits.decode("ascii")) if len(digits) == _LEAF_DIGITS else b"", rest
    except ValueError:
        return b"", rest


def _is_flat(statement: object) -> bool:
    """Tell whether it is names with texts and numbers, as every statement is, its own two numbers among them."""
    return (
        isinstance(statement, dict)
        and all(type(value) in (str, int) for value in statement.values())
        and all(type(statement.get(name)) is int for name in ("sequence", "refresh"))
    )
