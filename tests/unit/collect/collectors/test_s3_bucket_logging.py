from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_logging"


def test_a_bucket_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetBucketLogging")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_bucket_whose_access_nobody_logs_is_a_fact(asking: Asking) -> None:
    assert {"LoggingEnabled" in each for each in asking.payloads(KIND)} == {True, False}
