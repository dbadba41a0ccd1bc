from unit.collect.collectors.asking import Asking


def test_agreements_that_hold_and_that_ended_are_told(asking: Asking) -> None:
    agreements = asking.payloads("artifact.customer_agreement")
    assert {each["state"] for each in agreements} == {"ACTIVE", "CUSTOMER_TERMINATED"}
    assert {"effectiveEnd" in each for each in agreements if each["state"] == "ACTIVE"} == {False}
