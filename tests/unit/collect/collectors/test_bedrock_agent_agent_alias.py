from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.agent_alias"


def test_an_alias_says_to_which_version_it_leads(asking: Asking) -> None:
    versions = {
        route["agentVersion"] for alias in asking.payloads(KIND) for route in alias["routingConfiguration"]
    }
    assert versions == {"DRAFT", "1", "2"}


def test_one_alias_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before = asking.somewhere(KIND, lambda reading: len(reading.facts) > 2)
    asking.strike("denied", "GetAgentAlias", before, times=1)
    after = asking.read(KIND, before.scope)
    (gap,) = after.collected.gaps
    assert {gap.key, *after.payloads} == set(before.payloads)
