import json

from console.domain.evidence import GapReason
from unit.collect.collectors.asking import Asking

KIND = "bedrock.resource_policy"


def test_the_policies_of_guardrails_and_of_custom_models_are_read(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    assert {each["resourceArn"].split(":")[5].partition("/")[0] for each in policies} == {
        "guardrail",
        "custom-model",
    }
    for each in policies:
        assert json.loads(each["resourcePolicy"])["Statement"]


def test_a_resource_without_a_policy_is_no_gap_and_is_asked_about_once(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda reading: len(reading.heard) > len(reading.facts) > 0)
    guardrails = asking.read("bedrock.guardrail", reading.scope).payloads.values()
    models = asking.read("bedrock.custom_model", reading.scope).payloads.values()
    named = {each["guardrailArn"] for each in guardrails}
    named |= {each["modelArn"] for each in models if each["isOwned"]}
    assert len(reading.heard) == len(named | profiles(guardrails))
    assert reading.collected.gaps == ()


def profiles(guardrails) -> set[str]:
    found = (each.get("crossRegionDetails") for each in guardrails)
    return {each["guardrailProfileArn"] for each in found if each}


def test_a_guardrail_profile_in_use_is_asked_about(asking: Asking) -> None:
    crossing = asking.somewhere("bedrock.guardrail", lambda reading: profiles(reading.payloads.values()))
    named = profiles(crossing.payloads.values())
    missed = asking.somewhere(KIND, lambda reading: reading.scope == crossing.scope)
    asking.strike("denied", "GetResourcePolicy", missed)
    gaps = asking.read(KIND, crossing.scope).collected.gaps
    assert named <= {gap.key for gap in gaps}
    assert {gap.reason for gap in gaps} == {GapReason.DENIED}
