from console.domain.evidence import GapReason
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import neighbours, read_knowing

KIND = "s3.bucket_location"


def test_a_bucket_abroad_is_found_where_it_is(asking: Asking) -> None:
    home = asking.somewhere("cloudtrail.trail").scope.region
    reading = asking.somewhere(
        KIND, lambda each: None in [one.get("LocationConstraint", "") for one in each.payloads.values()]
    )
    assert reading.scope.region == home == "eu-west-2"


def test_a_bucket_that_is_named_and_is_not_there_is_a_fact(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: any("Error" in one for one in each.payloads.values()))
    (missing,) = [one for one in reading.payloads.values() if "Error" in one]
    assert missing == {"Bucket": f"large-payloads-{reading.scope.account_id}", "Error": "NoSuchBucket"}
    buckets = asking.read("s3.bucket_versioning", reading.scope)
    assert missing["Bucket"] not in buckets.payloads
    assert buckets.collected.gaps == ()


def test_a_bucket_of_another_account_is_a_gap_that_says_so(asking: Asking) -> None:
    scope, other = neighbours(asking, KIND)
    trail = {"TrailARN": "t", "S3BucketName": f"trail-archive-{other}"}
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[trail])
    (gap,) = collected.gaps
    assert (gap.key, gap.reason) == (trail["S3BucketName"], GapReason.DENIED)
    assert "none of this account's" in gap.detail
    assert "AccessDenied" in gap.detail
    assert collected.facts == ()


def test_a_bucket_of_this_account_that_is_refused_is_not_called_anothers(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetBucketLocation")
    (gap,) = after.collected.gaps
    assert "none of this account's" not in gap.detail
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_what_is_behind_an_access_point_is_not_known(asking: Asking) -> None:
    scope, _ = neighbours(asking, KIND)
    arn = f"arn:aws:s3:eu-west-2:{scope.account_id}:accesspoint/trails"
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[{"S3BucketName": arn}])
    (gap,) = collected.gaps
    assert (gap.key, gap.reason) == (arn, GapReason.FAILED)
    assert "is an access point" in gap.detail
