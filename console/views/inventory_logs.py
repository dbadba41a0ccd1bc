"""Logging: what records what was said to models, and where it is kept."""

from collections.abc import Iterator, Mapping

from console.controls.payload import listed, part, said
from console.domain.evidence import Payload
from console.views.beside import Seen, as_cell
from console.views.policy_words import policy_json
from console.views.sections import Detail, Heading, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

_GROUP, _MASKING, _ELSEWHERE = "logs.log_group", "logs.data_protection_policy", "logs.subscription_filter"
_LOGGING = "bedrock.invocation_logging"
_METRIC = "cloudwatch.delivery_metric"
_BUCKET = "s3.bucket_location"
_ENCRYPTION, _VERSIONS, _LOCK = "s3.bucket_encryption", "s3.bucket_versioning", "s3.bucket_object_lock"
_LIFECYCLE, _PUBLIC, _ACCESS = "s3.bucket_lifecycle", "s3.bucket_policy_status", "s3.bucket_logging"
_SENT, _SOURCE = "logs.delivery", "logs.delivery_source"
_TO = "logs.delivery_destination"
_KINDS = ("text", "image", "embedding", "video", "audio")
_NAME = Heading("name", "Name")
_KEY = Heading("key", "Encrypted under", Kind.ARN)
_AWS_KEY = "a key of AWS's"
_VIRGINIA = "us-east-1"


def _configuration(seen: Seen) -> Payload:
    return part(seen.fact.payload, "loggingConfig")


def _delivers(seen: Seen) -> Cell:
    config = _configuration(seen)
    if not config:
        return None
    return ", ".join(kind for kind in _KINDS if config.get(f"{kind}DataDeliveryEnabled") is True) or "none"


def _leaves_out(seen: Seen) -> Cell:
    config = _configuration(seen)
    missing = [kind for kind in _KINDS if config.get(f"{kind}DataDeliveryEnabled") is not True]
    return ", ".join(missing) or "none"


def _metric(seen: Seen, *names: str) -> Cell:
    """Return the sum of metrics over the days that were read; None where none of them was kept."""
    found = [fact for fact in seen.others(_METRIC) if fact.payload.get("MetricName") in names]
    values = [value for fact in found for value in _numbers(fact.payload)]
    return int(sum(values)) if values else seen.why_not(_METRIC) or "none counted"


def _numbers(payload: Payload) -> Iterator[float]:
    values = payload.get("Values")
    for value in values if isinstance(values, list) else ():
        if isinstance(value, int | float):
            yield value


def _failed(seen: Seen) -> Cell:
    where = ("CloudWatch", "S3")
    return _metric(seen, *(f"ModelInvocationLogs{each}DeliveryFailure" for each in where))


def _kept(seen: Seen) -> Cell:
    days = seen.get("retentionInDays")
    return f"{days:,} days" if isinstance(days, int) else "for ever"


def _bytes(seen: Seen) -> Cell:
    return seen.get("storedBytes")


def _masks(seen: Seen) -> Cell:
    return seen.other(_MASKING, seen.fact.key, nothing="no")


def _mask_json(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_MASKING, seen.fact.scope, seen.fact.key)
    if fact:
        yield policy_json(fact.payload.get("policyDocument"))


def _copies(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_ELSEWHERE, seen.fact.scope, seen.fact.key)
    for each in listed(fact.payload, "subscriptionFilters") if fact else ():
        yield inert(
            f"{said(each, 'filterName') or 'without a name'}: {said(each, 'destinationArn') or 'not said where'}"
        )


def _where(seen: Seen) -> Cell:
    """Return a bucket's Region; AWS says nothing for the oldest one."""
    said_ = seen.fact.payload.get("LocationConstraint", seen.fact.payload)
    return _VIRGINIA if said_ is None else seen.get("LocationConstraint")


def _encrypted(seen: Seen) -> Cell:
    fact = seen.beside.one(_ENCRYPTION, seen.fact.scope, seen.fact.key)
    if fact is None:
        return seen.why_not(_ENCRYPTION, seen.fact.key) or "not said"
    seen.looked_at.append(fact.sequence)
    rules = listed(part(fact.payload, "ServerSideEncryptionConfiguration"), "Rules")
    found = [part(rule, "ApplyServerSideEncryptionByDefault") for rule in rules]
    return ", ".join(
        inert(said(each, "KMSMasterKeyID") or said(each, "SSEAlgorithm") or "not said") for each in found
    )


def _locked(seen: Seen) -> Cell:
    fact = seen.beside.one(_LOCK, seen.fact.scope, seen.fact.key)
    if fact is None:
        return seen.why_not(_LOCK, seen.fact.key) or "no"
    seen.looked_at.append(fact.sequence)
    rule = part(part(part(fact.payload, "ObjectLockConfiguration"), "Rule"), "DefaultRetention")
    length = rule.get("Days") or rule.get("Years")
    unit = "days" if rule.get("Days") else "years"
    return (
        f"{inert(said(rule, 'Mode') or 'mode not said').lower()}, {length} {unit}" if length else "no default"
    )


