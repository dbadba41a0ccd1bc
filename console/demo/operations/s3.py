"""Amazon S3: the account's buckets and how each is set up, and the objects of invocation logs; the rest is moto's."""

import json
from datetime import UTC, date, datetime, timedelta

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON
from console.demo.digests import FOLDER, Digests, changed, digests_of, taken_out
from console.demo.invocations import object_content, object_names
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("s3")
_PAGING = Paging(most=3, asked="MaxBuckets", token="ContinuationToken", refusal="InvalidArgument")  # noqa: S106
_OLDEST = "us-east-1"
"""The Region whose buckets have no location."""
_ABSENT: dict[str, tuple[str, str]] = {
    "GetBucketPolicy": ("s3.bucket_policy", "NoSuchBucketPolicy"),
    "GetBucketPolicyStatus": ("s3.bucket_policy_status", "NoSuchBucketPolicy"),
    "GetBucketEncryption": ("s3.bucket_encryption", "ServerSideEncryptionConfigurationNotFoundError"),
    "GetObjectLockConfiguration": ("s3.bucket_object_lock", "ObjectLockConfigurationNotFoundError"),
    "GetBucketLifecycleConfiguration": ("s3.bucket_lifecycle", "NoSuchLifecycleConfiguration"),
    "GetBucketReplication": ("s3.bucket_replication", "ReplicationConfigurationNotFoundError"),
    "GetPublicAccessBlock": ("s3.bucket_public_access", "NoSuchPublicAccessBlockConfiguration"),
}
"""By what name a part of a bucket's set-up is held, and S3's error where it was never made."""
_ALWAYS = {"GetBucketVersioning": "s3.bucket_versioning", "GetBucketLogging": "s3.bucket_logging"}
"""Parts that S3 answers empty where they were never made."""
_SPOILT = {"digest was taken out": taken_out, "digest was changed": changed}
"""What was done to a trail's digests, by the flaw that says so."""


@OPERATIONS("ListBuckets")
def list_buckets(asked: Asked) -> Payload:
    """Return the account's buckets of every Region: all, or where a page has a size, some with their Regions."""
    buckets = [
        {**bucket, "BucketRegion": region}
        for region, each in asked.account.regions.items()
        for bucket in each.held.get("s3.bucket", ())
    ]
    buckets.sort(key=lambda each: str(each["Name"]))
    owner = {"ID": asked.account_id.rjust(64, "0")}
    if "MaxBuckets" not in asked.parameters:
        plain = [{name: value for name, value in each.items() if name != "BucketRegion"} for each in buckets]
        return {"Buckets": plain, "Owner": owner}
    found, following = page(asked, buckets, _PAGING)
    return {"Buckets": found, "Owner": owner, **following}


@OPERATIONS("GetBucketLocation")
def get_bucket_location(asked: Asked) -> Payload:
    """Return the Region of a bucket, whichever Region is asked."""
    region = _own_region(asked)
    return {} if region == _OLDEST else {"LocationConstraint": region}


def _part(asked: Asked) -> Payload:
    """Return one part of a bucket's set-up, in the bucket's own Region alone."""
    region = _own_region(asked)
    if region != asked.region:
        message = "The bucket you are attempting to access must be addressed using the specified endpoint."
        raise RefusedError(301, "PermanentRedirect", message, {"x-amz-bucket-region": region})
    name, absent = _ABSENT.get(asked.operation) or (_ALWAYS[asked.operation], "")
    for each in asked.held(name):
        if each["Bucket"] == asked.text("Bucket"):
            return {member: value for member, value in each.items() if member != "Bucket"}
    if absent:
        raise RefusedError(404, absent, "The configuration does not exist")
    return {}


for _operation in (*_ABSENT, *_ALWAYS):
    OPERATIONS(_operation)(_part)


_OBJECTS = Paging(most=40, asked="MaxKeys", token="ContinuationToken", refusal="InvalidArgument")  # noqa: S106
_LOG_DAYS = 45
"""How many days back there are logs."""


@OPERATIONS("ListObjectsV2")
def list_objects(asked: Asked) -> Payload:
    """Return a page of the objects of a bucket, as far as the estate has any: invocation logs and trails' digests."""
    _own_region(asked)
    if asked.text("Delimiter"):
        return _folders(asked)
    if FOLDER in asked.text("Prefix"):
        return _digests(asked)
    prefix, bucket = _log_prefix(asked), asked.text("Bucket")
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=back) for back in range(_LOG_DAYS, 0, -1)] if prefix else []
    names = [prefix + name for day in days for name in object_names(asked.estate, asked.account_id, day)]
    begin, after = asked.text("Prefix"), asked.text("StartAfter")
    draw = Draw(asked.estate.seed)
    wanted = [
        {
            "Key": name,
            "LastModified": f"{name.rpartition('/')[0][-13:-3].replace('/', '-')}T20:00:00Z",
            "ETag": f'"{draw.hexadecimal(32, "etag", name)}"',
            "Size": 1024,
        }
        for name in names
        if name.startswith(begin) and name > after
    ]
    found, following = page(asked, wanted, _OBJECTS)
    more = {"NextContinuationToken": following["ContinuationToken"]} if following else {}
    return {
        "Name": bucket,
        "Prefix": begin,
        "KeyCount": len(found),
        "IsTruncated": bool(following),
        "Contents": found,
        **more,
    }


