"""Bedrock in one Region of one account: profiles, logging and retention."""

from console.demo.department.catalogue import model_arn
from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, VIRGINIA, Failings, Member
from console.demo.messages import Payload

_DATA = ("text", "image", "embedding", "video", "audio")
_EUROPE = ("eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3")
_IN_USE = (
    "anthropic.claude-3-7-sonnet-20250219-v1:0",
    "anthropic.claude-haiku-4-5-20251001-v1:0",
    "amazon.nova-lite-v1:0",
    "amazon.titan-embed-text-v2:0",
)
_RETENTION = {
    ("retention is default", LONDON): "default",
    ("retention is inherited in Virginia", VIRGINIA): "inherit",
    ("retention is for review", LONDON): "aws_review",
}


def models_in_use(draw: Draw, member: Member) -> list[str]:
    """Return the models that people of an account call; nobody calls one in the accounts of infrastructure."""
    if not member.unit.startswith(("Workloads", "Sandbox", "Onboarding")):
        return []
    return sorted(draw.some_of(_IN_USE, 1 + draw.below(3, "models", member.id), "models", member.id))


def retention_of(draw: Draw, member: Member, region: str, failings: Failings) -> Payload:
    """Return the retention mode."""
    mode = "none"
    for (flaw, where), planted in _RETENTION.items():
        if flaw in member.flaws and where == region:
            mode = planted
            why = f"The retention mode is {mode}"
            failings.add("BR-RET-001", member.id, region, f"{member.id}/{region}", why)
    return {"mode": mode, "updatedAt": draw.day("retention", member.id, region)}


def logging_of(member: Member, region: str, failings: Failings) -> Payload:
    """Return the configuration of invocation logging; it is on in London."""
    if region != LONDON:
        return {}
    subject = f"{member.id}/{region}"
    config: Payload = {f"{each}DataDeliveryEnabled": True for each in _DATA}
    config["cloudWatchConfig"] = {
        "logGroupName": "/public-works/bedrock/invocations",
        "roleArn": f"arn:aws:iam::{member.id}:role/bedrock-invocation-logging",
        "largeDataDeliveryS3Config": {"bucketName": f"large-payloads-{member.id}", "keyPrefix": "bedrock"},
    }
    if member.unit == "Workloads/Production":
        config["s3Config"] = {"bucketName": f"large-payloads-{member.id}", "keyPrefix": "invocations"}
    if "logging is off" in member.flaws:
        failings.add("BR-LOG-001", member.id, region, subject, "Invocation logging is off")
        return {}
    if "logging has no destination" in member.flaws:
        failings.add("BR-LOG-001", member.id, region, subject, "Invocation logging has no destination")
        del config["cloudWatchConfig"]
        config.pop("s3Config", None)
    if "logging is of text only" in member.flaws:
        failings.add("BR-LOG-002", member.id, region, subject, "Only text is logged")
        config |= {f"{each}DataDeliveryEnabled": False for each in _DATA[1:]}
    return {"loggingConfig": config}


def profiles_of(draw: Draw, member: Member, region: str, failings: Failings) -> list[Payload]:
    """Return the account's own inference profiles."""
    if region != LONDON:
        return []
    model = "anthropic.claude-3-7-sonnet-20250219-v1:0"
    wanted: list[tuple[str, tuple[str, ...], str]] = [
        (f"{each.partition('.')[2].partition('-v')[0]}-costs", (LONDON,), "")
        for each in models_in_use(draw, member)
    ]
    if "profile routes to Europe" in member.flaws:
        wanted.append(("pilot-throughput", _EUROPE, "It routes to Regions of the EU"))
    if "profile routes everywhere" in member.flaws:
        wanted.append(("pilot-anywhere", (LONDON, ""), "It routes to a model without a Region"))
    found = []
    for name, regions, why in wanted:
        id_ = draw.lower(12, "profile", member.id, name)
        arn = f"arn:aws:bedrock:{region}:{member.id}:application-inference-profile/{id_}"
        made = draw.day("profile", member.id, name)
        found.append(
            {
                "inferenceProfileName": name,
                "createdAt": made,
                "updatedAt": made,
                "inferenceProfileArn": arn,
                "models": [{"modelArn": model_arn(each, model)} for each in regions],
                "inferenceProfileId": id_,
                "status": "ACTIVE",
                "type": "APPLICATION",
            }
        )
        if why:
            failings.add("BR-RES-001", member.id, region, arn, why)
    return found
