import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.evidence.ledger import (
    CompactRange,
    Tree,
    cover,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

INPUTS = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves of the Certificate Transparency project's own test vectors."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
LEAVES = [leaf_hash(each) for each in INPUTS]
SIZES = st.integers(1, 70)


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(str(each).encode()) for each in range(count)]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(2**power for power in range(len(leaves).bit_length()) if 2**power < len(leaves))
    left, right = naive_root(leaves[:split]), naive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 9162, section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    split = max(2**power for power in range(len(leaves).bit_length()) if 2**power < len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 9162, section 2.1.4.1."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = max(2**power for power in range(len(leaves).bit_length()) if 2**power < len(leaves))
    if old <= split:
        return [*naive_subproof(old, leaves[:split], whole=whole), naive_root(leaves[split:])]
    return [*naive_subproof(old - split, leaves[split:], whole=False), naive_root(leaves[:split])]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]).hex() == Tree(()).root(0).hex() == CompactRange().root().hex() == EMPTY


def test_leaves_and_nodes_are_told_apart_by_their_first_byte() -> None:
    assert leaf_hash(b"ab") == hashlib.sha256(b"\x00ab").digest()
    assert node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]
    assert Tree(LEAVES).root(size).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_published_vectors(index: int, size: int, proof: list[str]) -> None:
    made = Tree(LEAVES).inclusion(index, size)
    assert [each.hex() for each in made] == proof
    assert verify_inclusion(LEAVES[index], index, size, made, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_published_vectors(old: int, new: int, proof: list[str]) -> None:
    made = Tree(LEAVES).consistency(old, new)
    assert [each.hex() for each in made] == proof
    older, newer = (bytes.fromhex(ROOTS[size - 1]) for size in (old, new))
    assert verify_consistency(old, new, older, newer, made)


@given(SIZES)
def test_the_root_is_what_the_rfcs_recursion_gives(size: int) -> None:
    leaves = numbered(size)
    assert root_of(leaves) == Tree(leaves).root(size) == naive_root(leaves)


@given(st.data(), SIZES)
def test_every_inclusion_proof_is_the_rfcs_and_verifies(data: st.DataObject, size: int) -> None:
    leaves = numbered(size)
    seen = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, seen - 1))
    proof = Tree(leaves).inclusion(index, seen)
    assert proof == naive_path(index, leaves[:seen])
    assert verify_inclusion(leaves[index], index, seen, proof, naive_root(leaves[:seen]))


@given(st.data(), SIZES)
def test_no_altered_inclusion_proof_verifies(data: st.DataObject, size: int) -> None:
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = Tree(leaves).inclusion(index, size), naive_root(leaves)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, root)
    assert not verify_inclusion(leaves[index], index, size, [*proof, root], root)
    for at in range(len(proof)):
        assert not verify_inclusion(
            leaves[index], index, size, [*proof[:at], b"\0" * 32, *proof[at + 1 :]], root
        )
        assert not verify_inclusion(leaves[index], index, size, proof[:at] + proof[at + 1 :], root)
    for wrong in {0, size // 2, size - 1} - {index}:
        assert not verify_inclusion(leaves[index], wrong, size, proof, root)


@given(st.data(), SIZES)
def test_every_consistency_proof_is_the_rfcs_and_verifies(data: st.DataObject, new: int) -> None:
    leaves = numbered(new)
    old = data.draw(st.integers(1, new))
    proof = Tree(leaves).consistency(old, new)
    assert proof == naive_subproof(old, leaves)
    assert verify_consistency(old, new, naive_root(leaves[:old]), naive_root(leaves), proof)


@given(st.data(), st.integers(2, 70))
def test_a_tree_whose_past_was_rewritten_has_no_consistency_proof(data: st.DataObject, new: int) -> None:
    leaves = numbered(new)
    old = data.draw(st.integers(1, new - 1))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:changed], leaf_hash(b"other"), *leaves[changed + 1 :]]
    proof = Tree(rewritten).consistency(old, new)
    assert not verify_consistency(old, new, naive_root(leaves[:old]), naive_root(rewritten), proof)
    right = Tree(leaves).consistency(old, new)
    assert not verify_consistency(old, new, naive_root(leaves[:old]), naive_root(leaves), right[:-1])
    assert not verify_consistency(
        old, new, naive_root(leaves[:old]), naive_root(leaves), [*right, b"\0" * 32]
    )


def test_verifying_refuses_what_cannot_be() -> None:
    root = root_of(LEAVES)
    assert not verify_inclusion(LEAVES[0], -1, 8, [], root)
    assert not verify_inclusion(LEAVES[0], 8, 8, [], root)
    assert not verify_consistency(8, 3, root, root, [])
    assert not verify_consistency(-1, 3, root, root, [])
    assert not verify_consistency(3, 8, root, root, [])
    assert not verify_consistency(8, 8, root, LEAVES[0], [])
    assert not verify_consistency(8, 8, root, root, [root])
    assert verify_consistency(0, 8, bytes.fromhex(EMPTY), root, [])
    assert not verify_consistency(0, 8, root, root, [])


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_range_grows_on_from_its_nodes(before: int, after: int) -> None:
    leaves = numbered(before + after)
    first = CompactRange()
    for leaf in leaves[:before]:
        first.append(leaf)
    grown = CompactRange(first.size, first.nodes())
    for leaf in leaves[before:]:
        grown.append(leaf)
    assert (grown.size, grown.root()) == (before + after, naive_root(leaves))


def test_a_range_with_the_wrong_number_of_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves need 2 nodes"):
        CompactRange(3, b"\0" * 32)


def test_a_tree_refuses_sizes_it_does_not_have() -> None:
    tree = Tree(LEAVES)
    assert tree.size == 8
    assert tree.consistency(0, 8) == tree.consistency(8, 8) == []
    for ask in (
        lambda: tree.root(9),
        lambda: tree.root(-1),
        lambda: tree.inclusion(0, 9),
        lambda: tree.inclusion(3, 3),
        lambda: tree.inclusion(-1, 3),
        lambda: tree.consistency(4, 3),
        lambda: tree.consistency(-1, 3),
        lambda: tree.consistency(1, 9),
    ):
        with pytest.raises(ValueError, match=r"leaves|leaf"):
            ask()


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 9))
def test_a_tree_grows_by_the_nodes_over_a_run_of_leaves_as_by_the_leaves(
    before: int, run: int, after: int
) -> None:
    leaves = [leaf_hash(str(each).encode()) for each in range(before + run + after)]
    grown = CompactRange()
    for leaf in leaves[:before]:
        grown.append(leaf)
    grown.extend(run, cover(before, leaves[before : before + run]))
    for leaf in leaves[before + run :]:
        grown.append(leaf)
    assert (grown.size, grown.root()) == (len(leaves), root_of(leaves))


def test_nodes_that_do_not_fit_are_refused() -> None:
    grown = CompactRange()
    grown.append(leaf_hash(b"a"))
    with pytest.raises(ValueError, match="no node of level 1"):
        grown.append(leaf_hash(b"b"), 1)
    with pytest.raises(ValueError, match="4 leaves after 1 need 3 nodes"):
        grown.extend(4, b"")
