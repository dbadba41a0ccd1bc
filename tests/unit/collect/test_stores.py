import pytest

from console.collect.stores import here, named, vector_buckets, vector_indexes
from unit.collect.collectors.prepared import Made
from unit.collect.test_sessions import CALLER

STEM = "arn:aws:s3vectors:eu-west-2:111122223333:bucket/b"


def test_names_are_found_at_any_depth_each_once() -> None:
    payloads = [
        {"a": [{"secretArn": "y"}, {"secretArn": "x"}]},
        {"secretArn": "x", "other": "z"},
        {"secretArn": 5},
    ]
    assert named(payloads, "secretArn") == ["x", "y"]


def test_what_lies_in_another_region_is_missed_with_a_reason(aws: Made) -> None:
    sessions, _ = aws(CALLER)
    arns = [STEM, STEM.replace("eu-west-2", "eu-west-1"), "no arn"]
    near, far = here(sessions.client("s3vectors", "eu-west-2"), arns)
    assert near == [STEM]
    assert [each.key for each in far] == arns[1:]
    assert all("not in eu-west-2" in str(each.error) for each in far)


@pytest.mark.parametrize(
    ("store", "indexes"),
    [
        ({"indexArn": f"{STEM}/index/i"}, [f"{STEM}/index/i"]),
        ({"vectorBucketArn": STEM, "indexName": "i"}, [f"{STEM}/index/i"]),
        ({"vectorBucketArn": STEM}, []),
    ],
)
def test_a_bucket_is_named_by_itself_or_by_its_index(store: dict[str, str], indexes: list[str]) -> None:
    bases = [{"storageConfiguration": {"s3VectorsConfiguration": store}}, {"storageConfiguration": {}}, {}]
    assert vector_buckets(bases) == [STEM]
    assert vector_indexes(bases) == indexes
