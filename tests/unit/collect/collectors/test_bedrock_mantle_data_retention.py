from unit.collect.collectors.asking import Asking

KIND = "bedrock-mantle.data_retention"


def test_every_account_and_region_has_a_mode(asking: Asking) -> None:
    readings = asking.everywhere(KIND)
    assert all(len(reading.facts) == 1 for reading in readings)
    assert {each["mode"] for each in asking.payloads(KIND)} == {"none", "inherit"}
    assert {"updated_at" in each for each in asking.payloads(KIND)} == {True, False}


def test_its_origin_is_told_like_any_other(asking: Asking) -> None:
    (fact,) = asking.somewhere(KIND).facts
    assert fact.provenance.operation == "bedrock-mantle:GetAccountDataRetention"
    assert fact.provenance.request_id
