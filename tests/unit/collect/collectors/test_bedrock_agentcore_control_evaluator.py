from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.evaluator"


def test_evaluators_of_the_account_are_read_and_not_those_of_aws(asking: Asking) -> None:
    assert {evaluator["evaluatorType"] for evaluator in asking.payloads(KIND)} == {"Custom"}
