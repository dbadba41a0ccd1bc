"""A Merkle tree as RFC 9162 (section 2.1) defines it: roots, proofs and their verification; no storage.

Invariants: a leaf is `SHA-256(0x00 || data)`, a node `SHA-256(0x01 || left || right)`, the empty tree
`SHA-256("")`; a tree of n leaves splits at the largest power of two below n. Hence two trees that share
their first m leaves share every complete node over them, which is what a consistency proof shows.
"""

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in one pass and with O(log n) memory."""
    grown = CompactRange()
    for leaf in leaves:
        grown.append(leaf)
    return grown.root()


class CompactRange:
    """The fewest nodes from which a tree can grow: one for each bit set in its size, largest first."""

    __slots__ = ("_nodes", "size")

    def __init__(self, size: int = 0, nodes: bytes = b"") -> None:
        if len(nodes) != size.bit_count() * HASH_BYTES:
            raise ValueError(f"{size} leaves need {size.bit_count()} nodes, not {len(nodes)} bytes")
        self.size = size
        self._nodes = [nodes[at : at + HASH_BYTES] for at in range(0, len(nodes), HASH_BYTES)]

    def append(self, node: bytes, level: int = 0) -> None:
        """Add a leaf hash, or the node over 2**level leaves, joining equal subtrees as a binary counter carries."""
        carry, rest = divmod(self.size, 1 << level)
        if rest:
            raise ValueError(f"after {self.size} leaves there is no node of level {level}")
        while carry & 1:
            node = node_hash(self._nodes.pop(), node)
            carry >>= 1
        self._nodes.append(node)
        self.size += 1 << level

    def extend(self, count: int, nodes: bytes) -> None:
        """Add the next `count` leaves by the nodes that `cover` made of them."""
        levels = _levels(self.size, count)
        if len(nodes) != len(levels) * HASH_BYTES:
            raise ValueError(
                f"{count} leaves after {self.size} need {len(levels)} nodes, not {len(nodes)} bytes"
            )
        for at, level in enumerate(levels):
            self.append(nodes[at * HASH_BYTES : (at + 1) * HASH_BYTES], level)

    def root(self) -> bytes:
        """Return the tree's root as it is now."""
        if not self._nodes:
            return hashlib.sha256(b"").digest()
        node = self._nodes[-1]
        for left in reversed(self._nodes[:-1]):
            node = node_hash(left, node)
        return node

    def nodes(self) -> bytes:
        """Return the nodes end to end; with `size` they restore this range."""
        return b"".join(self._nodes)


def cover(after: int, leaves: Sequence[bytes]) -> bytes:
    """Return the fewest nodes over leaves that follow on `after` others, end to end."""
    nodes: list[bytes] = []
    at = 0
    for level in _levels(after, len(leaves)):
        nodes.append(root_of(leaves[at : at + (1 << level)]))
        at += 1 << level
    return b"".join(nodes)


def _levels(after: int, count: int) -> list[int]:
    """Return the levels of the largest aligned subtrees over `count` leaves that follow on `after` others."""
    levels: list[int] = []
    until = after + count
    while after < until:
        fits = (until - after).bit_length() - 1
        aligned = (after & -after).bit_length() - 1 if after else fits
        levels.append(min(fits, aligned))
        after += 1 << levels[-1]
    return levels


class Tree:
    """A tree held in memory, for proofs in O(log n) each after O(n) once."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Sequence[bytes]) -> None:
        level = list(leaves)
        self._levels = [level]
        while len(level) > 1:
            level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
            self._levels.append(level)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` leaves."""
        self._within(size)
        return self._hash(0, size) if size else hashlib.sha256(b"").digest()

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Prove that leaf `index` is in the tree of the first `size` leaves."""
        self._within(size)
        if not 0 <= index < size:
            raise ValueError(f"leaf {index} is not in a tree of {size}")
        proof: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Prove that the first `old` of the first `new` leaves are the older tree, unchanged."""
        self._within(new)
        if not 0 <= old <= new:
            raise ValueError(f"a tree of {old} leaves is no earlier one of {new}")
        if old in (0, new):
            return []
        proof: list[bytes] = []
        start, end, leftmost = 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start, leftmost = middle, False
        if not leftmost:
            proof.append(self._hash(start, end))
        return proof[::-1]

    def _within(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError(f"this tree has {self.size} leaves, not {size}")

    def _hash(self, start: int, end: int) -> bytes:
        """Return the hash over leaves `start` to `end`; complete subtrees are looked up."""
        size = end - start
        if size & (size - 1) == 0:
            return self._levels[size.bit_length() - 1][start // size]
        middle = start + _split(size)
        return node_hash(self._hash(start, middle), self._hash(middle, end))


def _split(size: int) -> int:
    """Return the largest power of two below `size`, which is 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` shows `leaf` at `index` under `root` (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether `proof` shows that the newer tree extends the older one (section 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 <= old < new:
        return False
    if old == 0:
        return not proof and old_root == hashlib.sha256(b"").digest()
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and older == old_root and newer == new_root
