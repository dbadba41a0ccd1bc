"""Names of what data passes through and is kept in: buckets, keys and log groups, wherever AWS mentions them.

A kind whose payloads mention some is added to one of the lists here, and whatever it names is then asked about.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from console.domain.evidence import Payload

NAMES_BUCKETS: tuple[str, ...] = (
    "bedrock-agent.action_group",
    "bedrock-agent.data_source",
    "bedrock-agent.flow",
    "bedrock-agent.flow_version",
    "bedrock-agent.knowledge_base",
    "bedrock-agentcore-control.agent_runtime",
    "bedrock-agentcore-control.browser",
    "bedrock-agentcore-control.gateway_target",
    "bedrock-agentcore-control.memory",
    "bedrock-runtime.async_invoke",
    "bedrock.advanced_prompt_optimization_job",
    "bedrock.custom_model",
    "bedrock.evaluation_job",
    "bedrock.imported_model",
    "bedrock.invocation_logging",
    "bedrock.model_customization_job",
    "bedrock.model_import_job",
    "bedrock.model_invocation_job",
    "cloudtrail.trail",
    "logs.delivery_destination",
)
"""Kinds that name buckets in which there are prompts, completions, models, documents or records of their use."""
NAMES_KEYS: tuple[str, ...] = (
    "bedrock-agent.agent",
    "bedrock-agent.agent_version",
    "bedrock-agent.data_source",
    "bedrock-agent.flow",
    "bedrock-agent.flow_version",
    "bedrock-agent.knowledge_base",
    "bedrock-agent.prompt",
    "bedrock-agentcore-control.evaluator",
    "bedrock-agentcore-control.gateway",
    "bedrock-agentcore-control.memory",
    "bedrock-agentcore-control.policy_engine",
    "bedrock-agentcore-control.token_vault",
    "bedrock-data-automation.project",
    "bedrock-runtime.async_invoke",
    "bedrock.advanced_prompt_optimization_job",
    "bedrock.automated_reasoning_policy",
    "bedrock.custom_model",
    "bedrock.evaluation_job",
    "bedrock.guardrail",
    "bedrock.imported_model",
    "bedrock.marketplace_model_endpoint",
    "bedrock.model_copy_job",
    "bedrock.model_customization_job",
    "bedrock.model_import_job",
    "bedrock.model_invocation_job",
    "cloudtrail.event_data_store",
    "cloudtrail.trail",
    "logs.log_group",
    "neptune-graph.graph",
    "opensearch.domain",
    "opensearchserverless.collection",
    "rds.db_cluster",
    "s3.bucket_encryption",
    "s3vectors.index",
    "s3vectors.vector_bucket",
    "secretsmanager.secret",
)
"""Kinds that name the keys under which something of that is encrypted."""
NAMES_LOG_GROUPS: tuple[str, ...] = (
    "bedrock.invocation_logging",
    "cloudtrail.trail",
    "logs.delivery_destination",
)
"""Kinds that name log groups."""
NAMES_FUNCTIONS: tuple[str, ...] = (
    "bedrock-agent.action_group",
    "bedrock-agent.flow",
    "bedrock-agent.flow_version",
    "bedrock-agentcore-control.gateway_target",
)
"""Kinds that name Lambda functions which agents and flows call."""

BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")
"""A bucket's name, the long ones of the first years too."""
_ADDRESS = re.compile(r"(?:s3://|arn:aws[a-z-]*:s3:::)([^/]+)(?:/.*)?", re.DOTALL)
_ACCESS_POINT = re.compile(
    r"(?:s3://)?(arn:aws[a-z-]*:s3[a-z-]*:[^:]*:\d{12}:accesspoint[:/][^/]+)(?:/.*)?", re.DOTALL
)
_BUCKET_MEMBERS = re.compile(r"(?:s3)?bucket|(?!vector)\w*bucketname")
_KEY_ARN = re.compile(r"arn:aws[a-z-]*:kms:[^:]*:\d{12}:(?:key|alias)/.+")
_KEY_NAME = re.compile(r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}|alias/.+)")
_LOG_GROUP_ARN = re.compile(r"(arn:aws[a-z-]*:logs:[^:]*:\d{12}:log-group:[^:]+)(?::.*)?")
_FUNCTION_ARN = re.compile(r"(arn:aws[a-z-]*:lambda:[^:]*:\d{12}:function:[^:]+)(?::.+)?")
_LOG_GROUP_MEMBERS = frozenset({"loggroup", "loggroupname"})
_ARN_PARTS = 6

Names = Iterator[str]
Finder = Callable[[Payload], Names]


def bucket_names(payload: Payload) -> Names:
    """Yield the name of each bucket that a payload mentions; the ARN of an access point where only that is said.

    >>> list(bucket_names({"output": {"s3Uri": "s3://a-bucket/a/key"}, "S3BucketName": "trails"}))
    ['a-bucket', 'trails']
    """
    for member, value in _texts(payload):
        if found := _ACCESS_POINT.fullmatch(value) or _ADDRESS.fullmatch(value):
            yield found[1]
        elif _BUCKET_MEMBERS.fullmatch(member) and BUCKET.fullmatch(value):
            yield value


def key_names(payload: Payload) -> Names:
    """Yield the ARN, id or alias of each KMS key that a payload mentions.

    >>> list(key_names({"kmsKeyId": "alias/logs", "keyPrefix": "alias/x"}))
    ['alias/logs']
    """
    for member, value in _texts(payload):
        is_key = "key" in member and ("kms" in member or "encryption" in member)
        if _KEY_ARN.fullmatch(value) or (is_key and _KEY_NAME.fullmatch(value)):
            yield value


def log_group_names(payload: Payload) -> Names:
    """Yield the ARN of each log group that a payload mentions, or its name where it gives no ARN.

    >>> list(log_group_names({"arn": "arn:aws:logs:eu-west-2:111122223333:log-group:a:*", "logGroupName": "b"}))
    ['arn:aws:logs:eu-west-2:111122223333:log-group:a', 'b']
    """
    for member, value in _texts(payload):
        if found := _LOG_GROUP_ARN.fullmatch(value):
            yield found[1]
        elif member in _LOG_GROUP_MEMBERS:
            yield value


def function_names(payload: Payload) -> Names:
    """Yield the ARN of each Lambda function that a payload mentions, without version or alias.

    >>> list(function_names({"lambda": "arn:aws:lambda:eu-west-2:111122223333:function:look-up:live"}))
    ['arn:aws:lambda:eu-west-2:111122223333:function:look-up']
    """
    for _, value in _texts(payload):
        if found := _FUNCTION_ARN.fullmatch(value):
            yield found[1]


def named_in(known: Mapping[str, Sequence[Payload]], kinds: Iterable[str], find: Finder) -> list[str]:
    """Return each name that is found in what is known of some kinds, once, sorted."""
    return sorted({name for kind in kinds for payload in known.get(kind, ()) for name in find(payload)})


def region_and_account(name: str) -> tuple[str, str]:
    """Return where an ARN says that a thing is; two empty texts for a name that is no ARN.

    >>> region_and_account("arn:aws:kms:eu-west-2:111122223333:key/mrk-1"), region_and_account("alias/logs")
    (('eu-west-2', '111122223333'), ('', ''))
    """
    parts = name.split(":", _ARN_PARTS - 1)
    is_arn = len(parts) == _ARN_PARTS and parts[0] == "arn"
    return (parts[3], parts[4]) if is_arn else ("", "")


def _texts(value: object, member: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a JSON value under the name of its member, in lower case; those in lists under the list's."""
    if isinstance(value, str):
        yield member, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, str(name).lower())
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, member)
