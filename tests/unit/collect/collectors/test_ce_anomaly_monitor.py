from unit.collect.collectors.asking import Asking


def test_monitors_of_either_sort_are_told(asking: Asking) -> None:
    sorts = {each["MonitorType"] for each in asking.payloads("ce.anomaly_monitor")}
    assert sorts == {"DIMENSIONAL", "CUSTOM"}
