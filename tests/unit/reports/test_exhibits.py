import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical, sha256_hex
from console.evidence.extract import LedgerEntry
from console.evidence.ledger import CompactRange
from console.evidence.records import leaf_of
from console.reports.exhibits import BadLineError, Place, exhibit, inclusion, line, read_inclusion, read_line

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


def test_each_kind_has_a_file_and_each_entry_a_place() -> None:
    entries = [entry(5), entry(6, "bedrock.data_retention"), entry(7), entry(8, "", type_="seal")]
    made = exhibit(entries, {6})
    assert set(made.files) == {
        "evidence/iam.user.jsonl", "evidence/bedrock.data_retention.jsonl", "evidence/ledger.jsonl",
    }  # fmt: skip
    assert made.files["evidence/iam.user.jsonl"] == line(entry(5)) + line(entry(7))
    assert {number: str(place) for number, place in made.places.items()} == {
        5: "evidence/iam.user.jsonl:1",
        6: "evidence/bedrock.data_retention.jsonl:1",
        7: "evidence/iam.user.jsonl:2",
        8: "evidence/ledger.jsonl:1",
    }
    assert made.kept == {6: entries[1]}


@pytest.mark.parametrize("kind", ["../../etc/passwd", "a/b", "A", ".hidden", "a\nb"])
def test_no_kind_leads_out_of_the_folder(kind: str) -> None:
    assert exhibit([entry(1, kind)], ()).places == {1: Place("evidence/ledger.jsonl", 1)}


def test_what_was_erased_and_its_tombstone_are_told_apart() -> None:
    made = exhibit([entry(1), entry(2, body=None), entry(3, "", type_="tombstone")], ())
    assert [each.statement["sequence"] for each in made.erased] == [2]
    assert [each.statement["sequence"] for each in made.tombstones] == [3]
    assert made.files["evidence/iam.user.jsonl"].splitlines()[1].endswith(b',"erased":true}')


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
