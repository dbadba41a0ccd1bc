"""What is wrong with guardrails and what names them."""

from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight
from console.demo.messages import Payload

_TAX_NUMBER = "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER"
_SECRETS = ("UK_NATIONAL_INSURANCE_NUMBER", "UK_NATIONAL_HEALTH_SERVICE_NUMBER", _TAX_NUMBER)


def guardrail_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with each version, and enforced versions that are gone."""
    if not sight.sees_guardrails:
        return
    for each in sight.region.guardrails:
        subject = f"{each['guardrailArn']}:{each['version']}"
        yield from ((control, subject, why) for control, why in _of(sight, each))
    for each in sight.held("bedrock.enforced_guardrail"):
        if (each["guardrailId"], each["guardrailVersion"]) not in sight.versions():
            yield "BR-GRD-010", each["configId"], "It names a version that was deleted"


def _of(sight: Sight, guardrail: Payload) -> Iterator[tuple[str, str]]:
    filters = guardrail["contentPolicy"]["filters"]
    if any(each["outputAction"] == "NONE" for each in filters if each["type"] != "PROMPT_ATTACK"):
        yield "BR-GRD-006", "It only detects misconduct in what the model answers"
    entities = {each["type"]: each for each in guardrail["sensitiveInformationPolicy"]["piiEntities"]}
    if any(entities.get(name, {"action": "NONE"})["action"] == "NONE" for name in _SECRETS):
        yield "BR-GRD-007", "Numbers that identify people pass"
    if len(guardrail["contextualGroundingPolicy"]["filters"]) == 1:
        yield "BR-GRD-008", "It does not look whether an answer is relevant"
    if any(each["outputAction"] == "NONE" for each in guardrail["topicPolicy"]["topics"]):
        yield "BR-GRD-012", "It only detects party politics in what the model answers"
    if why := sight.key_fault(guardrail.get("kmsKeyArn")):
        yield "BR-GRD-009", why
