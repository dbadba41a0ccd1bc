from typing import Any

import pytest

from console.views.inventory_trails import TRAILS
from fakes import gap
from unit.views.listed import cells_of, facts, rows_of, section_of, told_of

CALLS, GROUPS = section_of(TRAILS, "invocations"), section_of(TRAILS, "groups")
BUCKETS, SENT = section_of(TRAILS, "buckets"), section_of(TRAILS, "deliveries")
LOGGING = {"loggingConfig": {"textDataDeliveryEnabled": True, "cloudWatchConfig": {"logGroupName": "/g"}}}


def metric(name: str, values: Any) -> tuple[str, str, dict[str, Any]]:
    return ("cloudwatch.delivery_metric", name, {"MetricName": name, "Values": values})


def test_logging_says_what_it_delivers_what_it_leaves_out_and_what_failed() -> None:
    known = facts(
        ("bedrock.invocation_logging", "invocation-logging", LOGGING),
        metric("Invocations", [3, 4.0, "x"]),
        metric("ModelInvocationLogsS3DeliveryFailure", [1]),
        metric("Other", None),
    )
    found = cells_of(CALLS, known)
    assert (found["state"], found["delivers"], found["log_group"]) == ("on", "text", "/g")
    assert found["leaves_out"] == "image, embedding, video, audio"
    assert (found["calls"], found["failed"]) == (7, 1)


def test_logging_that_is_off_delivers_nothing_that_could_fail() -> None:
    known = facts(("bedrock.invocation_logging", "invocation-logging", {}), metric("Invocations", "x"))
    found = cells_of(CALLS, known)
    assert (found["state"], found["delivers"], found["calls"]) == ("off", None, "none counted")
    nothing = {"loggingConfig": {"s3Config": {"bucketName": "b"}}}
    silent = facts(("bedrock.invocation_logging", "invocation-logging", nothing))
    missing = [gap("cloudwatch.delivery_metric", sequence=6)]
    found = cells_of(CALLS, silent, missing)
    assert (found["delivers"], found["failed"]) == ("none", "could not be read: denied")
    every = {f"{kind}DataDeliveryEnabled": True for kind in ("text", "image", "embedding", "video", "audio")}
    whole = facts(("bedrock.invocation_logging", "invocation-logging", {"loggingConfig": every}))
    assert cells_of(CALLS, whole)["leaves_out"] == "none"


def test_a_log_group_says_how_long_it_keeps_and_who_gets_copies() -> None:
    known = facts(
        ("logs.log_group", "arn:g", {"logGroupName": "/g", "retentionInDays": 90, "storedBytes": 5}),
        ("logs.log_group", "arn:h", {"logGroupName": "/h"}),
        ("logs.data_protection_policy", "arn:g", {"policyDocument": '{"Name": "mask"}'}),
        (
            "logs.subscription_filter",
            "arn:g",
            {"subscriptionFilters": [{"filterName": "f", "destinationArn": "arn:d"}, {}]},
        ),
    )
    first, other = cells_of(GROUPS, known), cells_of(GROUPS, known, place=1)
    assert (first["kept"], first["masked"], first["copies"], first["bytes"]) == ("90 days", "yes", 2, 5)
    assert (other["kept"], other["masked"], other["copies"]) == ("for ever", "no", 0)
    said = told_of(GROUPS, known)
    assert said["Copied to"].splitlines() == ["f: arn:d", "without a name: not said where"]
    assert '"mask"' in said["Masking policy"]
    missing = [gap("logs.subscription_filter", sequence=6)]
    alone = facts(("logs.log_group", "arn:h", {}))
    assert cells_of(GROUPS, alone, missing)["copies"] == "could not be read: denied"


def bucket(**more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("s3.bucket_location", "b", {"Bucket": "b", **more})


def test_a_bucket_says_where_it_lies_how_it_is_kept_and_who_looks() -> None:
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 365}}
    encryption = [{"ApplyServerSideEncryptionByDefault": {"KMSMasterKeyID": "arn:k"}}, {}]
    lifecycle = [
        {"Status": "Enabled", "Expiration": {"Days": 90}},
        {"Status": "Enabled"},
        {"Status": "Disabled", "Expiration": {"Days": 1}},
    ]
    known = facts(
        bucket(LocationConstraint=None),
        ("s3.bucket_encryption", "b", {"ServerSideEncryptionConfiguration": {"Rules": encryption}}),
        ("s3.bucket_object_lock", "b", {"ObjectLockConfiguration": {"Rule": rule}}),
        ("s3.bucket_lifecycle", "b", {"Rules": lifecycle}),
        ("s3.bucket_policy_status", "b", {"PolicyStatus": {"IsPublic": False}}),
        ("s3.bucket_versioning", "b", {"Status": "Enabled"}),
        ("s3.bucket_logging", "b", {}),
    )
    found = cells_of(BUCKETS, known)
    assert (found["where"], found["key"], found["lock"]) == (
        "us-east-1",
        "arn:k, not said",
        "compliance, 365 days",
    )
    assert (found["expires"], found["public"], found["access"]) == ("after 90 days", "no", "nowhere")


@pytest.mark.parametrize(
    ("kind", "payload", "cell", "words"),
    [
        ("s3.bucket_object_lock", {"ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Years": 2}}}},
         "lock", "mode not said, 2 years"),
        ("s3.bucket_object_lock", {}, "lock", "no default"),
        ("s3.bucket_lifecycle", {"Rules": []}, "expires", "never"),
        ("s3.bucket_encryption", {"ServerSideEncryptionConfiguration": {"Rules": [
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}}, "key", "AES256"),
    ],
)  # fmt: skip
def test_what_a_bucket_leaves_open(kind: str, payload: dict[str, Any], cell: str, words: str) -> None:
    known = facts(bucket(LocationConstraint="eu-west-2"), (kind, "b", payload))
    found = cells_of(BUCKETS, known)
    assert (found[cell], found["where"]) == (words, "eu-west-2")


def test_what_of_a_bucket_is_absent_is_told_from_what_was_not_read() -> None:
    known = facts(bucket())
    kinds = ("encryption", "object_lock", "lifecycle")
    scope = known[0].scope
    (row,) = rows_of(BUCKETS, known, empty=[(f"s3.bucket_{each}", scope) for each in kinds])
    assert (row.cells[1], row.cells[2], row.cells[5], row.cells[6]) == (None, "not said", "no", "never")
    found = cells_of(BUCKETS, known, [gap(f"s3.bucket_{each}", sequence=9) for each in kinds])
    assert {found["key"], found["lock"], found["expires"]} == {"could not be read: denied"}


def test_a_delivery_says_from_where_to_where() -> None:
    known = facts(
        ("logs.delivery", "d", {"deliverySourceName": "kb", "deliveryDestinationArn": "arn:to"}),
        (
            "logs.delivery_source",
            "s",
            {"name": "kb", "logType": "APPLICATION_LOGS", "resourceArns": ["arn:kb"]},
        ),
        (
            "logs.delivery_destination",
            "arn:to",
            {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:bucket"}},
        ),
        ("logs.delivery", "e", {}),
    )
    found, lost = cells_of(SENT, known), cells_of(SENT, known, place=1)
    assert (found["sort"], found["resource"], found["to"]) == ("APPLICATION_LOGS", "arn:kb", "arn:bucket")
    assert (lost["sort"], lost["to"]) == ("not found", "not found")
