from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_runner import run

KIND = "service-quotas.quota"


def test_quotas_that_were_raised_are_told_with_the_default(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        assert len(reading.facts) <= 1
        for each in reading.payloads.values():
            assert each["Value"] == 2 * each["DefaultValue"]


def quota(code: str, **members: object) -> dict[str, object]:
    return {"QuotaCode": code, "QuotaName": code, **members}


def test_a_quota_that_aws_could_not_tell_is_told_as_that(aws) -> None:
    error = {"ErrorCode": "DEPENDENCY_ACCESS_DENIED_ERROR", "ErrorMessage": "no"}
    applied = of_json({"Quotas": [quota("a", ErrorReason=error), quota("b", Value=5.0)]})
    defaults = of_json({"Quotas": [quota("a", Value=1.0), quota("b", Value=5.0)]})
    got, _, _ = run(aws, applied, defaults, collector=COLLECTORS[KIND])
    assert [each.key for each in got.facts] == ["a"]
    assert got.facts[0].payload["ErrorReason"] == error


def test_where_there_are_no_quotas_the_defaults_are_not_asked_for(aws) -> None:
    got, server, _ = run(aws, of_json({"Quotas": []}), collector=COLLECTORS[KIND])
    assert (got.facts, got.gaps) == ((), ())
    assert len(server.requests) == 2
