from unit.collect.collectors.asking import Asking

KIND = "logs.metric_filter"


def test_only_groups_that_say_they_have_filters_are_asked_about(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        groups = asking.read("logs.log_group", reading.scope).payloads
        counted = {
            arn: each["metricFilterCount"] for arn, each in groups.items() if each["metricFilterCount"]
        }
        assert {arn: len(each["metricFilters"]) for arn, each in reading.payloads.items()} == counted
