from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.collect.base import (
    Client,
    Collector,
    Found,
    MalformedAnswerError,
    Missed,
    Reach,
    SdkTooOldError,
    ask,
    ask_all,
)
from console.collect.collectors.bedrock_guardrail import COLLECTOR as GUARDRAILS
from console.collect.each import each
from console.collect.runner import Needed, collect, needs_new_credentials
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from fakes import fact
from fakes import gap as missing
from unit.collect.answering import Answer, of_json
from unit.collect.test_sessions import CALLER

SCOPE = Scope("111122223333", "eu-west-2")
SUMMARY = {
    "id": "g1",
    "arn": "arn:aws:bedrock:eu-west-2:111122223333:guardrail/g1",
    "status": "READY",
    "name": "g",
    "version": "DRAFT",
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
}


def whole(version: str = "DRAFT") -> dict[str, object]:
    return {
        "name": "g",
        "guardrailId": "g1",
        "guardrailArn": SUMMARY["arn"],
        "version": version,
        "status": "READY",
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
        "blockedInputMessaging": "no",
        "blockedOutputsMessaging": "no",
    }


def run(aws, *answers: Answer, collector: Collector = GUARDRAILS, **settings: object):
    sessions, server = aws(CALLER, *answers, **settings)
    caller = sessions.caller()
    client = sessions.client(collector.service, "eu-west-2")
    with sessions.acting_as(caller):
        return collect(collector, client, SCOPE, caller.arn, sessions.calls), server, sessions


def test_every_version_of_every_guardrail_is_a_fact_with_its_own_call(aws) -> None:
    numbered = {**SUMMARY, "version": "1"}
    first = of_json({"guardrails": [SUMMARY], "nextToken": ""})
    versions = [of_json({"guardrails": [SUMMARY], "nextToken": "more"}), of_json({"guardrails": [numbered]})]
    got, server, sessions = run(
        aws,
        first,
        versions[0],
        of_json(whole()),
        versions[1],
        Answer(of_json(whole("1")).body, headers={"x-amzn-RequestId": "last"}),
    )
    assert got.gaps == ()
    assert [fact.key.rpartition(":")[2] for fact in got.facts] == ["DRAFT", "1"]
    last = got.facts[-1].provenance
    assert last.operation == "bedrock:GetGuardrail"
    assert '"guardrailVersion"' in last.parameters
    assert last.request_id == "last"
    assert last.caller == "arn:aws:sts::111122223333:assumed-role/Auditor/officer"
    assert "ResponseMetadata" not in got.facts[0].payload
    assert sessions.calls.requests == len(server.requests)


def test_a_failure_half_way_leaves_no_half_list(aws) -> None:
    denied = of_json({"message": "not authorised"}, 403, **{"x-amzn-ErrorType": "AccessDeniedException"})
    got, _, _ = run(aws, of_json({"guardrails": [SUMMARY]}), of_json({"guardrails": [SUMMARY]}), denied)
    assert got.facts == ()
    (gap,) = got.gaps
    assert gap.reason is GapReason.DENIED
    assert gap.provenance.operation == "bedrock:GetGuardrail"
    assert gap.provenance.request_id == "r-1"
    assert "not authorised" in gap.detail


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "AccessDeniedException", GapReason.DENIED),
        (400, "ThrottlingException", GapReason.THROTTLED),
        (403, "ExpiredTokenException", GapReason.EXPIRED),
        (400, "OptInRequired", GapReason.REGION_NOT_ENABLED),
        (400, "ValidationException", GapReason.FAILED),
        (500, "InternalServerException", GapReason.FAILED),
    ],
)
def test_each_refusal_of_aws_has_its_reason(aws, status: int, code: str, reason: GapReason) -> None:
    got, _, _ = run(aws, of_json({"message": "m"}, status, **{"x-amzn-ErrorType": code}))
    (gap,) = got.gaps
    assert gap.reason is reason
    assert needs_new_credentials(got) is (reason is GapReason.EXPIRED)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b""),
        Answer(b"<html>proxy</html>"),
        Answer(b'{"guardrails": [{"id"'),
        Answer(b'{"guardrails": []}', length=400),
        Answer(b"{}"),
        Answer(b'{"guardrails": [{"arn": "no more"}]}'),
    ],
)
def test_an_answer_that_cannot_be_believed_is_tried_again_and_then_a_gap(aws, answer: Answer) -> None:
    got, server, _ = run(aws, answer, attempts=2)
    assert got.facts == ()
    (gap,) = got.gaps
    assert gap.reason is GapReason.MALFORMED
    assert len(server.requests) == 3


def test_an_answer_that_is_whole_at_the_second_try_is_a_fact(aws) -> None:
    got, _, _ = run(aws, Answer(b"<html>"), of_json({"guardrails": []}), attempts=2)
    assert got.gaps == ()
    assert got.facts == ()


