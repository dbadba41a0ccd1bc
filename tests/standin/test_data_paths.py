"""Buckets, keys and what watches them: answered as AWS does, refusals too."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from standin_process import LONDON, Keys, RunningStandIn

DUBLIN, VIRGINIA = "eu-west-1", "us-east-1"


@pytest.fixture
def account(standin: RunningStandIn) -> str:
    (found,) = [each["Id"] for each in standin.accounts() if each["Name"] == "casework-assist-prod"]
    return str(found)


@pytest.fixture
def inside(standin: RunningStandIn, account: str) -> Keys:
    return standin.assume(account)


@pytest.fixture
def s3(standin: RunningStandIn, inside: Keys) -> Any:
    return standin.client("s3", inside)


def refused(ask: Any, **parameters: object) -> tuple[str, int]:
    with pytest.raises(ClientError) as caught:
        ask(**parameters)
    said = caught.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def test_buckets_are_listed_in_pages_and_say_their_region_only_then(s3: Any) -> None:
    plain = s3.list_buckets()["Buckets"]
    assert not [each for each in plain if "BucketRegion" in each]
    pages = list(s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 1}))
    assert len(pages) > 2
    regions = {each["BucketRegion"] for page in pages for each in page["Buckets"]}
    assert {LONDON} <= regions <= {LONDON, DUBLIN, VIRGINIA}


def test_a_bucket_is_asked_about_in_its_own_region_alone(
    standin: RunningStandIn, inside: Keys, account: str
) -> None:
    name = f"trail-archive-{account}"
    elsewhere = standin.client("s3", inside, region=VIRGINIA)
    assert elsewhere.get_bucket_location(Bucket=name)["LocationConstraint"] == LONDON
    seen: list[str] = []
    elsewhere.meta.events.register(
        "before-send.s3", lambda request, **_: seen.append(request.headers["Authorization"].decode())
    )
    assert elsewhere.get_bucket_versioning(Bucket=name)["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert [LONDON in each for each in seen] == [False, True]


def test_a_bucket_of_another_account_and_one_that_nobody_has_are_refused_differently(
    standin: RunningStandIn, s3: Any
) -> None:
    theirs = f"trail-archive-{standin.management_account}"
    assert refused(s3.get_bucket_location, Bucket=theirs) == ("AccessDenied", 403)
    assert refused(s3.get_bucket_policy, Bucket="there-is-no-such-bucket") == ("NoSuchBucket", 404)


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("get_bucket_policy", "NoSuchBucketPolicy"),
        ("get_bucket_policy_status", "NoSuchBucketPolicy"),
        ("get_object_lock_configuration", "ObjectLockConfigurationNotFoundError"),
        ("get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration"),
        ("get_bucket_replication", "ReplicationConfigurationNotFoundError"),
        ("get_public_access_block", "NoSuchPublicAccessBlockConfiguration"),
    ],
)
def test_what_was_never_set_up_has_an_error_of_its_own(
    standin: RunningStandIn, operation: str, code: str
) -> None:
    codes = set()
    for each in standin.accounts():
        try:
            client = standin.client("s3", standin.assume(each["Id"]))
        except ClientError:
            continue
        for bucket in client.list_buckets()["Buckets"]:
            try:
                getattr(client, operation)(Bucket=bucket["Name"])
                codes.add("")
            except ClientError as error:
                codes.add(error.response["Error"]["Code"])
    assert codes == {"", code}


def test_objects_are_not_mistaken_for_a_buckets_setup(s3: Any) -> None:
    s3.create_bucket(Bucket="lifecycle", CreateBucketConfiguration={"LocationConstraint": LONDON})
    s3.put_object(Bucket="lifecycle", Key="policy", Body=b"kept")
    assert s3.get_object(Bucket="lifecycle", Key="policy")["Body"].read() == b"kept"
    s3.delete_object(Bucket="lifecycle", Key="policy")
    s3.delete_bucket(Bucket="lifecycle")


def test_a_key_is_found_by_arn_id_and_alias_in_its_region_alone(
    standin: RunningStandIn, inside: Keys, account: str
) -> None:
    kms = standin.client("kms", inside)
    key = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert kms.describe_key(KeyId=key["Arn"])["KeyMetadata"] == key
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] == key
    assert json.loads(kms.get_key_policy(KeyId=key["Arn"])["Policy"])["Statement"]
    elsewhere = standin.client("kms", inside, region=VIRGINIA)
    assert refused(elsewhere.describe_key, KeyId=key["Arn"]) == ("NotFoundException", 400)
    theirs = key["Arn"].replace(account, standin.management_account)
    assert refused(kms.describe_key, KeyId=theirs) == ("AccessDeniedException", 400)
    assert refused(kms.describe_key, KeyId=key["KeyId"][:-1] + "x") == ("NotFoundException", 400)


def test_networks_are_filtered(standin: RunningStandIn, inside: Keys) -> None:
    ec2 = standin.client("ec2", inside)
    (vpc, default) = [each for page in ec2.get_paginator("describe_vpcs").paginate() for each in page["Vpcs"]]
    assert (vpc["IsDefault"], default["IsDefault"]) == (False, True)
    wanted = [{"Name": "vpc-id", "Values": [default["VpcId"]]}]
    assert ec2.describe_subnets(Filters=wanted)["Subnets"] == []
    assert ec2.describe_nat_gateways(Filter=wanted)["NatGateways"] == []
    unknown = [{"Name": "colour", "Values": ["red"]}]
    assert refused(ec2.describe_subnets, Filters=unknown) == ("InvalidParameterValue", 400)


def test_events_are_those_of_the_period_the_newest_first(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("cloudtrail", inside)
    end = datetime.now(UTC)
    period: dict[str, Any] = {"StartTime": end - timedelta(days=3), "EndTime": end}
    pages = client.get_paginator("lookup_events").paginate(**period)
    times = [each["EventTime"] for page in pages for each in page["Events"]]
    assert times == sorted(times, reverse=True)
    assert all(period["StartTime"] <= each < end for each in times)
    by_name = [{"AttributeKey": "Username", "AttributeValue": "somebody"}]
    assert refused(client.lookup_events, LookupAttributes=by_name) == (
        "InvalidLookupAttributesException",
        400,
    )


def test_what_is_not_there_is_refused_as_aws_does(
    standin: RunningStandIn, inside: Keys, account: str
) -> None:
    logs, cloudtrail = standin.client("logs", inside), standin.client("cloudtrail", inside)
    assert refused(logs.describe_metric_filters, logGroupName="/none") == ("ResourceNotFoundException", 400)
    assert refused(logs.get_data_protection_policy, logGroupIdentifier="/none") == (
        "ResourceNotFoundException",
        400,
    )
    store = f"arn:aws:cloudtrail:{LONDON}:{account}:eventdatastore/none"
    assert refused(cloudtrail.get_event_data_store, EventDataStore=store) == (
        "EventDataStoreNotFoundException",
        400,
    )
    guardduty = standin.client("guardduty", inside)
    assert refused(guardduty.get_detector, DetectorId="none") == ("BadRequestException", 400)
    hub = standin.client("securityhub", inside, region=VIRGINIA)
    assert refused(hub.describe_hub) == ("InvalidAccessException", 401)
    assert refused(hub.get_enabled_standards) == ("InvalidAccessException", 401)
    alarms = standin.client("cloudwatch", inside)
    assert refused(alarms.describe_alarms, AlarmTypes=["LogAlarm"])[1] == 400


def test_the_same_department_has_the_same_data_paths_every_time() -> None:
    from console.demo.department.build import build_estate  # noqa: PLC0415 - this once

    assert build_estate(3, 11).dump() == build_estate(3, 11).dump()
    assert build_estate(3, 11).dump() != build_estate(3, 12).dump()
