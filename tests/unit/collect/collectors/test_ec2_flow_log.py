from unit.collect.collectors.asking import Asking

KIND = "ec2.flow_log"


def test_flow_logs_of_a_network_and_of_its_subnets_are_read(asking: Asking) -> None:
    sorts = {each["ResourceId"].partition("-")[0] for each in asking.payloads(KIND)}
    assert sorts == {"vpc", "subnet"}


def test_a_network_without_flow_logs_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: each.heard and not each.facts)
    assert reading.collected.gaps == ()