def test_a_connection_that_is_cut_is_a_gap(aws, monkeypatch) -> None:
    sessions, _ = aws(CALLER)
    caller = sessions.caller()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client = sessions.client("bedrock", "eu-west-2")
    with sessions.acting_as(caller):
        got = collect(GUARDRAILS, client, SCOPE, caller.arn, sessions.calls)
    (gap,) = got.gaps
    assert gap.reason is GapReason.UNREACHABLE


def made(fetch, **changes: object) -> Collector:
    declared = {
        "kind": "a.b",
        "title": "Things",
        "service": "bedrock",
        "reach": Reach.REGION,
        "actions": (),
        "key": "id",
    }
    return Collector(**{**declared, **changes}, fetch=fetch)


def test_an_entry_without_a_required_member_is_a_gap(aws) -> None:
    got, _, _ = run(aws, collector=made(lambda _: iter([{"id": "1"}]), required=("id", "documents")))
    (gap,) = got.gaps
    assert gap.reason is GapReason.MALFORMED
    assert "documents" in gap.detail


def test_an_entry_of_an_impossible_shape_is_a_gap(aws) -> None:
    def fetch(_: Client) -> Iterator[dict[str, object]]:
        yield {"id": {}["none"]}

    got, _, _ = run(aws, collector=made(fetch))
    (gap,) = got.gaps
    assert gap.reason is GapReason.MALFORMED


def test_an_entry_given_on_two_pages_is_kept_once_as_given_last(aws) -> None:
    got, _, _ = run(
        aws, collector=made(lambda _: iter([{"id": "1", "n": 1}, {"id": "2"}, {"id": "1", "n": 2}]))
    )
    assert [(fact.key, fact.payload.get("n")) for fact in got.facts] == [("1", 2), ("2", None)]


def test_a_bug_is_not_a_gap(aws) -> None:
    def fetch(_: Client) -> Iterator[dict[str, object]]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(aws, collector=made(fetch))


def test_only_operations_that_read_can_be_asked(aws) -> None:
    sessions, server = aws(CALLER)
    with pytest.raises(ValueError, match="not an operation that reads"):
        ask(sessions.client("bedrock", "eu-west-2"), "delete_guardrail", guardrailIdentifier="g")
    assert server.requests == []


def test_an_operation_that_the_sdk_does_not_know_is_a_gap(aws) -> None:
    got, _, _ = run(aws, collector=made(lambda client: iter([ask(client, "get_what_comes_next_year")])))
    (gap,) = got.gaps
    assert gap.reason is GapReason.SDK_TOO_OLD


def policies(client: Client) -> Found:
    """Ask for a list whose pages botocore does not know of."""
    yield from ask_all(client, "list_access_policies", "accessPolicySummaries", type="data")


def test_pages_that_the_sdk_does_not_know_of_are_turned_all_the_same(aws) -> None:
    first = of_json({"accessPolicySummaries": [{"name": "a"}], "nextToken": "on"})
    last = of_json({"accessPolicySummaries": [{"name": "b"}]})
    collector = made(policies, key="name", service="opensearchserverless")
    collected, server, _ = run(aws, first, last, collector=collector)
    assert [fact.key for fact in collected.facts] == ["a", "b"]
    assert b'"nextToken": "on"' in server.requests[-1][2]


def test_a_page_that_leads_to_itself_is_malformed(aws) -> None:
    same = of_json({"accessPolicySummaries": [{"name": "a"}], "nextToken": "on"})
    collector = made(policies, key="name", service="opensearchserverless")
    collected, *_ = run(aws, same, same, same, collector=collector)
    (gap,) = collected.gaps
    assert (collected.facts, gap.reason) == ((), GapReason.MALFORMED)


def test_a_page_without_its_list_is_malformed(aws) -> None:
    sessions, _ = aws(CALLER, of_json({}))
    with sessions.acting_as(sessions.caller()), pytest.raises(MalformedAnswerError, match="no Accounts"):
        list(ask_all(sessions.client("organizations", "eu-west-2"), "list_accounts", "Accounts"))


def test_a_thing_that_is_refused_is_a_gap_of_its_own_beside_the_facts(aws) -> None:
    denied = of_json({"message": "not this one"}, 403, **{"x-amzn-ErrorType": "AccessDeniedException"})

    def fetch(bedrock: Client) -> Found:
        return each(["1", "2"], lambda key: {"id": key, **ask(bedrock, "get_account_data_retention")})

    answer = of_json({"mode": "none"})
    got, _, _ = run(aws, answer, denied, collector=made(fetch))
    assert [fact.key for fact in got.facts] == ["1"]
    (gap,) = got.gaps
    assert (gap.key, gap.reason) == ("2", GapReason.DENIED)
    assert gap.provenance.operation == "bedrock:GetAccountDataRetention"
    assert "not this one" in gap.detail


