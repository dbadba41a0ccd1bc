from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical, sha256_hex
from console.evidence.extract import LedgerEntry
from console.evidence.ledger import CompactRange, leaf_hash, root_of
from console.evidence.records import leaf_of
from console.reports.exhibits import BadLineError, Place, ShownEntry, exhibit, line, read_line, shown
from console.reports.inclusion import Run, absent_runs, inclusion, read_inclusion
from console.reports.zipform import is_safe_name

NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)
STATEMENTS = st.builds(
    lambda said, sequence: {**said, "sequence": sequence, "refresh": 1},
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), NAMES | st.integers(0, 2**53), max_size=4),
    st.integers(1, 2**31),
)
BODIES = st.none() | st.recursive(
    NAMES | st.booleans() | st.none(), lambda inner: st.dictionaries(NAMES, inner, max_size=3)
).map(lambda value: canonical({"held": value}))


def entry(
    sequence: int, kind: str = "iam.user", body: bytes | None = b"{}", type_: str = "fact"
) -> LedgerEntry:
    said = {"sequence": sequence, "refresh": 1, "kind": kind, "type": type_, "body_sha256": sha256_hex(b"{}")}
    return LedgerEntry(statement=said, body=body)


@given(STATEMENTS, BODIES)
def test_a_line_reads_back_as_its_statement_body_and_leaf(
    statement: dict[str, str | int], body: bytes | None
) -> None:
    read = read_line(line(LedgerEntry(statement=statement, body=body)).removesuffix(b"\n"))
    assert (read.statement, read.body) == (statement, body)
    assert read.leaf == leaf_of(statement)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b'{"statement":[],"body":{}}',
        b'{"statement":{"sequence":1},"body":{}}',
        b'{"statement":{"refresh":true,"sequence":1},"body":{}}',
        b'{"statement":{"a":[],"refresh":1,"sequence":1},"body":{}}',
        b'{"statement":{"refresh":1,"sequence":1,"sequence":2},"body":{}}',
        b'{"statement":{"refresh":1, "sequence":1},"body":{}}',
        b'{"statement":{"refresh":1,"sequence":1},"body":{',
        b'{"statement":{"a":"\\ud800","refresh":1,"sequence":1},"body":{}}',
        b'{"statement":' + b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_line_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(BadLineError):
        read_line(text)


def placed(
    number: int, account: str = "111122223333", operation: str = "iam:ListUsers", **more: Any
) -> ShownEntry:
    said = entry(number, **more)
    where = {"account_id": account, "region": "eu-west-2", "operation": operation}
    return shown(LedgerEntry(statement={**said.statement, **where}, body=said.body))


def test_each_operation_in_a_place_has_a_file_and_each_entry_a_line() -> None:
    entries = [
        placed(5),
        placed(6, operation="iam:GetUser"),
        placed(7),
        placed(8, "222233334444"),
        placed(9, kind="", type_="seal"),
    ]
    made = exhibit(entries, {6})
    here = "evidence/111122223333/eu-west-2"
    assert {number: str(place) for number, place in made.places.items()} == {
        5: f"{here}/iam.ListUsers.jsonl:1",
        6: f"{here}/iam.GetUser.jsonl:1",
        7: f"{here}/iam.ListUsers.jsonl:2",
        8: "evidence/222233334444/eu-west-2/iam.ListUsers.jsonl:1",
        9: "evidence/ledger.jsonl:1",
    }
    assert made.files[f"{here}/iam.ListUsers.jsonl"] == line(entries[0]) + line(entries[2])
    assert made.kept == {6: entries[1]}


def test_too_many_files_become_one_for_each_kind() -> None:
    entries = [placed(2, "222233334444"), placed(1), placed(3, kind="", type_="seal")]
    made = exhibit(entries, (), most_files=2)
    assert made.files == {
        "evidence/iam.user.jsonl": line(entries[1]) + line(entries[0]),
        "evidence/ledger.jsonl": line(entries[2]),
    }


@pytest.mark.parametrize(
    "odd", ["../../etc/passwd", "a/b", "..", ".hidden", "a\nb", "\u202e", "{account:abc}", "CON "]
)
def test_no_name_leads_out_of_the_folder(odd: str) -> None:
    for made in (exhibit([placed(1, odd)], ()), exhibit([placed(1, operation=odd)], ())):
        (name,) = made.files
        assert is_safe_name(name), name
        assert name.startswith("evidence/")


