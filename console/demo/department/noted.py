"""What is wrong with the things that accounts have, noted by looking at them once they are made."""

from collections.abc import Iterator

from console.demo.department.model_access import SUPPLIER
from console.demo.department.own_models import ENDED
from console.demo.department.plan import LONDON, Failings, Member
from console.demo.department.site import Held

_TAGS = ("owner", "data-classification")
_MODELS = ("bedrock.custom_model", "bedrock.imported_model")


def note_models(
    failings: Failings, member: Member, region: str, held: Held, *, sees_guardrails: bool
) -> None:
    """Note models outside London, commitments that ended, guardrails not enforced, tags forgotten."""
    for control, subject, why in (*_models(region, held), *_owners(held), *_ending(held)):
        if ":guardrail/" in subject and not sees_guardrails:
            continue
        failings.add(control, member.id, region, subject, why)
    if region == LONDON:
        for subject, why in _enforcement(member, region, held):
            failings.add("BR-GRD-005", member.id, region, subject, why)


def _models(region: str, held: Held) -> Iterator[tuple[str, str, str]]:
    elsewhere = _MODELS if region != LONDON else ()
    for each in (model for kind in elsewhere for model in held.get(kind, ())):
        yield "BR-RES-005", each["modelArn"], f"It is in {region}"
    for each in held.get("bedrock.resource_policy", ()):
        if SUPPLIER in each["resourcePolicy"]:
            yield "BR-POL-001", each["resourceArn"], "A supplier may copy it"
    for each in held.get("bedrock.model_copy_job", ()):
        if f":{LONDON}:" not in each["targetModelArn"]:
            yield "BR-RES-005", each["jobArn"], "A model was copied out of London"


def _owners(held: Held) -> Iterator[tuple[str, str, str]]:
    for each in held.get("bedrock.tag", ()):
        if {tag["key"] for tag in each["tags"]}.isdisjoint(_TAGS):
            yield "BR-TAG-001", each["resourceARN"], "Nobody is named as its owner"


def _ending(held: Held) -> Iterator[tuple[str, str, str]]:
    for each in held.get("bedrock.provisioned_model_throughput", ()):
        end = each.get("commitmentExpirationTime")
        if end == ENDED:
            yield "BR-THR-001", each["provisionedModelArn"], "Its commitment has ended"


def _enforcement(member: Member, region: str, held: Held) -> Iterator[tuple[str, str]]:
    found = held.get("bedrock.enforced_guardrail", [])
    for each in found:
        if each["inputTags"] == "HONOR":
            yield each["configId"], "It looks only at what the caller tags"
    if not found:
        yield f"{member.id}/{region}", "No guardrail is enforced"
