"""AgentCore evaluators that the account made: which model judges the agents."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask_all

_OF_AWS = ("Builtin", "ThirdParty")
"""Types that are the same for everybody."""


def fetch(agentcore: Client) -> Found:
    """Yield every evaluator of the account's own; the list names no instructions, and so needs no key."""
    for evaluator in ask_all(agentcore, "list_evaluators", "evaluators"):
        if evaluator["evaluatorType"] not in _OF_AWS:
            yield evaluator


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.evaluator",
    title="AgentCore evaluators",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListEvaluators",),
    key="evaluatorArn",
    fetch=fetch,
    required=("evaluatorArn", "evaluatorType", "level", "status"),
)
