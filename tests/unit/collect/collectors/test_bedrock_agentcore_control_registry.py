from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.registry"


def test_whether_somebody_approves_what_is_listed_is_known(asking: Asking) -> None:
    approvals = {each["approvalConfiguration"]["autoApproval"] for each in asking.payloads(KIND)}
    assert approvals == {True, False}
