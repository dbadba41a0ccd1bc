from unit.collect.collectors.asking import Asking


def test_every_name_of_bedrock_is_found_and_no_other_service(asking: Asking) -> None:
    (reading,) = asking.everywhere("ce.service")
    assert "Amazon Bedrock" in reading.payloads
    assert any(name.endswith("(Amazon Bedrock Edition)") for name in reading.payloads)
    assert all("Bedrock" in name for name in reading.payloads)
