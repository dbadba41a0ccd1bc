from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_public_access"


def test_a_bucket_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetPublicAccessBlock")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_bucket_without_one_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: len(each.heard) > len(each.facts) > 0)
    assert reading.collected.gaps == ()
