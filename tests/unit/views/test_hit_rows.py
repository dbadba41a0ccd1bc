from console.controls.duties import Triage
from console.domain.scope import Scope
from console.usage.rows import RowValues
from console.views.hit_rows import evidence_of, hit_columns, member_of, request_parts
from fakes import FakeSnapshot, fact
from unit.views.usages import ARN, CATCHES, NAMES, PAYMENTS, SETTINGS

ROW = RowValues(1_795_082_400, SETTINGS[0][1:], CATCHES[0][1:], "r-1", "ab" * 8)
BARE = RowValues(1_795_082_400, SETTINGS[1][1:], CATCHES[2][1:], "", "")
HERE = Scope(PAYMENTS, "eu-west-2")


def test_every_column_has_its_words() -> None:
    cells = {column.id: column.value(ROW) for column in hit_columns(NAMES)}
    assert cells["time"] == "2026-11-19T10:00:00Z"
    assert (cells["account"], cells["policy"], cells["action"]) == (
        "payments-production",
        "personal information",
        "masked",
    )
    assert (cells["request_id"], cells["digest"], cells["ran_in"]) == ("r-1", "ab" * 8, "eu-west-2")
    bare = {column.id: column.value(BARE) for column in hit_columns({})}
    assert (bare["account"], bare["request_id"], bare["digest"]) == (PAYMENTS, None, None)
    assert bare["policy"] == "not said in the log"


def test_a_request_tells_all_that_was_caught_in_it_and_what_officers_made_of_it() -> None:
    triage = [
        Triage(outcome="reviewed", words="", by="Jo", at="2026-11-20T10:00:00.000Z", sequence=1),
        Triage(outcome="escalated", words="to Sam", by="Jo", at="2026-11-21T10:00:00.000Z", sequence=2),
    ]
    parts = {head: words for head, words, _ in request_parts(ROW, [ROW, BARE], triage, NAMES)}
    assert parts["What was caught"] == (
        "personal information: EMAIL, masked, found in what was asked\n"
        "not said in the log: not said in the log, stepped in"
    )
    assert parts["Triage"] == "reviewed by Jo on 2026-11-20\nescalated by Jo on 2026-11-21: to Sam"
    assert parts["Digest of the match"].startswith("ab" * 8)
    bare = {head: words for head, words, _ in request_parts(BARE, [BARE], [], NAMES)}
    assert bare["Request id"] == "the log has none"
    assert bare["Triage"] == "nobody has looked at it yet"
    assert "Guardrail id" not in bare


def test_a_row_opens_to_the_event_the_logging_and_the_guardrail() -> None:
    event = fact("cloudtrail.bedrock_event", "e", {"CloudTrailEvent": {"requestID": "r-1"}}, HERE, sequence=7)
    guardrail = fact("bedrock.guardrail", "g", {"guardrailArn": ARN}, HERE, sequence=8)
    logging = fact("bedrock.invocation_logging", "l", {}, HERE, sequence=9)
    found = evidence_of(FakeSnapshot(known=[event, guardrail, logging]))
    assert found(ROW) == (7, 9, 8)
    assert found(BARE) == (9,)
    assert evidence_of(FakeSnapshot())(ROW) == ()


def test_members_are_as_the_log_has_them() -> None:
    assert (member_of(ROW, "account"), member_of(ROW, "side")) == (PAYMENTS, "input")
