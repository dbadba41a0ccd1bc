"""The accounts' own models: what they trained, imported or deployed, and the capacity that they bought."""

from console.controls.payload import part, said
from console.views.sections import Heading, Section, Source
from console.views.table import Kind
from console.views.text import inert

_CUSTOM = "bedrock.custom_model"
_NAME = Heading("name", "Name")
_STATUS = Heading("status", "Status")
_ARN = Heading("arn", "ARN", Kind.ARN, is_shown=False)


OWN_MODELS = Section(
    id="own",
    title="The accounts' own models",
    about="Models that were trained, imported or deployed by the accounts, and capacity bought for models.",
    headings=(
        _NAME,
        Heading("sort", "What it is"),
        _STATUS,
        Heading("base", "Made from", Kind.ARN),
        Heading("key", "Encrypted under", Kind.ARN),
        Heading("made", "Made", Kind.TIME),
        Heading("until", "Committed until", Kind.TIME, is_shown=False),
        _ARN,
    ),
    sources=(
        Source(
            _CUSTOM,
            (
                "modelName",
                lambda seen: (
                    "custom model" if seen.fact.payload.get("isOwned") else "custom model, shared with it"
                ),
                "modelStatus",
                "baseModelArn",
                lambda seen: said(seen.fact.payload, "modelKmsKeyArn") or "a key of AWS's",
                "creationTime",
                lambda _seen: None,
                "modelArn",
            ),
        ),
        Source(
            "bedrock.imported_model",
            (
                "modelName",
                lambda _seen: "imported model",
                lambda _seen: None,
                "modelDataSource.s3DataSource.s3Uri",
                lambda seen: said(seen.fact.payload, "modelKmsKeyArn") or "a key of AWS's",
                "creationTime",
                lambda _seen: None,
                "modelArn",
            ),
        ),
        Source(
            "bedrock.custom_model_deployment",
            (
                "modelDeploymentName",
                lambda _seen: "deployment",
                "status",
                "modelArn",
                lambda _seen: None,
                "createdAt",
                lambda _seen: None,
                "customModelDeploymentArn",
            ),
        ),
        Source(
            "bedrock.provisioned_model_throughput",
            (
                "provisionedModelName",
                lambda seen: f"bought capacity, {seen.get('modelUnits') or 'unknown'} units",
                "status",
                "modelArn",
                lambda _seen: None,
                "creationTime",
                "commitmentExpirationTime",
                "provisionedModelArn",
            ),
        ),
        Source(
            "bedrock.marketplace_model_endpoint",
            (
                lambda seen: inert(seen.fact.key.rpartition("/")[2]),
                lambda _seen: "Marketplace model endpoint",
                "endpointStatus",
                "modelSourceIdentifier",
                lambda seen: (
                    said(part(part(seen.fact.payload, "endpointConfig"), "sageMaker"), "kmsEncryptionKey")
                    or "a key of AWS's"
                ),
                "createdAt",
                lambda _seen: None,
                "endpointArn",
            ),
        ),
    ),
    stretch="name",
)
