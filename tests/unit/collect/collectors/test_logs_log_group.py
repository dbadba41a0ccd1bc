from console.domain.evidence import GapReason
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import neighbours, read_knowing

KIND = "logs.log_group"
INVOCATIONS = "/public-works/bedrock/invocations"


def test_the_group_of_invocations_and_bedrocks_own_are_read(asking: Asking) -> None:
    names = {each["logGroupName"] for each in asking.payloads(KIND)}
    assert INVOCATIONS in names
    assert {each for each in names if each.startswith("/aws/bedrock")}
    assert {each for each in names if each.startswith("/aws/vendedlogs/bedrock")}


def test_a_group_says_how_long_it_keeps_and_under_which_key(asking: Asking) -> None:
    groups = asking.payloads(KIND)
    for member in ("retentionInDays", "kmsKeyId", "dataProtectionStatus"):
        assert {member in each for each in groups} == {True, False}
    assert {each["deletionProtectionEnabled"] for each in groups} == {True, False}


def test_a_name_that_only_begins_alike_is_another_group(asking: Asking) -> None:
    scope = asking.somewhere(KIND).scope
    trail = {
        "CloudWatchLogsLogGroupArn": f"arn:aws:logs:{scope.region}:{scope.account_id}:log-group:/public-works:*"
    }
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[trail])
    assert INVOCATIONS not in {fact.payload["logGroupName"] for fact in collected.facts}
    assert collected.gaps == ()


def test_a_group_in_another_region_is_asked_about_there(asking: Asking) -> None:
    scope = asking.somewhere(KIND).scope
    arn = f"arn:aws:logs:us-east-1:{scope.account_id}:log-group:/elsewhere"
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[{"CloudWatchLogsLogGroupArn": arn}])
    assert collected.gaps == ()


def test_a_group_of_another_account_is_a_gap_that_says_so(asking: Asking) -> None:
    scope, other = neighbours(asking, KIND)
    arn = f"arn:aws:logs:{scope.region}:{other}:log-group:/central"
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[{"CloudWatchLogsLogGroupArn": arn}])
    (gap,) = collected.gaps
    assert (gap.key, gap.reason) == (arn, GapReason.FAILED)
    assert f"belongs to another account, {other}" in gap.detail
