from unit.collect.collectors.asking import Asking


def test_every_code_of_bedrock_is_found_and_no_other_service(asking: Asking) -> None:
    (reading,) = asking.everywhere("pricing.service")
    assert set(reading.payloads) == {
        "AmazonBedrock",
        "AmazonBedrockAgentCore",
        "AmazonBedrockFoundationModels",
    }
