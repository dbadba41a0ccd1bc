from collections.abc import Sequence

from console.collect.collectors.bedrock_automated_reasoning_policy import versioned
from console.domain.evidence import Fact
from unit.collect.collectors.asking import Asking

KIND = "bedrock.automated_reasoning_policy"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetAutomatedReasoningPolicy")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_the_draft_and_every_version_are_facts_of_their_own(asking: Asking) -> None:
    policies = asking.somewhere(KIND, lambda reading: len(reading.facts) > 3).facts
    assert len({each.key for each in policies}) == len(policies)
    of_first = [each for each in policies if each.payload["policyId"] == versions_of(policies)]
    assert [each.payload["version"] for each in of_first] == ["DRAFT", "1", "2", "3"]
    assert len({each.payload["definitionHash"] for each in of_first}) == len(of_first)


def versions_of(policies: Sequence[Fact]) -> str:
    """Return the id of the policy that has numbered versions."""
    return next(each.payload["policyId"] for each in policies if each.payload["version"] == "1")


def test_a_version_is_named_by_its_arn_whether_aws_puts_it_there_or_not() -> None:
    assert versioned({"policyArn": "arn:x", "version": "DRAFT"}) == "arn:x"
    assert versioned({"policyArn": "arn:x", "version": "2"}) == "arn:x:2"
    assert versioned({"policyArn": "arn:x:2", "version": "2"}) == "arn:x:2"
