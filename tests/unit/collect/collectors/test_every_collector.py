"""What must hold for every collector, shown on AWS's shapes over HTTP."""

import pytest

from console.domain.evidence import GapReason
from unit.collect.collectors.asking import COLLECTORS, Asking, Reading, output_of, pages, tokens_of

KINDS = sorted(COLLECTORS)
CALLS = [(kind, call) for kind in KINDS for call in COLLECTORS[kind].calls]
PAGES = [(kind, call) for kind in KINDS for call in pages(COLLECTORS[kind])]
ONE_PAGE = {
    ("organizations.child", "ListRoots"),
    ("organizations.organizational_unit", "ListRoots"),
    ("organizations.root", "ListRoots"),
    ("ec2.internet_gateway", "DescribeInternetGateways"),
    ("guardduty.detector", "ListDetectors"),
    ("s3.cloudtrail_digest", "ListObjectsV2"),
    *((f"iam.{each}", "GetAccountAuthorizationDetails") for each in ("group", "policy", "role", "user")),
}
"""An organisation has one root, a VPC one internet gateway, a Region one detector, a day 24 digests; the
department's accounts have fewer principals than IAM puts on a page."""
ONE_OF_THEM = {("rds.db_cluster", "DescribeDBClusters")}
"""Calls that name the one thing they ask about, so that there is no second page."""
FIRST_OF_THEM = {("bedrock-agent.ingestion_job", "ListIngestionJobs")}
"""Calls that want the newest entry alone, so that no page is turned."""
A_FILE = {("s3.cloudtrail_digest", "GetObject")}
"""Calls that are answered with a file, which has no members to lose; that it is whole is held by its length."""
EMPTY_SAYS_SOMETHING = {
    ("bedrock.invocation_logging", "GetModelInvocationLoggingConfiguration"),
    ("bedrock-agentcore-control.resource_policy", "GetResourcePolicy"),
    ("s3.bucket_location", "GetBucketLocation"),
    ("s3.bucket_logging", "GetBucketLogging"),
    ("s3.bucket_versioning", "GetBucketVersioning"),
}
"""Calls in whose answers AWS leaves everything out where something is off."""


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_facts_and_misses_nothing(asking: Asking, kind: str) -> None:
    readings = asking.everywhere(kind)
    assert any(reading.facts for reading in readings)
    assert [gap for reading in readings for gap in reading.collected.gaps] == []
    for fact in (fact for reading in readings for fact in reading.facts):
        assert fact.key
        assert fact.provenance.operation.partition(":")[2] in COLLECTORS[kind].calls
        assert fact.provenance.request_id


@pytest.mark.parametrize(("kind", "call"), CALLS)
def test_a_denied_call_is_a_gap(asking: Asking, kind: str, call: str) -> None:
    before = asking.somewhere(kind, lambda reading: call in reading.operations)
    asking.strike("denied", call, before)
    after = asking.read(kind, before.scope).collected
    assert after.gaps
    assert {gap.reason for gap in after.gaps} == {GapReason.DENIED}
    assert {fact.key for fact in after.facts} < {fact.key for fact in before.facts} or not before.facts


@pytest.mark.parametrize(("kind", "call"), [each for each in CALLS if each not in A_FILE])
def test_an_answer_without_a_member_is_not_taken_for_nothing_there(
    asking: Asking, kind: str, call: str
) -> None:
    found = [each for each in asking.everywhere(kind) if call in each.operations and each.facts]
    assert found
    for before in found:
        asking.strike("missing_member", call, before)
        after = asking.read(kind, before.scope).collected
        if (kind, call) in EMPTY_SAYS_SOMETHING:
            assert after.facts
            return
        if GapReason.MALFORMED in {gap.reason for gap in after.gaps}:
            return  # elsewhere every answer may be an error, which has no members to lose
    pytest.fail("an answer without its members was believed everywhere")


@pytest.mark.parametrize(("kind", "call"), PAGES)
def test_every_page_is_turned(asking: Asking, kind: str, call: str) -> None:
    if (kind, call) in FIRST_OF_THEM:
        assert not any(asks_on(reading, call) for reading in asking.everywhere(kind))
        return
    if (kind, call) not in ONE_PAGE | ONE_OF_THEM:
        assert asking.somewhere(kind, lambda reading: asks_on(reading, call))
    for reading in asking.everywhere(kind):
        heard = [each for each in reading.heard if each.operation == call]
        assert sum(each.unfinished for each in heard) == sum(each.continued for each in heard)


def asks_on(reading: Reading, call: str) -> bool:
    return any(each.continued for each in reading.heard if each.operation == call)


TOKEN_OF_NO_USE = {("guardduty.finding_statistics", "GetFindingsStatistics")}
"""AWS hands out a token with which nothing can be asked."""


@pytest.mark.parametrize(("kind", "call"), sorted({*CALLS} - TOKEN_OF_NO_USE))
def test_what_aws_answers_in_pages_is_turned_by_the_sdk(kind: str, call: str) -> None:
    service = COLLECTORS[kind].service
    shape = output_of(service, call)
    tokens = {"nextToken", "NextToken", "Marker", "NextMarker", "NextPageToken"}.intersection(shape.members)
    assert tokens <= set(tokens_of(service, call)[1]) or {"IsTruncated", "Truncated"} & shape.members.keys()
