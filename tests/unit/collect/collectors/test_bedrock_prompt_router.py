from unit.collect.collectors.asking import Asking

KIND = "bedrock.prompt_router"


def test_aws_own_routers_and_the_accounts_are_read(asking: Asking) -> None:
    routers = asking.payloads(KIND)
    assert {each["type"] for each in routers} == {"default", "custom"}
    for each in routers:
        region = each["promptRouterArn"].split(":")[3]
        assert {model["modelArn"].split(":")[3] for model in each["models"]} == {region}
        fallback = each["fallbackModel"]
        assert fallback in each["models"] or ":inference-profile/" in fallback["modelArn"]
