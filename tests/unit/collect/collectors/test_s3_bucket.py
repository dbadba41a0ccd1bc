from unit.collect.collectors.asking import Asking

KIND = "s3.bucket"


def test_each_bucket_says_where_it_is(asking: Asking) -> None:
    reading = asking.somewhere(
        KIND, lambda each: len({one["BucketRegion"] for one in each.payloads.values()}) > 1
    )
    assert {each["BucketRegion"] for each in reading.payloads.values()} <= {
        "eu-west-2",
        "eu-west-1",
        "us-east-1",
    }


def test_a_bucket_is_in_one_account_alone(asking: Asking) -> None:
    names = [each["Name"] for each in asking.payloads(KIND)]
    assert len(set(names)) == len(names)
