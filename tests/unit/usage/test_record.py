import json
from datetime import timedelta
from typing import Any

import pytest

from console.usage.assessments import UNREADABLE, Hit
from console.usage.outcomes import Damage, RefusedRecordError
from console.usage.record import Call, Guarded, RecordReader
from usage_logs import ACCOUNT, CANARIES, EVERYTHING, NOW, SECRET, answered, caught, line, record

TRACE = {"guardrail": {"inputAssessment": {"gr1": EVERYTHING}}}
ARN = f"arn:aws:bedrock:eu-west-2:{ACCOUNT}:guardrail/gr1"
WHOSE = (ARN, "3", "ORGANIZATION_ENFORCED")


def read(made: object) -> Call:
    return RecordReader(SECRET, NOW).read(line(made))


def damage_of(content: bytes) -> Damage:
    with pytest.raises(RefusedRecordError) as refused:
        RecordReader(SECRET, NOW).read(content)
    return refused.value.damage


def seen(call: Call) -> set[tuple[str, ...]]:
    return {(*hit[:-1],) for hit in call.hits}


def test_a_call_is_who_what_where_and_how_many_tokens() -> None:
    call = read(record(inferenceRegion="eu-west-1", modelId="eu.anthropic.claude-haiku-4-5-20251001-v1:0"))
    assert call.setting._asdict() == {
        "account": ACCOUNT,
        "region": "eu-west-2",
        "ran_in": "eu-west-1",
        "identity": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/jo.bloggs@example.gov.uk",
        "model": "anthropic.claude-haiku-4-5-20251001-v1:0",
        "operation": "Converse",
        "profile": "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
    }
    assert (call.input_tokens, call.output_tokens, call.cache_read_tokens, call.cache_write_tokens) == (
        100,
        40,
        7,
        3,
    )
    assert call.guarded is Guarded.NONE_SEEN


def test_every_policy_of_an_assessment_is_a_hit_and_what_was_not_detected_is_none() -> None:
    found = seen(read(caught()))
    assert found == {
        (*WHOSE, "topic", "Legal advice", "BLOCKED", "input"),
        (*WHOSE, "content", "PROMPT_ATTACK", "BLOCKED", "input"),
        (*WHOSE, "content", "INSULTS", "NONE", "input"),
        (*WHOSE, "word", "CUSTOM_WORD", "BLOCKED", "input"),
        (*WHOSE, "word", "PROFANITY", "NONE", "input"),
        (*WHOSE, "sensitive information", "UK_NATIONAL_INSURANCE_NUMBER", "ANONYMIZED", "input"),
        (*WHOSE, "sensitive information", "case number", "NONE", "input"),
        (*WHOSE, "contextual grounding", "GROUNDING", "BLOCKED", "input"),
        (*WHOSE, "automated reasoning", "INVALID", "NONE", "input"),
    }


def invoked(key: str, action: str) -> object:
    trace = {key: {"input": {"gr1": EVERYTHING}}}
    return {"amazon-bedrock-guardrailAction": action, "amazon-bedrock-trace": trace, "completion": "x"}


@pytest.mark.parametrize(
    "body",
    [
        {"stopReason": "guardrail_intervened", "trace": TRACE},
        [{"messageStart": {"role": "assistant"}}, {"messageStop": {"stopReason": "x"}}, {"metadata": {"trace": TRACE}}],
        invoked("guardrail", "INTERVENED"),
        invoked("guardrails", "GUARDRAIL_INTERVENED"),
        [{"amazon-bedrock-guardrailAction": "NONE"}, invoked("guardrail", "INTERVENED")],
        [{"chunk": invoked("guardrail", "INTERVENED")}],
        {"trace": {"guardrail": {"inputAssessment": {"gr1": [EVERYTHING]}}}},
    ],
    ids=["converse", "converse stream", "invoke", "other spelling", "stream", "chunks", "lists"],
)  # fmt: skip
def test_every_form_of_answer_tells_the_same(body: object) -> None:
    assert seen(read(answered(body))) == seen(read(caught()))


def test_the_output_side_is_told_from_the_input_side() -> None:
    trace = {"guardrail": {"outputAssessments": {"gr1": [EVERYTHING]}}}
    assert {hit.side for hit in read(answered({"trace": trace})).hits} == {"output"}


@pytest.mark.parametrize(
    ("body", "guarded"),
    [
        ({"stopReason": "end_turn"}, Guarded.NONE_SEEN),
        ({"amazon-bedrock-guardrailAction": "NONE"}, Guarded.ASSESSED),
        ({"trace": {"guardrail": {"inputAssessment": {"gr1": {"invocationMetrics": {}}}}}}, Guarded.ASSESSED),
        ({"stopReason": "guardrail_intervened"}, Guarded.CAUGHT),
        ({"text": "guardrail"}, Guarded.NONE_SEEN),
    ],
)
def test_what_is_known_of_guardrails(body: object, guarded: Guarded) -> None:
    assert read(answered(body)).guarded is guarded


