from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import read_knowing

KIND = "cloudwatch.alarm"


def test_alarms_on_bedrock_and_on_what_is_counted_in_its_logs_are_kept_and_no_others(asking: Asking) -> None:
    assert {each.get("Namespace") for each in asking.payloads(KIND)} == {
        "AWS/Bedrock",
        "AWS/Bedrock/Guardrails",
        "PublicWorks/Bedrock",
        None,
    }


def test_a_composite_alarm_is_kept_if_it_heeds_one_of_them(asking: Asking) -> None:
    composites = [each for each in asking.payloads(KIND) if "AlarmRule" in each]
    assert {each["AlarmName"] for each in composites} == {"composite-0"}


def test_a_metric_that_no_filter_counts_is_not_bedrocks(asking: Asking) -> None:
    scope = asking.somewhere(KIND).scope
    facts = read_knowing(asking, KIND, scope, logs__metric_filter=[]).facts
    assert "PublicWorks/Bedrock" not in {fact.payload.get("Namespace") for fact in facts}


def test_where_nothing_watches_bedrock_composite_alarms_are_not_asked_about(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: each.heard and not each.facts)
    assert len(reading.heard) == 1
