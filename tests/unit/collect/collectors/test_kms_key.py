from console.domain.evidence import GapReason
from console.domain.scope import Scope
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import neighbours, read_knowing

KIND = "kms.key"
VIRGINIA = "us-east-1"


def test_whatever_names_a_key_gets_it_described(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    named = {
        each["kmsKeyId"]
        for each in asking.read("logs.log_group", reading.scope).payloads.values()
        if "kmsKeyId" in each
    }
    assert named <= reading.payloads.keys()


def test_a_key_says_its_state_and_where_copies_of_it_are(asking: Asking) -> None:
    keys = asking.payloads(KIND)
    assert len({each["KeyState"] for each in keys}) > 1
    copied = [each for each in keys if each["MultiRegion"]]
    assert copied
    for each in copied:
        assert each["MultiRegionConfiguration"]["ReplicaKeys"][0]["Region"] == VIRGINIA


def test_a_key_is_asked_about_in_its_own_region(asking: Asking) -> None:
    there = asking.somewhere("s3.bucket_encryption", lambda each: VIRGINIA in str(each.payloads))
    keys = asking.read(KIND, there.scope).payloads
    assert {arn.split(":")[3] for arn in keys} == {there.scope.region, VIRGINIA}


def test_an_alias_and_an_id_lead_to_the_key(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    arn = next(iter(reading.payloads))
    for name in ("alias/aws/s3", arn.rpartition("/")[2]):
        group = {"arn": "g", "kmsKeyId": name}
        (fact,) = read_knowing(asking, KIND, reading.scope, logs__log_group=[group]).facts
        assert fact.key in reading.payloads


def test_a_key_of_another_account_is_a_gap_that_says_whose_it_is(asking: Asking) -> None:
    scope, other = neighbours(asking, KIND)
    theirs = asking.somewhere(KIND, lambda each: each.facts and each.scope.account_id == other)
    arn = next(iter(theirs.payloads))
    collected = read_knowing(
        asking, KIND, Scope(scope.account_id, scope.region), logs__log_group=[{"arn": arn}]
    )
    (gap,) = collected.gaps
    assert (gap.key, gap.reason) == (arn, GapReason.DENIED)
    assert f"belongs to another account, {other}" in gap.detail


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "DescribeKey")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
    assert "another account" not in gap.detail
