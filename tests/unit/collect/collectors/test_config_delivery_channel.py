from unit.collect.collectors.asking import Asking

KIND = "config.delivery_channel"


def test_it_says_into_which_bucket_and_without_a_recorder_nothing_is_asked(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    assert reading.payloads["default"]["s3BucketName"] == f"config-archive-{reading.scope.account_id}"
    assert asking.somewhere(KIND, lambda each: not each.facts).heard == ()
