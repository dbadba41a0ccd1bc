from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_replication"


def test_a_copy_says_to_which_bucket(asking: Asking) -> None:
    for each in asking.payloads(KIND):
        (rule,) = each["ReplicationConfiguration"]["Rules"]
        assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{each['Bucket']}-eu-west-1"


def test_a_bucket_without_copies_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: len(each.heard) > len(each.facts) > 0)
    assert reading.collected.gaps == ()
