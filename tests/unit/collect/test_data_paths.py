import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.collect.data_paths import (
    BUCKET,
    NAMES_BUCKETS,
    NAMES_FUNCTIONS,
    NAMES_KEYS,
    NAMES_LOG_GROUPS,
    bucket_names,
    function_names,
    key_names,
    log_group_names,
    named_in,
    region_and_account,
)
from console.services.refresh import discover_collectors

ID = "12345678-90ab-cdef-1234-567890abcdef"
ARN = f"arn:aws:kms:eu-west-2:111122223333:key/{ID}"
ACCESS_POINT = "arn:aws:s3:eu-west-2:111122223333:accesspoint/finance"


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ({"s3Config": {"bucketName": "logs-1", "keyPrefix": "bedrock"}}, ["logs-1"]),
        ({"S3BucketName": "trails"}, ["trails"]),
        ({"outputDataConfig": {"s3Uri": "s3://out/a/b.json"}}, ["out"]),
        ({"uris": ["s3://one", "s3://two/x"]}, ["one", "two"]),
        ({"bucketArn": "arn:aws:s3:::documents"}, ["documents"]),
        ({"destinationResourceArn": "arn:aws-us-gov:s3:::vended/prefix"}, ["vended"]),
        ({"inputs": [{"s3": {"uri": f"s3://{ACCESS_POINT}/object"}}]}, [ACCESS_POINT]),
        ({"bucketArn": ACCESS_POINT}, [ACCESS_POINT]),
        ({"payloadDeliveryBucketName": "memories"}, ["memories"]),
        ({"s3": {"bucket": "code", "prefix": "a.zip"}}, ["code"]),
        (
            {
                "vectorBucketName": "vectors",
                "vectorBucketArn": "arn:aws:s3vectors:eu-west-2:1:bucket/vectors",
            },
            [],
        ),
        ({"bucketName": ""}, []),
        ({"bucketName": None, "bucketOwner": "111122223333"}, []),
        ({"bucketName": "../x"}, []),
        ({"description": "it goes to s3://not-an-address"}, []),
    ],
)
def test_buckets_are_found_however_they_are_named(payload, names: list[str]) -> None:
    assert list(bucket_names(payload)) == names


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ({"kmsKeyArn": ARN}, [ARN]),
        ({"anything": [ARN]}, [ARN]),
        ({"KMSMasterKeyID": ID}, [ID]),
        ({"customerEncryptionKeyId": ID}, [ID]),
        ({"s3EncryptionKeyId": "mrk-" + "a" * 32}, ["mrk-" + "a" * 32]),
        ({"kmsKeyId": "alias/aws/s3"}, ["alias/aws/s3"]),
        ({"kmsKeyId": "auto"}, []),
        ({"trailId": ID, "keyPrefix": "alias/x"}, []),
        ({"policy": json.dumps({"Resource": ARN})}, []),
    ],
)
def test_keys_are_found_however_they_are_named(payload, names: list[str]) -> None:
    assert list(key_names(payload)) == names


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ({"cloudWatchConfig": {"logGroupName": "/a/b"}}, ["/a/b"]),
        ({"logGroup": "/a"}, ["/a"]),
        (
            {"CloudWatchLogsLogGroupArn": "arn:aws:logs:eu-west-2:111122223333:log-group:trails:*"},
            ["arn:aws:logs:eu-west-2:111122223333:log-group:trails"],
        ),
        ({"logGroupClass": "STANDARD"}, []),
    ],
)
def test_log_groups_are_found_however_they_are_named(payload, names: list[str]) -> None:
    assert list(log_group_names(payload)) == names


def test_functions_are_found_with_and_without_a_version() -> None:
    arn = "arn:aws:lambda:eu-west-2:111122223333:function:look-up"
    payload = {"lambda": arn, "nodes": [{"lambdaArn": f"{arn}:3"}], "name": "look-up"}
    assert list(function_names(payload)) == [arn, arn]


def test_each_name_is_asked_about_once() -> None:
    known = {"a": [{"S3BucketName": "one"}, {"S3BucketName": "two"}], "b": [{"S3BucketName": "one"}]}
    assert named_in(known, ("a", "b", "c"), bucket_names) == ["one", "two"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["s3://b-1/x", ARN, ACCESS_POINT]),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["bucketName", "kmsKeyId"]), inner)
    ),
)


@given(st.dictionaries(st.text(), JSON))
def test_whatever_aws_says_only_names_come_of_it(payload) -> None:
    for name in bucket_names(payload):
        assert BUCKET.fullmatch(name) or name == ACCESS_POINT or "/" not in name
    assert set(key_names(payload)) <= {ARN} | {
        each for each in key_names(payload) if each.startswith("alias/")
    }
    list(log_group_names(payload))


@pytest.mark.parametrize("name", ["", "alias/x", "a:b:c:d:e:f", "arn:aws:kms"])
def test_what_is_no_arn_is_nowhere(name: str) -> None:
    assert region_and_account(name) == ("", "")


def test_every_kind_that_is_said_to_name_something_is_collected() -> None:
    kinds = {collector.kind for collector in discover_collectors()}
    assert {*NAMES_BUCKETS, *NAMES_FUNCTIONS, *NAMES_KEYS, *NAMES_LOG_GROUPS} <= kinds