@OPERATIONS("GetObject")
def get_object(asked: Asked) -> Payload:
    """Return an object of an invocation log, or a digest with its signature."""
    _own_region(asked)
    if FOLDER in asked.text("Key"):
        return _digest(asked)
    prefix, key = _log_prefix(asked), asked.text("Key")
    missing = RefusedError(404, "NoSuchKey", "The specified key does not exist.")
    if not prefix or not key.startswith(prefix):
        raise missing
    try:
        content = object_content(asked.estate, asked.account_id, key.removeprefix(prefix))
    except (LookupError, ValueError, TypeError):
        raise missing from None
    return {
        "Body": content.decode("latin-1"),
        "ETag": f'"{Draw(asked.estate.seed).hexadecimal(32, "etag", key)}"',
    }


def _folders(asked: Asked) -> Payload:
    """Return below which common prefixes there are digests of yesterday: all that the estate has in folders."""
    begin, mark = asked.text("Prefix"), asked.text("Delimiter")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    keys = [key for key in _digests_on(asked, yesterday) if key.startswith(begin)]
    rests = [(key, key.removeprefix(begin).partition(mark)) for key in keys]
    folders = sorted({f"{begin}{name}{mark}" for _, (name, found, _) in rests if found})
    plain = [{"Key": key, "Size": 1024} for key, (_, found, _) in rests if not found]
    entries = [{"Prefix": each} for each in folders]
    some, following = page(asked, [*entries, *plain], _OBJECTS)
    more = {"NextContinuationToken": following["ContinuationToken"]} if following else {}
    return {
        "Name": asked.text("Bucket"),
        "Prefix": begin,
        "Delimiter": mark,
        "KeyCount": len(some),
        "IsTruncated": bool(following),
        "Contents": [each for each in some if "Key" in each],
        "CommonPrefixes": [each for each in some if "Key" not in each],
        **more,
    }


def _digests(asked: Asked) -> Payload:
    begin = asked.text("Prefix")
    found = [
        {"Key": key, "LastModified": f"{_day_of(key).isoformat()}T23:00:00Z", "Size": len(content)}
        for key, (content, _) in _digests_of_day(asked, begin).items()
        if key.startswith(begin)
    ]
    some, following = page(asked, found, _OBJECTS)
    more = {"NextContinuationToken": following["ContinuationToken"]} if following else {}
    return {
        "Name": asked.text("Bucket"),
        "Prefix": begin,
        "KeyCount": len(some),
        "IsTruncated": bool(following),
        "Contents": some,
        **more,
    }


def _digest(asked: Asked) -> Payload:
    found = _digests_of_day(asked, asked.text("Key")).get(asked.text("Key"))
    if found is None:
        raise RefusedError(404, "NoSuchKey", "The specified key does not exist.")
    content, signature = found
    return {
        "Body": content.decode("latin-1"),
        "ETag": '"0"',
        "Metadata": {"signature": signature, "signature-algorithm": "SHA256withRSA"},
    }


def _digests_of_day(asked: Asked, key: str) -> Digests:
    """Return the digests of the trails that write to a bucket, of the day that a key names."""
    return _digests_on(asked, _day_of(key))


def _digests_on(asked: Asked, day: date) -> Digests:
    """Return the digests of the trails that write to a bucket, of a day; none of days to come."""
    found: Digests = {}
    for region in asked.account.regions.values():
        fingerprints = [each["Fingerprint"] for each in region.held.get("cloudtrail.public_key", ())]
        for each in region.trails:
            trail = each["trail"]
            is_here = trail["S3BucketName"] == asked.text("Bucket") and trail["LogFileValidationEnabled"]
            if is_here and day < datetime.now(UTC).date():
                found |= _digests_of_trail(asked, each, fingerprints[-1], day)
    return found


def _digests_of_trail(asked: Asked, held: Payload, fingerprint: str, day: date) -> Digests:
    """Return what is left in the bucket of the digests that CloudTrail wrote for a trail."""
    trail = held["trail"]
    organisation = str(asked.estate.organisation.organization["Id"]) if trail["IsOrganizationTrail"] else ""
    said = json.dumps(trail, sort_keys=True)
    found = digests_of(asked.estate.seed, said, fingerprint, day, organisation)
    return _SPOILT[held["digests"]](found) if "digests" in held else found


def _day_of(key: str) -> date:
    return date(*(int(each) for each in key.partition(f"/{FOLDER}/")[2].split("/")[1:4]))


def _log_prefix(asked: Asked) -> str:
    """Return with what the names of the account's logged calls begin in a bucket; empty if none are written there."""
    config = asked.account.regions[LONDON].logging.get("loggingConfig", {}).get("s3Config", {})
    if config.get("bucketName") != asked.text("Bucket"):
        return ""
    folder = f"AWSLogs/{asked.account_id}/BedrockModelInvocationLogs/{LONDON}/"
    return f"{config['keyPrefix']}/{folder}" if config.get("keyPrefix") else folder


def _own_region(asked: Asked) -> str:
    """Return where a bucket of the caller's account is; refuse what belongs to others, and what nobody has."""
    wanted = asked.text("Bucket")
    for account_id, account in asked.estate.accounts.items():
        for region, each in account.regions.items():
            if any(bucket["Name"] == wanted for bucket in each.held.get("s3.bucket", ())):
                if account_id == asked.account_id:
                    return region
                raise RefusedError(403, "AccessDenied", "Access Denied")
    raise RefusedError(404, "NoSuchBucket", "The specified bucket does not exist")