def test_what_else_is_known_of_a_missed_thing_stands_in_its_gap(aws) -> None:
    def fetch(_: Client) -> Found:
        yield Missed("g-1", SdkTooOldError("it is too new"), "it belongs to somebody else")
        yield Missed("g-2", SdkTooOldError("it is too new"))

    collected, _, _ = run(aws, CALLER, collector=made(fetch))
    assert [gap.detail for gap in collected.gaps] == [
        "it is too new (it belongs to somebody else)",
        "it is too new",
    ]


def known_by(fetch, needed: Needed, aws):
    sessions, _ = aws(CALLER)
    caller = sessions.caller()
    collector = made(fetch, needs=("bedrock.guardrail",))
    return collect(
        collector, sessions.client("bedrock", "eu-west-2"), SCOPE, caller.arn, sessions.calls, needed
    )


def test_a_collector_is_handed_what_it_needs(aws) -> None:
    needed = Needed(facts={"bedrock.guardrail": [fact("bedrock.guardrail", "g", {"arn": "g"}, SCOPE)]})
    got = known_by(lambda _, known: iter([{"id": known["bedrock.guardrail"][0]["arn"]}]), needed, aws)
    assert [one.key for one in got.facts] == ["g"]
    assert got.gaps == ()


def test_what_an_unread_kind_would_have_named_is_missed(aws) -> None:
    unread = missing("bedrock.guardrail", SCOPE, GapReason.DENIED)
    whole = known_by(
        lambda *_: iter([{"id": "x"}]), Needed(facts={"bedrock.guardrail": []}, gaps=[unread]), aws
    )
    assert whole.facts == ()
    assert [(one.key, one.reason, one.kind) for one in whole.gaps] == [("", GapReason.DENIED, "a.b")]
    assert "bedrock.guardrail" in whole.gaps[0].detail
    facts = {"bedrock.guardrail": [fact("bedrock.guardrail", "g", {}, SCOPE)]}
    needed = Needed(facts=facts, gaps=[replace(unread, key="h")])
    part = known_by(lambda *_: iter([{"id": "x"}]), needed, aws)
    assert [one.key for one in part.facts] == ["x"]
    assert [(one.key, one.reason) for one in part.gaps] == [
        ("what bedrock.guardrail says about h", GapReason.DENIED)
    ]


def credentials(marker: str = "") -> Answer:
    entry = (
        "<member><UserName>u</UserName><Status>Active</Status><CreateDate>2026-01-01T00:00:00Z</CreateDate>"
        f"<ServiceSpecificCredentialId>ACCA{marker}</ServiceSpecificCredentialId>"
        "<ServiceName>bedrock.amazonaws.com</ServiceName></member>"
    )
    more = f"<Marker>{marker}</Marker>" if marker else ""
    return Answer(
        "<ListServiceSpecificCredentialsResponse><ListServiceSpecificCredentialsResult>"
        f"<ServiceSpecificCredentials>{entry}</ServiceSpecificCredentials>{more}"
        "</ListServiceSpecificCredentialsResult></ListServiceSpecificCredentialsResponse>".encode()
    )


def by_hand(iam: Client) -> Iterator[dict[str, object]]:
    yield from ask_all(iam, "list_service_specific_credentials", "ServiceSpecificCredentials", AllUsers=True)


CREDENTIALS = replace(
    GUARDRAILS, service="iam", fetch=by_hand, key="ServiceSpecificCredentialId", required=()
)


def test_pages_that_botocore_does_not_turn_are_turned(aws) -> None:
    got, server, _ = run(aws, credentials("one"), credentials("two"), credentials(), collector=CREDENTIALS)
    assert [fact.key for fact in got.facts] == ["ACCAone", "ACCAtwo", "ACCA"]
    assert [b"Marker=two" in body for _, _, body in server.requests[-2:]] == [False, True]


def test_a_page_that_comes_twice_is_a_gap_and_not_a_circle(aws) -> None:
    got, _, _ = run(aws, credentials("one"), collector=CREDENTIALS)
    assert got.facts == ()
    assert [gap.reason for gap in got.gaps] == [GapReason.MALFORMED]


def test_a_dated_collector_is_handed_the_day_after_what_is_known(aws) -> None:
    def dated(_client: Client, known: object, today: object) -> Iterator[dict[str, object]]:
        yield {"guardrailArn": str(today), "version": "1", "status": repr(known)}

    collector = replace(GUARDRAILS, fetch=dated, dated=True, needs=("bedrock.thing",))
    got, _, _ = run(aws, collector=collector)
    assert [(fact.key, fact.payload["status"]) for fact in got.facts] == [("2026-11-23:1", "{}")]
