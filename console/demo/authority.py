"""Who may call what, once a role was given policies: everything else is refused, as by IAM.

Written apart from `console.policy`, so that a mistake there cannot agree with itself. It knows only what a list of
permissions needs (Allow, Action, Resource) and refuses to be given more.
"""

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from console.demo.messages import Call, Payload
from console.demo.models import operation_of

_PREFIXES = {"cloudwatch": "cloudwatch", "resourcegroupstaggingapi": "tag"}
"""IAM's prefixes that are not the name in a signature."""
_ACTIONS: Mapping[tuple[str, str], str] = {
    ("budgets", "DescribeBudgets"): "budgets:ViewBudget",
    ("budgets", "DescribeNotificationsForBudget"): "budgets:ViewBudget",
    ("budgets", "DescribeSubscribersForNotification"): "budgets:ViewBudget",
    ("cloudcontrol", "ListResources"): "cloudformation:ListResources",
    ("s3", "GetBucketEncryption"): "s3:GetEncryptionConfiguration",
    ("s3", "GetBucketLifecycleConfiguration"): "s3:GetLifecycleConfiguration",
    ("s3", "GetBucketReplication"): "s3:GetReplicationConfiguration",
    ("s3", "GetObjectLockConfiguration"): "s3:GetBucketObjectLockConfiguration",
    ("s3", "GetPublicAccessBlock"): "s3:GetBucketPublicAccessBlock",
    ("s3", "ListBuckets"): "s3:ListAllMyBuckets",
    ("s3", "ListMultipartUploads"): "s3:ListBucketMultipartUploads",
    ("s3", "ListObjectVersions"): "s3:ListBucketVersions",
    ("s3", "ListObjectsV2"): "s3:ListBucket",
    ("s3control", "GetPublicAccessBlock"): "s3:GetAccountPublicAccessBlock",
}
"""Operations whose permission has another name."""
_THROUGH: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("bedrock", "GetMarketplaceModelEndpoint"): (
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:DescribeInferenceComponent",
        "sagemaker:DescribeModel",
        "sagemaker:ListTags",
    ),
    ("bedrock", "ListMarketplaceModelEndpoints"): ("sagemaker:ListEndpoints",),
    ("cloudcontrol", "ListResources"): ("bedrock-mantle:ListProjects", "bedrock-mantle:ListTagsForResource"),
}
"""What the caller must be allowed besides, because AWS asks another service in the caller's name."""
_FREE = frozenset({("sts", "GetCallerIdentity")})
"""Operations that need no permission."""
_OF_BUCKET = {
    "acl": "GetBucketAcl",
    "encryption": "GetEncryptionConfiguration",
    "lifecycle": "GetLifecycleConfiguration",
    "location": "GetBucketLocation",
    "logging": "GetBucketLogging",
    "notification": "GetBucketNotification",
    "object-lock": "GetBucketObjectLockConfiguration",
    "ownershipControls": "GetBucketOwnershipControls",
    "policy": "GetBucketPolicy",
    "policyStatus": "GetBucketPolicyStatus",
    "publicAccessBlock": "GetBucketPublicAccessBlock",
    "replication": "GetReplicationConfiguration",
    "tagging": "GetBucketTagging",
    "versioning": "GetBucketVersioning",
}
"""S3's permissions by the part of a bucket that a request names."""
_KEYS = frozenset({"Sid", "Effect", "Action", "Resource"})


def actions_of(call: Call) -> tuple[str, ...]:
    """Return the permissions that a call needs, if it needs any."""
    asked = (call.service, call.operation)
    if asked in _FREE:
        return ()
    signing_name = operation_of(*asked).service_model.signing_name
    own = _ACTIONS.get(asked, f"{_PREFIXES.get(call.service, signing_name)}:{call.operation}")
    return (own, *_THROUGH.get(asked, ()))


def resource_of(call: Call) -> str:
    """Return what a permission must be for; `*` where it must be for everything."""
    if call.service == "sts":
        return str(call.parameters.get("RoleArn", "*"))
    if (call.service, call.operation) == ("s3", "ListObjectsV2"):
        return f"arn:aws:s3:::{call.parameters['Bucket']}"
    if (call.service, call.operation) == ("s3", "GetObject"):
        return f"arn:aws:s3:::{call.parameters['Bucket']}/{call.parameters['Key']}"
    return "*"


def bucket_action_of(method: str, target: str) -> str:
    """Return the permission that a reading request to S3 needs.

    >>> bucket_action_of("GET", "/a-bucket?policy")
    's3:GetBucketPolicy'
    """
    parts = urlsplit(target)
    if (method, parts.query) == ("POST", "delete"):
        return "s3:DeleteObjectVersion"
    if method not in ("GET", "HEAD"):
        return f"s3:{method}"
    if parts.path == "/":
        return "s3:ListAllMyBuckets"
    if parts.path.strip("/").count("/"):
        return "s3:GetObject"
    named = [name for name in parse_qs(parts.query, keep_blank_values=True) if name in _OF_BUCKET]
    return f"s3:{_OF_BUCKET[named[0]]}" if named else "s3:ListBucket"


def object_operation_of(method: str, target: str) -> str:
    """Return what a request to S3 that is passed on is remembered as.

    >>> object_operation_of("POST", "/a-bucket?delete")
    'DeleteObjects'
    """
    return "DeleteObjects" if (method, urlsplit(target).query) == ("POST", "delete") else method


class Authority:
    """The policies of roles, by name; a role that was given none may do everything."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._statements: dict[str, list[Payload]] = {}

    def clear(self) -> None:
        """Let every role do everything."""
        with self._lock:
            self._statements = {}

    def give(self, role: str, documents: Iterable[Mapping[str, Sequence[Payload]]]) -> None:
        """Let a role do what these policies allow and nothing else; raise `ValueError` for other statements."""
        statements = [each for document in documents for each in document["Statement"]]
        for each in statements:
            if each.get("Effect") != "Allow" or not {"Action", "Resource"} <= each.keys() <= _KEYS:
                raise ValueError(f"a statement that is not understood here: {each}")
        with self._lock:
            self._statements[role] = statements

    def allows(self, role_arn: str, action: str, resource: str = "*") -> bool:
        """Tell whether a role may do something; `resource` is `*` where the statement must hold for all."""
        statements = self._statements.get(role_arn.rpartition("/")[2])
        if statements is None or not action:
            return True
        return any(
            _matches(each["Action"], action, case=False) and _matches(each["Resource"], resource, case=True)
            for each in statements
        )


def _matches(patterns: str | Sequence[str], text: str, *, case: bool) -> bool:
    flags = 0 if case else re.IGNORECASE
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(expression, text, flags):
            return True
    return False
