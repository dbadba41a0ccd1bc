"""What is known of one account, topic by topic; what could not be read stands where it would have stood."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from console.domain.evidence import Fact, Gap, Payload, Snapshot
from console.domain.refresh import Step, StepState
from console.views.names import region_words
from console.views.table import Cell, Column, Kind, Table
from console.views.text import inert

Cells = Callable[[Fact], tuple[Cell, ...]]
Headings = tuple[tuple[str, str, Kind], ...]
"""Id, title and kind of each column after Region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """One fact in columns, or in the first column the words for what is missing."""

    region: str
    cells: tuple[Cell, ...]
    """One for each column after Region."""
    evidence: tuple[int, ...]
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A titled table of an account's page."""

    id: str
    title: str
    table: Table[TopicRow]


@dataclass(frozen=True, slots=True)
class TopicShape:
    """What a topic shows: one kind of fact and its columns after Region."""

    id: str
    title: str
    kind: str
    headings: Headings
    cells: Cells
    nothing: str
    """What to say of a Region that was read to its end and had none."""


def topic(shape: TopicShape, snapshot: Snapshot, account_id: str) -> Topic:
    """Build one topic of one account: every planned Region is a row, whatever came of it."""
    rows: list[TopicRow] = []
    steps = [step for step in snapshot.steps(shape.kind) if step.scope.account_id == account_id]
    for step in steps:
        rows.extend(_rows(shape, snapshot, step))
    if not steps:
        words = "not part of this refresh"
        rows.append(TopicRow(region="", cells=_padded(shape, words), evidence=(), is_gap=True))
    return Topic(shape.id, shape.title, topic_table(shape.headings, rows))


def _rows(shape: TopicShape, snapshot: Snapshot, step: Step) -> Sequence[TopicRow]:
    region = region_words(step.scope.region)
    if step.state is StepState.PENDING:
        return (TopicRow(region=region, cells=_padded(shape, "not read yet"), evidence=(), is_gap=True),)
    rows = [_gap_row(shape, region, gap) for gap in snapshot.gaps(shape.kind, step.scope)]
    if step.state is StepState.GAP:
        return rows
    facts = snapshot.facts(shape.kind, step.scope)
    rows += [TopicRow(region=region, cells=shape.cells(fact), evidence=(fact.sequence,)) for fact in facts]
    return rows or (TopicRow(region=region, cells=_padded(shape, shape.nothing), evidence=()),)


def _gap_row(shape: TopicShape, region: str, gap: Gap) -> TopicRow:
    which = f"{inert(gap.key)}: " if gap.key else ""
    words = _padded(shape, f"{which}could not be read: {gap.reason.value}")
    return TopicRow(region=region, cells=words, evidence=(gap.sequence,), is_gap=True)


def _padded(shape: TopicShape, words: str) -> tuple[Cell, ...]:
    return (words, *(None for _ in shape.headings[1:]))


def topic_table(headings: Headings, rows: Iterable[TopicRow]) -> Table[TopicRow]:
    """Return rows as a table with Region before the headed columns."""
    first: Column[TopicRow] = Column("region", "Region", lambda row: row.region or None)
    columns = (first, *(_column(place, *heading) for place, heading in enumerate(headings)))
    return Table(columns, tuple(rows), evidence=lambda row: row.evidence)


def _column(place: int, id_: str, title: str, kind: Kind) -> Column[TopicRow]:
    return Column(id_, title, lambda row: row.cells[place], kind)


def _said(payload: Payload, name: str) -> str | None:
    """Return a member as text, or None where AWS did not say."""
    value = payload.get(name)
    return None if value is None else inert(value)


def _yes_no(payload: Payload, name: str) -> str | None:
    value = payload.get(name)
    return ("yes" if value else "no") if isinstance(value, bool) else _said(payload, name)


def _part(payload: Payload, name: str) -> Payload:
    """Return a member that is an object, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, dict) else {}


def _account_region(fact: Fact) -> tuple[Cell, ...]:
    return (inert(fact.key), _said(fact.payload, "RegionOptStatus"))


def _retention(fact: Fact) -> tuple[Cell, ...]:
    return (_said(fact.payload, "mode"), _said(fact.payload, "updatedAt"))


DATA_KINDS = ("text", "image", "embedding", "video", "audio")


def _logging(fact: Fact) -> tuple[Cell, ...]:
    config = _part(fact.payload, "loggingConfig")
    if not config:
        return ("off", None, None, None)
    delivered = [kind for kind in DATA_KINDS if config.get(f"{kind}DataDeliveryEnabled") is True]
    return (
        "on",
        ", ".join(delivered) or "none",
        _said(_part(config, "s3Config"), "bucketName"),
        _said(_part(config, "cloudWatchConfig"), "logGroupName"),
    )


def _guardrail(fact: Fact) -> tuple[Cell, ...]:
    abroad = _part(fact.payload, "crossRegionDetails")
    where = _said(abroad, "guardrailProfileId") or _said(abroad, "guardrailProfileArn")
    return (
        _said(fact.payload, "name"),
        _said(fact.payload, "version"),
        _said(fact.payload, "status"),
        where or ("another Region, not said which" if abroad else "this Region only"),
        inert(fact.key),
    )


def _profile(fact: Fact) -> tuple[Cell, ...]:
    return (
        _said(fact.payload, "inferenceProfileName"),
        _said(fact.payload, "type"),
        _said(fact.payload, "status"),
        ", ".join(_regions_of(fact.payload)) or None,
        inert(fact.key),
    )


def _regions_of(payload: Payload) -> list[str]:
    """Return the Regions in the ARNs of a profile's models; an ARN without one is global."""
    arns = [
        str(each.get("modelArn", "")).split(":")
        for each in payload.get("models", [])
        if isinstance(each, dict)
    ]
    return sorted({(inert(parts[3]) or "global") if len(parts) > 5 else "not said" for parts in arns})  # noqa: PLR2004 - an ARN has six parts


