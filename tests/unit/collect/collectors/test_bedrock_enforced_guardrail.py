from unit.collect.collectors.asking import Asking

KIND = "bedrock.enforced_guardrail"


def test_it_names_a_numbered_version_of_a_guardrail(asking: Asking) -> None:
    found = asking.somewhere(KIND, lambda reading: len(reading.facts) > 1)
    guardrails = {
        each["guardrailArn"] for each in asking.read("bedrock.guardrail", found.scope).payloads.values()
    }
    for each in found.payloads.values():
        assert each["guardrailArn"] in guardrails
        assert each["guardrailVersion"].isdigit()
        assert each["modelEnforcement"]["includedModels"] == ["ALL"]


def test_a_region_in_which_none_is_enforced_is_read_and_not_missed(asking: Asking) -> None:
    without = asking.somewhere(KIND, lambda reading: not reading.facts)
    assert without.collected.gaps == ()
