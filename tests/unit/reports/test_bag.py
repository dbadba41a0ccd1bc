import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.reports.bag import (
    BAGIT,
    INFO,
    MANIFEST,
    TAG_MANIFEST,
    BadBagError,
    bag,
    manifest,
    oxum,
    read_manifest,
    read_oxum,
)

PAYLOAD = {"b.csv": b"1", "a/c.json": b"{}"}
HASHES = st.dictionaries(
    st.from_regex(r"[a-z/]{1,20}", fullmatch=True), st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
)


def test_a_bag_lists_its_payload_and_its_tags() -> None:
    files = bag(PAYLOAD, [("Source-Organization", "Examples")])
    assert set(files) == {"data/b.csv", "data/a/c.json", BAGIT, INFO, MANIFEST, TAG_MANIFEST}
    assert set(read_manifest(files[MANIFEST])) == {"data/b.csv", "data/a/c.json"}
    assert set(read_manifest(files[TAG_MANIFEST])) == {BAGIT, INFO, MANIFEST}
    assert files[INFO] == b"Source-Organization: Examples\nPayload-Oxum: 3.2\n"
    assert read_oxum(files[INFO]) == "3.2"


def test_the_order_of_files_does_not_matter() -> None:
    assert bag(dict(reversed(PAYLOAD.items())), []) == bag(PAYLOAD, [])


@given(HASHES)
def test_a_manifest_reads_back(hashes: dict[str, str]) -> None:
    assert read_manifest(manifest(hashes)) == hashes


@pytest.mark.parametrize(
    "text",
    [
        b"no manifest",
        b"\xff",
        b"0" * 64 + b" *a\n",
        b"0" * 64 + b"  b\n" + b"0" * 64 + b"  a\n",
        b"0" * 64 + b"  a\n" + b"0" * 64 + b"  a\n",
        b"0" * 64 + b"  a",
    ],
)
def test_a_manifest_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(BadBagError):
        read_manifest(text)


@pytest.mark.parametrize("text", [b"", b"Payload-Oxum: 1.1\nPayload-Oxum: 2.2\n", b"Payload-Oxum: many\n"])
def test_a_length_that_is_not_said_once_is_refused(text: bytes) -> None:
    with pytest.raises(BadBagError):
        read_oxum(text)


def test_a_length_is_bytes_and_files() -> None:
    assert oxum({"a": 10, "b": 5}) == "15.2"
