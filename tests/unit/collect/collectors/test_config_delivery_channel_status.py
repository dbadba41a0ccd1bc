from unit.collect.collectors.asking import Asking

KIND = "config.delivery_channel_status"


def test_a_delivery_that_fails_is_seen_and_without_a_channel_nothing_is_asked(asking: Asking) -> None:
    states = {each["configHistoryDeliveryInfo"]["lastStatus"] for each in asking.payloads(KIND)}
    assert states == {"Success", "Failure"}
    assert asking.somewhere(KIND, lambda each: not each.facts).heard == ()
