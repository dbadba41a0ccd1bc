from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.browser"


def test_browsers_of_the_account_are_read_and_not_that_of_aws(asking: Asking) -> None:
    browsers = asking.payloads(KIND)
    assert all(":browser-custom/" in browser["browserArn"] for browser in browsers)
    assert {browser["recording"]["enabled"] for browser in browsers} == {True, False}
