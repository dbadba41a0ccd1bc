from unit.collect.collectors.asking import Asking

KIND = "cloudwatch.delivery_metric"
DELIVERY = "ModelInvocationLogsCloudWatchDelivery"


def test_thirty_days_are_summed_day_by_day(asking: Asking) -> None:
    for each in asking.payloads(KIND):
        assert 0 < len(each["Values"]) == len(each["Timestamps"]) <= 30
        assert each["Timestamps"] == sorted(each["Timestamps"])
        assert each["Period"] == 86_400


def test_deliveries_that_fail_are_told_from_those_that_succeed(asking: Asking) -> None:
    names = {each["MetricName"] for each in asking.payloads(KIND)}
    assert names == {
        "Invocations",
        f"{DELIVERY}Success",
        f"{DELIVERY}Failure",
        "ModelInvocationLogsS3DeliverySuccess",
    }


def test_counts_of_tokens_are_not_asked_for(asking: Asking) -> None:
    keys = {key for reading in asking.everywhere(KIND) for key in reading.payloads}
    assert not [key for key in keys if "Token" in key]
    assert "Invocations" in keys
    assert [key for key in keys if key.startswith("Invocations/ModelId=")]


def test_where_no_model_was_called_no_sums_are_asked_for(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).operations == {"ListMetrics"}
