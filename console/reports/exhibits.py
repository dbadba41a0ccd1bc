r"""Evidence as an auditor gets it: one line for each ledger entry, one file for each kind, and what ties them together.

A line is `{"statement":S,"body":B}`, or `{"statement":S,"erased":true}` where the body was erased. The bytes count, so
that any tool can repeat it: `SHA-256(B)` is `body_sha256` in S, and `SHA-256("\x00" + S)` is a leaf of the signed tree.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from console.evidence.extract import LedgerEntry
from console.evidence.ledger import CompactRange, leaf_hash
from console.evidence.records import TOMBSTONE, Statement, statement_bytes

FOLDER = "evidence/"
LEDGER = "ledger"
"""The file of what has no kind: seals and tombstones."""
_START = b'{"statement":'
_BODY = b',"body":'
_ERASED = b',"erased":true}'
_KIND = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9_]+)*")


class BadLineError(ValueError):
    """A line is not an exhibit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One ledger entry as it was read back from a line."""

    statement: Statement
    body: bytes | None
    """None where it was erased."""
    leaf: bytes


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

    wanted: Collection[int] = ()
    """Entries to keep at hand for the report."""
    files: dict[str, bytes] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    kept: dict[int, LedgerEntry] = field(default_factory=dict)
    erased: list[LedgerEntry] = field(default_factory=list)
    tombstones: list[LedgerEntry] = field(default_factory=list)

    def observed_at(self, sequence: int) -> str:
        """Return when a wanted entry was seen."""
        return str(self.kept[sequence].statement["observed_at"])


def exhibit(entries: Iterable[LedgerEntry], wanted: Collection[int]) -> Exhibits:
    """Write `entries` out, and keep the `wanted` ones at hand."""
    made = Exhibits(wanted)
    written: dict[str, list[bytes]] = {}
    for entry in entries:
        said = entry.statement
        kind = str(said["kind"])
        file = f"{FOLDER}{kind if _KIND.fullmatch(kind) else LEDGER}.jsonl"
        lines = written.setdefault(file, [])
        lines.append(line(entry))
        sequence = int(said["sequence"])
        made.places[sequence] = Place(file, len(lines))
        if sequence in wanted:
            made.kept[sequence] = entry
        if entry.body is None:
            made.erased.append(entry)
        if said["type"] == TOMBSTONE:
            made.tombstones.append(entry)
    made.files = {file: b"".join(lines) for file, lines in written.items()}
    return made


def line(entry: LedgerEntry) -> bytes:
    """Return one entry as a line."""
    said = _START + statement_bytes(entry.statement)
    return said + _ERASED + b"\n" if entry.body is None else said + _BODY + entry.body + b"}\n"


def read_line(text: bytes) -> Exhibit:
    """Read what `line` wrote, without its line feed; a body is not parsed, because its hash is what counts."""
    inner = text.removeprefix(_START)
    if inner.endswith(_ERASED) and _BODY not in inner:
        said, body = inner[: -len(_ERASED)], None
    else:
        said, _, rest = inner.partition(_BODY)
        body = rest.removesuffix(b"}")
    try:
        statement = json.loads(said)
        is_written = _is_flat(statement) and line(LedgerEntry(statement=statement, body=body)) == text + b"\n"
    except (ValueError, RecursionError):
        is_written = False
    if not is_written:
        raise BadLineError("it is not in the form that was written")
    return Exhibit(statement=statement, body=body, leaf=leaf_hash(said))


def _is_flat(statement: object) -> bool:
    """Tell whether it is names with texts and numbers, as every statement is, its own two numbers among them."""
    return (
        isinstance(statement, dict)
        and all(type(value) in (str, int) for value in statement.values())
        and all(type(statement.get(name)) is int for name in ("sequence", "refresh"))
    )


def inclusion(first: int, tree_size: int, left: CompactRange) -> bytes:
    """Return the proof that all entries from `first` to `tree_size` are in the tree of that size.

    It is the nodes over everything before. From them and the entries' own leaves the root is computed anew: one
    proof of a dozen hashes for a whole refresh, which shows too that no entry within it was left out.
    """
    nodes = left.nodes().hex()
    listed = [nodes[at : at + 64] for at in range(0, len(nodes), 64)]
    said = {"first": first, "left": listed, "tree_size": tree_size}
    return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """A proof as it was read back."""

    first: int
    tree_size: int
    left: CompactRange


def read_inclusion(text: bytes) -> Inclusion:
    """Read what `inclusion` wrote; raise `BadLineError` for anything else."""
    try:
        said = json.loads(text)
        first, tree_size = said["first"], said["tree_size"]
        left = CompactRange(max(first - 1, 0), bytes.fromhex("".join(said["left"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadLineError("the inclusion proof is malformed") from None
    if first < 1 or inclusion(first, tree_size, left) != text:
        raise BadLineError("the inclusion proof is not in the form that was written")
    return Inclusion(first=first, tree_size=tree_size, left=left)
