from unit.collect.collectors.asking import Asking


def test_every_attachment_is_of_a_policy_that_was_read(asking: Asking) -> None:
    policies = {each["PolicySummary"]["Id"] for each in asking.payloads("organizations.policy")}
    targets = asking.payloads("organizations.policy_target")
    assert {each["PolicyId"] for each in targets} == policies
    (reading,) = asking.everywhere("organizations.policy_target")
    assert reading.operations == {"ListTargetsForPolicy"}
