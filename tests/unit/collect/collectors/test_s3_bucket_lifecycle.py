from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_lifecycle"


def test_a_bucket_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetBucketLifecycleConfiguration")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_bucket_without_one_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: len(each.heard) > len(each.facts) > 0)
    assert reading.collected.gaps == ()


def test_rules_say_when_things_end(asking: Asking) -> None:
    for each in asking.payloads(KIND):
        assert each["Rules"][0]["Expiration"]["Days"] in (90, 400, 730)
        assert each["TransitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
