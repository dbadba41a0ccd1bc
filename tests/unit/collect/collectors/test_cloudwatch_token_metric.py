from unit.collect.collectors.asking import Asking

KIND = "cloudwatch.token_metric"


def test_all_four_sorts_of_tokens_are_summed_by_model_and_day(asking: Asking) -> None:
    found = asking.payloads(KIND)
    assert {each["MetricName"] for each in found} == {
        f"{name}TokenCount" for name in ("Input", "Output", "CacheReadInput", "CacheWriteInput")
    }
    for each in found:
        assert [dimension["Name"] for dimension in each["Dimensions"]] == ["ModelId"]
        assert len(each["Values"]) == len(each["Timestamps"]) <= 35
    assert max(len(each["Values"]) for each in found) > 30
