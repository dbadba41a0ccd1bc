from unit.collect.collectors.asking import Asking

KIND = "s3vectors.vector_bucket"


def test_the_bucket_is_found_by_the_index_that_a_base_names(asking: Asking) -> None:
    buckets = {bucket["vectorBucketArn"] for bucket in asking.payloads(KIND)}
    indexes = {index["indexArn"] for index in asking.payloads("s3vectors.index")}
    assert buckets == {index.partition("/index/")[0] for index in indexes}
