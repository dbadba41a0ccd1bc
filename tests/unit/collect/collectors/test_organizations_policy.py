import json

from console.domain.evidence import GapReason
from unit.collect.collectors.asking import COLLECTORS, Asking, output_of

KIND = "organizations.policy"


def test_policies_of_every_type_that_is_in_force_are_read_with_their_documents(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    types = {each["PolicySummary"]["Type"] for each in policies}
    assert {
        "SERVICE_CONTROL_POLICY",
        "RESOURCE_CONTROL_POLICY",
        "BEDROCK_POLICY",
        "DECLARATIVE_POLICY_EC2",
    } <= types
    for each in policies:
        assert json.loads(each["Content"])


def test_each_type_that_aws_has_is_asked_for(asking: Asking) -> None:
    (reading,) = asking.everywhere(KIND)
    asked = sum(each.operation == "ListPolicies" and not each.continued for each in reading.heard)
    sorts = output_of("organizations", "DescribePolicy").members["Policy"].members["PolicySummary"]
    assert asked == len(sorts.members["Type"].enum)


def test_a_type_that_is_not_enabled_and_refused_is_nothing_missed(asking: Asking) -> None:
    (before,) = asking.everywhere(KIND)
    asking.strike("denied", "ListPolicies", before)
    gaps = asking.read(KIND, before.scope).collected.gaps
    enabled = {sort["Type"] for root in asking.payloads("organizations.root") for sort in root["PolicyTypes"]}
    assert {gap.key for gap in gaps} == enabled
    assert {gap.reason for gap in gaps} == {GapReason.DENIED}


def test_a_policy_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    (before,) = asking.everywhere(KIND)
    asking.strike("denied", "DescribePolicy", before, times=1)
    after = asking.read(KIND, before.scope).collected
    assert len(after.gaps) == 1
    assert len(after.facts) == len(before.facts) - 1


def test_it_reads_before_what_is_attached() -> None:
    assert COLLECTORS["organizations.policy_target"].needs == (KIND,)
