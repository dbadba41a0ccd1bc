from console.collect.collectors.bedrock_model_availability import models_without_sizes
from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_availability"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetFoundationModelAvailability")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_every_model_of_the_region_is_asked_about_once(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        offered = asking.read("bedrock.foundation_model", reading.scope)
        assert list(reading.payloads) == [each["modelId"] for each in offered.payloads.values()]


def test_a_size_of_a_model_that_is_there_is_not_asked_about() -> None:
    models = ["amazon.n-v1:0", "amazon.n-v1:0:24k", "amazon.n-v1:0:300k", "amazon.o-v1:0:8k", "cohere.p"]
    assert models_without_sizes(models) == ["amazon.n-v1:0", "amazon.o-v1:0:8k", "cohere.p"]
