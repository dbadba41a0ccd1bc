from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_versioning"


def test_a_bucket_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetBucketVersioning")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_bucket_that_never_had_versions_says_nothing_and_is_a_fact(asking: Asking) -> None:
    assert {each.get("Status") for each in asking.payloads(KIND)} == {None, "Enabled"}


def test_a_bucket_abroad_is_asked_where_it_is(asking: Asking) -> None:
    abroad = asking.somewhere(
        "s3.bucket_location",
        lambda each: any(one.get("LocationConstraint", "") is None for one in each.payloads.values()),
    )
    (name,) = [key for key, one in abroad.payloads.items() if one.get("LocationConstraint", "") is None]
    reading = asking.read(KIND, abroad.scope)
    assert name in reading.payloads
    assert reading.collected.gaps == ()
