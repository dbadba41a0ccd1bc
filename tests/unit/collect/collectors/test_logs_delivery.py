from unit.collect.collectors.asking import Asking

KIND = "logs.delivery"


def test_deliveries_of_known_sources_are_read_and_without_sources_nothing_is_asked(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        sources = asking.read("logs.delivery_source", reading.scope).payloads.values()
        names = {each["name"] for each in sources}
        assert {each["deliverySourceName"] for each in reading.payloads.values()} == names
        assert bool(reading.heard) == bool(names)