def _endpoint(fact: Fact) -> tuple[Cell, ...]:
    return (
        _said(fact.payload, "ServiceName"),
        _said(fact.payload, "VpcEndpointId"),
        _said(fact.payload, "VpcId"),
        _said(fact.payload, "State"),
        _yes_no(fact.payload, "PrivateDnsEnabled"),
        _said(fact.payload, "ServiceRegion"),
    )


def _trail(fact: Fact) -> tuple[Cell, ...]:
    return (
        _said(fact.payload, "Name"),
        _yes_no(fact.payload, "IsMultiRegionTrail"),
        _yes_no(fact.payload, "LogFileValidationEnabled"),
        _yes_no(fact.payload, "IsOrganizationTrail"),
        inert(fact.key),
    )


def _trail_status(fact: Fact) -> tuple[Cell, ...]:
    return (
        inert(fact.key),
        _yes_no(fact.payload, "IsLogging"),
        _said(fact.payload, "LatestDeliveryTime"),
        _said(fact.payload, "LatestDeliveryError"),
    )


def _principal(fact: Fact) -> tuple[Cell, ...]:
    name = (
        _said(fact.payload, "RoleName") or _said(fact.payload, "UserName") or _said(fact.payload, "GroupName")
    )
    attached = fact.payload.get("AttachedManagedPolicies")
    names = (
        [str(each.get("PolicyName", "")) for each in attached if isinstance(each, dict)] if attached else []
    )
    return (name, inert(", ".join(names)) or None, inert(fact.key))


_ARN = ("arn", "ARN", Kind.ARN)
_PRINCIPAL = (("name", "Name", Kind.TEXT), ("attached", "Attached policies", Kind.TEXT), _ARN)

SHAPES: tuple[TopicShape, ...] = (
    TopicShape(
        "regions",
        "Regions",
        "account.region",
        (("name", "Region", Kind.TEXT), ("status", "Status", Kind.TEXT)),
        _account_region,
        "no Region was listed",
    ),
    TopicShape(
        "retention",
        "Data retention mode",
        "bedrock.data_retention",
        (("mode", "Mode", Kind.TEXT), ("updated", "Changed", Kind.TIME)),
        _retention,
        "AWS gave no mode",
    ),
    TopicShape(
        "logging",
        "Model invocation logging",
        "bedrock.invocation_logging",
        (
            ("state", "Logging", Kind.TEXT),
            ("delivers", "Delivers", Kind.TEXT),
            ("bucket", "S3 bucket", Kind.TEXT),
            ("log_group", "Log group", Kind.TEXT),
        ),
        _logging,
        "AWS gave no configuration",
    ),
    TopicShape(
        "guardrails",
        "Guardrails, every version",
        "bedrock.guardrail",
        (
            ("name", "Guardrail", Kind.TEXT),
            ("version", "Version", Kind.TEXT),
            ("status", "Status", Kind.TEXT),
            ("processed", "Processed in", Kind.TEXT),
            _ARN,
        ),
        _guardrail,
        "none found",
    ),
    TopicShape(
        "profiles",
        "Inference profiles",
        "bedrock.inference_profile",
        (
            ("name", "Profile", Kind.TEXT),
            ("type", "Type", Kind.TEXT),
            ("status", "Status", Kind.TEXT),
            ("routes", "Routes to", Kind.TEXT),
            _ARN,
        ),
        _profile,
        "none found",
    ),
    TopicShape(
        "endpoints",
        "VPC endpoints",
        "ec2.vpc_endpoint",
        (
            ("service", "Service", Kind.TEXT),
            ("endpoint", "Endpoint", Kind.TEXT),
            ("vpc", "VPC", Kind.TEXT),
            ("state", "State", Kind.TEXT),
            ("private_dns", "Private DNS", Kind.TEXT),
            ("leads_to", "Leads to Region", Kind.TEXT),
        ),
        _endpoint,
        "none found",
    ),
    TopicShape(
        "trails",
        "CloudTrail trails",
        "cloudtrail.trail",
        (
            ("name", "Trail", Kind.TEXT),
            ("multi_region", "All Regions", Kind.TEXT),
            ("validation", "File validation", Kind.TEXT),
            ("organisation", "Organisation's", Kind.TEXT),
            _ARN,
        ),
        _trail,
        "none found",
    ),
    TopicShape(
        "trail_status",
        "CloudTrail trail status",
        "cloudtrail.trail_status",
        (
            _ARN,
            ("logging", "Logging", Kind.TEXT),
            ("delivered", "Last delivery", Kind.TIME),
            ("error", "Last error", Kind.TEXT),
        ),
        _trail_status,
        "none found",
    ),
    TopicShape("roles", "IAM roles", "iam.role", _PRINCIPAL, _principal, "none found"),
    TopicShape("users", "IAM users", "iam.user", _PRINCIPAL, _principal, "none found"),
    TopicShape("groups", "IAM groups", "iam.group", _PRINCIPAL, _principal, "none found"),
)
