from unit.collect.collectors.asking import Asking


def test_anomalies_of_bedrock_are_told_and_no_others(asking: Asking) -> None:
    anomalies = asking.payloads("ce.anomaly")
    assert {each["DimensionValue"] for each in anomalies} == {"Amazon Bedrock"}
    assert {each["RootCauses"][0]["Service"] for each in anomalies} == {"Amazon Bedrock"}