def _expires(seen: Seen) -> Cell:
    fact = seen.beside.one(_LIFECYCLE, seen.fact.scope, seen.fact.key)
    if fact is None:
        return seen.why_not(_LIFECYCLE, seen.fact.key) or "never"
    seen.looked_at.append(fact.sequence)
    days = [_days(rule) for rule in listed(fact.payload, "Rules") if rule.get("Status") == "Enabled"]
    return ", ".join(filter(None, days)) or "never"


def _days(rule: Mapping[str, object]) -> str:
    days = part(rule, "Expiration").get("Days")
    return f"after {days:,} days" if isinstance(days, int) else ""


def _destination(seen: Seen) -> Cell:
    arn = said(seen.fact.payload, "deliveryDestinationArn") or ""
    where = "deliveryDestinationConfiguration.destinationResourceArn"
    return seen.other(_TO, arn, where, nothing="not found")


def _source_cell(seen: Seen, path: str) -> Cell:
    found = seen.others(_SOURCE, "name", seen.fact.payload.get("deliverySourceName", ""))
    if not found:
        return seen.why_not(_SOURCE) or "not found"
    return as_cell(found[0].payload.get(path))


_INVOCATIONS = Section(
    id="invocations",
    title="Model invocation logging",
    about=(
        "Where it is on, Bedrock keeps what was said to models and what they answered. Calls through the mantle"
        " endpoint are not in it. Failures are those of the last 30 days."
    ),
    headings=(
        Heading("state", "Logging"),
        Heading("delivers", "Delivers"),
        Heading("leaves_out", "Leaves out"),
        Heading("bucket", "Bucket"),
        Heading("log_group", "Log group"),
        Heading("calls", "Calls", Kind.NUMBER),
        Heading("failed", "Failed deliveries", Kind.NUMBER),
    ),
    sources=(
        Source(
            _LOGGING,
            (
                lambda seen: "on" if _configuration(seen) else "off",
                _delivers,
                _leaves_out,
                "loggingConfig.s3Config.bucketName",
                "loggingConfig.cloudWatchConfig.logGroupName",
                lambda seen: _metric(seen, "Invocations"),
                _failed,
            ),
        ),
    ),
    beside=(_METRIC,),
    stretch="log_group",
)
_GROUPS = Section(
    id="groups",
    title="Log groups",
    about="Groups of CloudWatch Logs that hold prompts, completions or records of their use.",
    headings=(
        _NAME,
        Heading("kept", "Kept"),
        _KEY,
        Heading("masked", "Masks personal data"),
        Heading("protected", "Protected from deletion"),
        Heading("bytes", "Bytes", Kind.NUMBER),
        Heading("copies", "Copied elsewhere", Kind.NUMBER),
    ),
    sources=(
        Source(
            _GROUP,
            (
                "logGroupName",
                _kept,
                lambda seen: seen.get("kmsKeyId") or _AWS_KEY,
                _masks,
                "deletionProtectionEnabled",
                _bytes,
                lambda seen: sum(1 for _ in _copies(seen)) or seen.why_not(_ELSEWHERE, seen.fact.key) or 0,
            ),
        ),
    ),
    beside=(_MASKING, _ELSEWHERE),
    details=(Detail("Copied to", _copies), Detail("Masking policy", _mask_json, is_code=True)),
    stretch="name",
)
_BUCKETS = Section(
    id="buckets",
    title="Buckets",
    about="Buckets that Bedrock's settings name: logs, trails, documents, training data and results.",
    headings=(
        _NAME,
        Heading("where", "Lies in"),
        _KEY,
        Heading("public", "Public"),
        Heading("versions", "Versions kept"),
        Heading("lock", "Object Lock"),
        Heading("expires", "Deletes"),
        Heading("access", "Access logged to"),
    ),
    sources=(
        Source(
            _BUCKET,
            (
                lambda seen: inert(seen.fact.key),
                _where,
                _encrypted,
                lambda seen: seen.other(_PUBLIC, seen.fact.key, "PolicyStatus.IsPublic", nothing="no policy"),
                lambda seen: seen.other(_VERSIONS, seen.fact.key, "Status", nothing="not said") or "never",
                _locked,
                _expires,
                lambda seen: (
                    seen.other(_ACCESS, seen.fact.key, "LoggingEnabled.TargetBucket", nothing="nowhere")
                    or "nowhere"
                ),
            ),
        ),
    ),
    beside=(_ENCRYPTION, _VERSIONS, _LOCK, _LIFECYCLE, _PUBLIC, _ACCESS),
    stretch="name",
)
_DELIVERIES = Section(
    id="deliveries",
    title="Log deliveries",
    about="What knowledge bases, agents and AgentCore write of their work, and where to.",
    headings=(
        Heading("source", "From"),
        Heading("sort", "What is written"),
        Heading("resource", "Resource", Kind.ARN),
        Heading("to", "To", Kind.ARN),
    ),
    sources=(
        Source(
            _SENT,
            (
                "deliverySourceName",
                lambda seen: _source_cell(seen, "logType"),
                lambda seen: _source_cell(seen, "resourceArns"),
                _destination,
            ),
        ),
    ),
    beside=(_SOURCE, _TO),
    stretch="to",
)

LOGS = (_INVOCATIONS, _GROUPS, _BUCKETS, _DELIVERIES)