def test_without_a_body_nothing_is_known_of_guardrails() -> None:
    assert (
        read(record(input={"inputTokenCount": 1}, output={"outputTokenCount": 1})).guarded is Guarded.UNTOLD
    )


def test_an_intervention_without_a_trace_is_a_hit_without_detail() -> None:
    assert read(answered({"stopReason": "guardrail_intervened"})).hits == (
        Hit("", "", "", "", "", "INTERVENED", ""),
    )


def test_a_member_spelt_with_escapes_is_found_too() -> None:
    content = line(caught()).replace(b"guardrail", b"\\u0067uardrail")
    assert seen(RecordReader(SECRET, NOW).read(content)) == seen(read(caught()))


def test_no_planted_word_leaves_the_reader() -> None:
    said = repr(read(caught()))
    assert [word for word in CANARIES.values() if word in said] == []


def test_equal_matches_have_equal_digests_and_another_key_has_others() -> None:
    ours = {hit.digest for hit in read(caught()).hits if hit.digest}
    theirs = {hit.digest for hit in RecordReader(b"x" * 32, NOW).read(line(caught())).hits if hit.digest}
    assert len(ours) == len(theirs) == 1
    assert ours.isdisjoint(theirs)


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (b"{", Damage.NOT_JSON),
        (b"\xff\xfe", Damage.NOT_JSON),
        (b"[1]", Damage.NOT_A_RECORD),
        (line(record(schemaType=None)), Damage.NO_SCHEMA_TYPE),
        (line(record(schemaType="Else")), Damage.OTHER_SCHEMA_TYPE),
        (line(record(schemaVersion="2.0")), Damage.OTHER_VERSION),
        (line(record(schemaVersion=["1.0"])), Damage.OTHER_VERSION),
        (line(record(timestamp=None)), Damage.BAD_TIME),
        (line(record(timestamp="2026-13-40T10:00:00Z")), Damage.BAD_TIME),
        (line(record(timestamp="2026-11-20T25:00:00Z")), Damage.BAD_TIME),
        (line(record(timestamp="2019-12-31T23:59:59Z")), Damage.TOO_EARLY),
        (line(record(timestamp=(NOW + timedelta(days=2)).isoformat())), Damage.IN_FUTURE),
    ],
)
def test_a_line_that_is_no_record_says_why(content: bytes, damage: Damage) -> None:
    assert damage_of(content) is damage


HOSTILE = "Robert'); DROP TABLE students;--\u202e \n<script>"


@pytest.mark.parametrize(
    "member", ["accountId", "region", "inferenceRegion", "modelId", "operation", "errorCode"]
)
@pytest.mark.parametrize("value", [HOSTILE, 7, ["x"], {"a": 1}, "x" * 10_000 + " "])
def test_what_is_no_name_is_not_kept(member: str, value: object) -> None:
    call = read(record(**{member: value}))
    said = json.dumps([*call.setting, call.error])
    assert UNREADABLE in said
    assert "DROP" not in said
    assert len(said) < 1_000


def test_hostile_names_in_an_assessment_are_not_kept() -> None:
    assessment: dict[str, Any] = {
        "topicPolicy": {"topics": [{"name": HOSTILE, "action": "BLOCKED", "detected": True}]},
        "contentPolicy": {"filters": [{"type": HOSTILE, "action": "BLOCKED"}, "x", None]},
        "wordPolicy": "x",
        "appliedGuardrailDetails": {"guardrailId": HOSTILE, "guardrailOrigin": HOSTILE},
    }
    hits = read(caught(assessment=assessment)).hits
    assert {(hit.guardrail, hit.origin, hit.type) for hit in hits} == {(UNREADABLE, "", UNREADABLE)}


@pytest.mark.parametrize("odd", [["BLOCKED", []], {"a": 1}, [{}], 1, None])
def test_members_of_another_form_in_an_assessment_stop_nothing(odd: object) -> None:
    """Whoever may write a record could end the reading of the whole log by one."""
    assessment: dict[str, Any] = {
        "topicPolicy": {"topics": [{"name": odd, "action": odd}, {"name": "n", "action": "BLOCKED"}]},
        "appliedGuardrailDetails": {"guardrailId": odd, "guardrailOrigin": odd, "guardrailVersion": odd},
    }
    (hit,) = read(caught(assessment=assessment)).hits
    assert (hit.type, hit.action, hit.origin) == ("n", "BLOCKED", "")


def test_a_session_that_a_machine_named_is_only_its_role() -> None:
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/botocore-session-1732888888"
    assert read(record(identity={"arn": arn})).setting.identity.endswith("app/*")


def test_a_call_without_a_request_id_is_known_by_its_line() -> None:
    one, same = read(record(requestId=None)), read(record(requestId=None))
    other = read(record(requestId=None, operation="InvokeModel"))
    assert one.request_id == ""
    assert one.key == same.key != other.key
