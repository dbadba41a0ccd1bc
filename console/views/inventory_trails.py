"""Trails and logging: who records what was done, what records what was said to models, and where it is kept."""

from collections.abc import Iterator

from console.controls.payload import listed, said
from console.domain.evidence import Payload
from console.views.beside import Seen, as_cell
from console.views.inventory_logs import LOGS
from console.views.sections import Detail, Heading, Inventory, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert
from console.views.trail_digests import BESIDE, digest_lines, digests_in_words

_TRAIL, _TRAIL_STATUS = "cloudtrail.trail", "cloudtrail.trail_status"
_SELECTORS, _INSIGHTS = "cloudtrail.event_selectors", "cloudtrail.insight_selectors"
_NAME = Heading("name", "Name")
_KEY = Heading("key", "Encrypted under", Kind.ARN)
_AWS_KEY = "a key of AWS's"


def selectors_in_words(payload: Payload) -> Iterator[str]:
    """Yield what a trail or a store records, a line for each selector."""
    for each in listed(payload, "EventSelectors"):
        which = (said(each, "ReadWriteType") or "not said which").lower()
        if each.get("IncludeManagementEvents") is not False:
            yield inert(f"management events: {which}")
        for resource in listed(each, "DataResources"):
            yield inert(f"data events of {said(resource, 'Type') or 'a type not said'}: {which}")
    for each in listed(payload, "AdvancedEventSelectors"):
        fields = [_field(field) for field in listed(each, "FieldSelectors")]
        yield inert(f"{said(each, 'Name') or 'without a name'}: {' and '.join(fields) or 'everything'}")


def _field(field: Payload) -> str:
    tests = [f"{name} {as_cell(value)}" for name, value in sorted(field.items()) if name != "Field"]
    return f"{said(field, 'Field') or 'a field not said'} {', '.join(tests)}"


def _records(seen: Seen) -> Cell:
    fact = seen.beside.one(_SELECTORS, seen.fact.scope, seen.fact.key)
    if fact is None:
        return seen.why_not(_SELECTORS, seen.fact.key) or "nothing that AWS says"
    seen.looked_at.append(fact.sequence)
    return "; ".join(selectors_in_words(fact.payload)) or "nothing"


def _record_lines(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_SELECTORS, seen.fact.scope, seen.fact.key)
    yield from selectors_in_words(fact.payload if fact else seen.fact.payload)


def _insights(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_INSIGHTS, seen.fact.scope, seen.fact.key)
    for each in listed(fact.payload, "InsightSelectors") if fact else ():
        yield inert(said(each, "InsightType") or "a sort not said")


def _state(seen: Seen) -> Cell:
    found = seen.other(_TRAIL_STATUS, seen.fact.key, "IsLogging", nothing="not said")
    return {"yes": "recording", "no": "stopped"}.get(str(found), found)


_TRAILS = Section(
    id="trails",
    title="CloudTrail trails",
    about=(
        "A trail records who called what. Calls to models are management events for most operations and data events for"
        " others; “Records” says which are kept. Each hour CloudTrail signs a digest over its log files and the digest"
        " before: those of one day are verified here."
    ),
    headings=(
        _NAME,
        Heading("state", "State"),
        Heading("digests", "Digests of the day before"),
        Heading("regions", "All Regions"),
        Heading("organisation", "Organisation's"),
        Heading("validation", "Files validated"),
        Heading("records", "Records"),
        Heading("bucket", "Bucket"),
        _KEY,
        Heading("delivered", "Last delivery", Kind.TIME),
        Heading("error", "Last error", is_shown=False),
        Heading("arn", "ARN", Kind.ARN, is_shown=False),
    ),
    sources=(
        Source(
            _TRAIL,
            (
                "Name",
                _state,
                digests_in_words,
                "IsMultiRegionTrail",
                "IsOrganizationTrail",
                "LogFileValidationEnabled",
                _records,
                "S3BucketName",
                lambda seen: seen.get("KmsKeyId") or _AWS_KEY,
                lambda seen: seen.other(
                    _TRAIL_STATUS, seen.fact.key, "LatestDeliveryTime", nothing="not said"
                ),
                lambda seen: seen.other(_TRAIL_STATUS, seen.fact.key, "LatestDeliveryError"),
                "TrailARN",
            ),
        ),
    ),
    beside=(_TRAIL_STATUS, _SELECTORS, _INSIGHTS, *BESIDE),
    details=(
        Detail("What it records", _record_lines),
        Detail("Unusual activity it looks for", _insights),
        Detail("Digests of the day before", digest_lines),
    ),
    stretch="records",
)
_STORES = Section(
    id="stores",
    title="Event data stores",
    about="CloudTrail Lake: a store of events that can be searched.",
    headings=(
        _NAME,
        Heading("status", "Status"),
        Heading("kept", "Kept (days)", Kind.NUMBER),
        Heading("organisation", "Organisation's"),
        Heading("protected", "Protected from ending"),
        Heading("records", "Records"),
        _KEY,
    ),
    sources=(
        Source(
            "cloudtrail.event_data_store",
            (
                "Name",
                "Status",
                "RetentionPeriod",
                "OrganizationEnabled",
                "TerminationProtectionEnabled",
                lambda seen: "; ".join(selectors_in_words(seen.fact.payload)) or "nothing",
                lambda seen: seen.get("KmsKeyId") or _AWS_KEY,
            ),
        ),
    ),
    details=(Detail("What it records", lambda seen: selectors_in_words(seen.fact.payload)),),
    stretch="records",
)
TRAILS = Inventory("trails", "Trails and logging", (_TRAILS, _STORES, *LOGS))
