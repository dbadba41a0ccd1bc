from unit.collect.collectors.asking import Asking

KIND = "iam.service_specific_credential"


def test_keys_are_told_with_when_they_end_and_one_never_does(asking: Asking) -> None:
    keys = asking.payloads(KIND)
    assert {each["ServiceName"] for each in keys} == {"bedrock.amazonaws.com"}
    assert any("ExpirationDate" not in each and each["Status"] == "Active" for each in keys)
    assert any(each["Status"] == "Expired" for each in keys)


def test_an_account_without_keys_has_no_fact_and_no_gap(asking: Asking) -> None:
    none = asking.somewhere(KIND, lambda reading: not reading.facts)
    assert none.collected.gaps == ()
    assert [each.operation for each in none.heard] == ["ListServiceSpecificCredentials"]