@pytest.mark.parametrize("kind", ["../../etc/passwd", "a/b", "A", ".hidden", "a\nb"])
def test_an_entry_without_a_kind_of_ours_is_of_the_ledger(kind: str) -> None:
    assert exhibit([placed(1, kind=kind)], ()).places == {1: Place("evidence/ledger.jsonl", 1)}


def test_what_was_erased_and_its_tombstone_are_told_apart() -> None:
    made = exhibit([placed(1), placed(2, body=None), placed(3, kind="", type_="tombstone")], ())
    assert [each.statement["sequence"] for each in made.erased] == [2]
    assert [each.statement["sequence"] for each in made.tombstones] == [3]
    (file,) = [held for name, held in made.files.items() if name.endswith("ListUsers.jsonl")]
    assert file.splitlines()[1].endswith(b',"erased":true}')


@given(STATEMENTS, BODIES, st.booleans())
def test_a_redacted_line_reads_back_with_the_leaf_that_it_gives(
    statement: dict[str, str | int],
    body: bytes | None,
    is_withheld: bool,  # noqa: FBT001 - drawn
) -> None:
    made = ShownEntry(
        statement=statement, body=body, leaf=bytes(range(32)), is_withheld=is_withheld and body is None
    )
    read = read_line(line(made).removesuffix(b"\n"))
    assert (read.statement, read.body, read.leaf) == (statement, body, bytes(range(32)))
    assert (read.is_redacted, read.is_withheld) == (True, made.is_withheld)


@pytest.mark.parametrize(
    "text",
    [
        b'{"leaf":"00","redacted":{"refresh":1,"sequence":1},"body":{}}',
        b'{"leaf":"' + b"zz" * 32 + b'","redacted":{"refresh":1,"sequence":1},"body":{}}',
        b'{"leaf":"' + b"AB" * 32 + b'","redacted":{"refresh":1,"sequence":1},"body":{}}',
        b'{"statement":{"refresh":1,"sequence":1},"withheld":true}',
    ],
)
def test_a_redacted_line_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(BadLineError):
        read_line(text)


@given(st.integers(1, 300), st.lists(st.booleans(), min_size=1, max_size=300))
def test_what_is_left_out_and_what_is_there_give_the_root(first: int, held: list[bool]) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(first + len(held) - 1)]
    left = CompactRange()
    for leaf in leaves[: first - 1]:
        left.append(leaf)
    own = list(enumerate(leaves[first - 1 :], first))
    runs = absent_runs((number, leaf, here) for (number, leaf), here in zip(own, held, strict=True))
    proof = read_inclusion(inclusion(first, len(leaves), left, runs))
    there = {number: leaf for (number, leaf), here in zip(own, held, strict=True) if here}
    assert proof.root(there) == root_of(leaves)
    assert proof.left_out == held.count(False)
    if there:
        gone = dict(list(there.items())[1:])
        with pytest.raises(BadLineError):
            proof.root(gone)


@pytest.mark.parametrize(
    "runs", [(Run(0, 0, b""),), (Run(9, 1, bytes(32)),), (Run(0, 2, bytes(32)), Run(1, 1, bytes(32)))]
)
def test_runs_that_do_not_fit_are_refused(runs: tuple[Run, ...]) -> None:
    with pytest.raises((BadLineError, ValueError)):
        read_inclusion(inclusion(1, 2, CompactRange(), runs)).root({})


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_a_proof_reads_back(first: int, more: int) -> None:
    left = CompactRange(first - 1, bytes(32 * (first - 1).bit_count()))
    read = read_inclusion(inclusion(first, first + more, left))
    assert (read.first, read.tree_size, read.left.nodes()) == (first, first + more, left.nodes())


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"first":"1","tree_size":1,"left":[]}',
        b'{"first":1.5,"tree_size":1,"left":[]}',
        b'{"first":1,"tree_size":1,"left":[1]}',
        inclusion(1, 1, CompactRange()).replace(b"1,", b"-1,"),
    ],
)
def test_a_proof_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(BadLineError):
        read_inclusion(text)
