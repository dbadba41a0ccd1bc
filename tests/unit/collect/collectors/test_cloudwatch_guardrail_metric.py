from unit.collect.collectors.asking import Asking

KIND = "cloudwatch.guardrail_metric"


def test_thirty_days_are_summed_day_by_day(asking: Asking) -> None:
    for each in asking.payloads(KIND):
        assert each["Namespace"] == "AWS/Bedrock/Guardrails"
        assert 0 < len(each["Values"]) == len(each["Timestamps"]) <= 30


def test_what_was_assessed_and_stopped_is_counted_whole_and_by_policy(asking: Asking) -> None:
    keys = {key for reading in asking.everywhere(KIND) for key in reading.payloads}
    assert {"Invocations/Operation=ApplyGuardrail", "InvocationsIntervened/Operation=ApplyGuardrail"} <= keys
    assert "InvocationsIntervened/GuardrailPolicyType=TopicPolicy" in keys
