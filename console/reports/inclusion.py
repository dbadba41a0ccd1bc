"""The proof that the evidence of a pack is in the signed ledger, and how much of the reading the pack does not hold."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.evidence.ledger import CompactRange, cover
from console.reports.exhibits import BadLineError


@dataclass(frozen=True, slots=True)
class Run:
    """Entries on end that a pack does not hold: how many follow on `after`, and the fewest nodes over their leaves."""

    after: int
    count: int
    nodes: bytes


def absent_runs(leaves: Iterable[tuple[int, bytes, bool]]) -> tuple[Run, ...]:
    """Return the runs of entries that are left out, from each entry's number, leaf and whether it is in the pack."""
    runs: list[Run] = []
    waiting: list[bytes] = []
    after = 0
    for number, leaf, is_held in leaves:
        if not is_held:
            after = after if waiting else number - 1
            waiting.append(leaf)
        elif waiting:
            runs.append(Run(after, len(waiting), cover(after, waiting)))
            waiting = []
    if waiting:
        runs.append(Run(after, len(waiting), cover(after, waiting)))
    return tuple(runs)


def inclusion(first: int, tree_size: int, left: CompactRange, absent: Sequence[Run] = ()) -> bytes:
    """Return the proof that entries from `first` to `tree_size` are in the tree of that size.

    It is the nodes over everything before, and over what is left out in between. From them and the entries' own leaves
    the root is computed anew: one proof for a whole refresh, which shows too how much of it the pack does not hold.
    """
    said: dict[str, object] = {"first": first, "left": _listed(left.nodes()), "tree_size": tree_size}
    if absent:
        said["absent"] = [[run.after, run.count, _listed(run.nodes)] for run in absent]
    return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()


def _listed(nodes: bytes) -> list[str]:
    text = nodes.hex()
    return [text[at : at + 64] for at in range(0, len(text), 64)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """A proof as it was read back."""

    first: int
    tree_size: int
    left: CompactRange
    absent: tuple[Run, ...] = ()

    @property
    def left_out(self) -> int:
        """The number of entries of the reading that the pack does not hold."""
        return sum(run.count for run in self.absent)

    def root(self, leaves: Mapping[int, bytes]) -> bytes:
        """Return the root over everything before, the entries' leaves and the runs; raise `BadLineError` for a hole."""
        grown = CompactRange(self.left.size, self.left.nodes())
        runs = {run.after: run for run in self.absent}
        while grown.size < self.tree_size:
            run, leaf = runs.pop(grown.size, None), leaves.get(grown.size + 1)
            if run is not None and run.count > 0:
                grown.extend(run.count, run.nodes)
            elif leaf is not None:
                grown.append(leaf)
            else:
                raise BadLineError(f"entry {grown.size + 1} is neither there nor said to be left out")
        if runs or grown.size != self.tree_size:
            raise BadLineError("what is left out is not what the proof says")
        return grown.root()


def read_inclusion(text: bytes) -> Inclusion:
    """Read what `inclusion` wrote; raise `BadLineError` for anything else."""
    try:
        said = json.loads(text)
        first, tree_size = said["first"], said["tree_size"]
        left = CompactRange(max(first - 1, 0), bytes.fromhex("".join(said["left"])))
        absent = tuple(
            Run(after, count, bytes.fromhex("".join(nodes))) for after, count, nodes in said.get("absent", ())
        )
        is_written = first >= 1 and inclusion(first, tree_size, left, absent) == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadLineError("the inclusion proof is malformed") from None
    if not is_written:
        raise BadLineError("the inclusion proof is not in the form that was written")
    return Inclusion(first=first, tree_size=tree_size, left=left, absent=absent)
