from unit.collect.collectors.asking import Asking

KIND = "opensearchserverless.security_policy"


def test_keys_and_public_networks_are_known(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    assert {policy["type"] for policy in policies} == {"encryption", "network"}
    networks = [policy["policy"][0] for policy in policies if policy["type"] == "network"]
    assert {each["AllowFromPublic"] for each in networks} == {True, False}
