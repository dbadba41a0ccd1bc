from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_copy_job"


def test_it_says_from_which_region_and_account_a_model_came(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    models = asking.payloads("bedrock.custom_model")
    for each in reading.payloads.values():
        assert each["sourceModelArn"].split(":")[3] != reading.scope.region
        assert each["sourceAccountId"] == reading.scope.account_id
        assert {each["sourceModelArn"], each["targetModelArn"]} <= {model["modelArn"] for model in models}
