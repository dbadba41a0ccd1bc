import hashlib
import json
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.scope import Scope
from console.evidence.errors import DamagedStoreError, ErasedError
from console.evidence.ledger import leaf_hash
from console.evidence.records import (
    Row,
    gap_body,
    leaf_of,
    observation_of,
    pack_body,
    statement,
    unpack_body,
    verified_body,
)

BODY = b'{"name":"a"}'
ROW = Row(
    sequence=7,
    type="fact",
    refresh_id=3,
    kind="bedrock.guardrail",
    account_id="111122223333",
    region="eu-west-2",
    key="g-1",
    reason="",
    basis="",
    operation="bedrock:GetGuardrail",
    parameters="{}",
    request_id="r-1",
    caller="arn:aws:iam::111122223333:role/a",
    observed_at="2026-11-23T09:14:00.000Z",
    botocore="1.44.5",
    sha256=hashlib.sha256(BODY).digest(),
    deflated=0,
    body=BODY,
)
SALT = bytes(16)
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


def row(**changes: Any) -> Row:
    return ROW._replace(**changes)


def test_a_statement_says_everything_but_the_body() -> None:
    said = statement(ROW, SALT)
    told = {*Row._fields, "body_sha256", "salt", "refresh"} - {"sha256", "deflated", "body", "refresh_id"}
    assert set(said) == told - {"basis"}
    assert set(statement(row(basis="carried over from refresh 2"), SALT)) == told
    assert said["body_sha256"] == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize("member", [name for name in Row._fields if name not in ("deflated", "body")])
def test_a_change_of_any_member_gives_another_leaf(member: str) -> None:
    changed: Any = {"sequence": 8, "refresh_id": 4, "sha256": bytes(32)}.get(member, "other")
    assert leaf_of(statement(row(**{member: changed}), SALT)) != leaf_of(statement(ROW, SALT))


def test_another_salt_gives_another_leaf() -> None:
    assert leaf_of(statement(ROW, b"1" * 16)) != leaf_of(statement(ROW, SALT))


@given(key=TEXT, parameters=TEXT, sequence=st.integers(1, 2**40))
def test_a_leaf_is_over_the_canonical_json_that_anyone_can_make(
    key: str, parameters: str, sequence: int
) -> None:
    said = statement(row(key=key, parameters=parameters, sequence=sequence), SALT)
    assert leaf_of(said) == leaf_hash(canonical(said))


def test_half_a_character_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="non-UTF-8"):
        leaf_of(statement(row(key="\ud800"), SALT))


@given(st.binary(max_size=2000))
def test_a_packed_body_is_never_larger_and_comes_back(body: bytes) -> None:
    deflated, packed = pack_body(body)
    assert len(packed) <= len(body)
    assert unpack_body(row(deflated=int(deflated), body=packed)) == body


def test_a_repetitive_body_is_deflated() -> None:
    deflated, packed = pack_body(b"a" * 1000)
    assert deflated
    assert len(packed) < 50


def test_a_body_is_verified_against_its_recorded_hash() -> None:
    assert verified_body(ROW) == BODY
    with pytest.raises(DamagedStoreError, match="observation 7 is not the one"):
        verified_body(row(body=BODY + b" "))
    with pytest.raises(DamagedStoreError, match="cannot be unpacked"):
        verified_body(row(deflated=1))
    with pytest.raises(ErasedError, match="observation 7 was erased") as refused:
        verified_body(row(body=None))
    assert "tombstone" in refused.value.remedy


def test_a_fact_comes_back_with_all_that_is_known_of_it() -> None:
    said = observation_of(ROW)
    assert isinstance(said, Fact)
    assert (said.kind, said.key, said.scope) == (
        "bedrock.guardrail",
        "g-1",
        Scope("111122223333", "eu-west-2"),
    )
    assert (said.payload, said.sequence) == ({"name": "a"}, 7)
    assert said.provenance.request_id == "r-1"
    assert observation_of(row(deflated=1, body=zlib.compress(BODY))) == said


@pytest.mark.parametrize("reason", list(GapReason))
def test_a_gap_comes_back_with_its_reason(reason: GapReason) -> None:
    body = gap_body(reason, "words of AWS")
    assert json.loads(body) == {"detail": "words of AWS", "reason": reason.value}
    said = observation_of(row(type="gap", reason=reason.value, body=body))
    assert isinstance(said, Gap)
    assert (said.reason, said.detail, said.sequence) == (reason, "words of AWS", 7)


def test_an_erased_fact_is_a_gap_and_an_erased_gap_keeps_its_reason() -> None:
    fact = observation_of(row(body=None))
    gap = observation_of(row(type="gap", reason="denied", body=None))
    assert isinstance(fact, Gap)
    assert isinstance(gap, Gap)
    assert (fact.reason, gap.reason) == (GapReason.ERASED, GapReason.DENIED)
    assert replace(fact, reason=gap.reason) == gap
    assert "tombstone" in fact.detail
