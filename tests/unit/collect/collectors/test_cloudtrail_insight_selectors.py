from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import read_knowing

KIND = "cloudtrail.insight_selectors"


def test_a_trail_that_says_it_has_none_is_not_asked_about(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        trails = asking.read("cloudtrail.trail", reading.scope).payloads
        assert reading.payloads.keys() == {arn for arn, each in trails.items() if each["HasInsightSelectors"]}
        assert len(reading.heard) == len(reading.facts)


def test_a_trail_that_has_none_after_all_is_no_gap(asking: Asking) -> None:
    scope = asking.somewhere(KIND, lambda each: not each.facts and each.scope.region == "eu-west-2").scope
    trails = asking.read("cloudtrail.trail", scope).payloads.values()
    told = [{**each, "HasInsightSelectors": True} for each in trails]
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=told)
    assert (collected.facts, collected.gaps) == ((), ())
