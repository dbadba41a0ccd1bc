from unit.collect.collectors.asking import Asking

KIND = "s3vectors.vector_bucket_policy"


def test_a_policy_is_kept_with_its_bucket(asking: Asking) -> None:
    buckets = {bucket["vectorBucketArn"] for bucket in asking.payloads("s3vectors.vector_bucket")}
    assert {policy["vectorBucketArn"] for policy in asking.payloads(KIND)} <= buckets
