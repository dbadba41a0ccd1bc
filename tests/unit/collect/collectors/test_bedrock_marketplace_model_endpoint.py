from unit.collect.collectors.asking import Asking

KIND = "bedrock.marketplace_model_endpoint"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetMarketplaceModelEndpoint")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_it_says_on_which_machines_and_in_which_network_if_in_any(asking: Asking) -> None:
    machines = [each["endpointConfig"]["sageMaker"] for each in asking.payloads(KIND)]
    assert {"vpc" in each for each in machines} == {True, False}
    assert all(each["executionRole"] for each in machines)
