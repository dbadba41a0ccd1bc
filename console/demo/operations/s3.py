"""Amazon S3: the account's buckets and how each is set up. Objects, and what changes something, are moto's."""

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
