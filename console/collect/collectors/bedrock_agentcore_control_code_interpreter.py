"""AgentCore code interpreters that the account made: what code written by a model can reach."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every interpreter of the account's own; AWS's is the same for everybody."""
    listed = ask_all(agentcore, "list_code_interpreters", "codeInterpreterSummaries", type="CUSTOM")
    ids = {interpreter["codeInterpreterArn"]: interpreter["codeInterpreterId"] for interpreter in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_code_interpreter", codeInterpreterId=ids[arn])

    yield from each(ids, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.code_interpreter",
    title="AgentCore code interpreters",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListCodeInterpreters", "bedrock-agentcore:GetCodeInterpreter"),
    key="codeInterpreterArn",
    fetch=fetch,
    required=("codeInterpreterArn", "codeInterpreterId", "networkConfiguration", "status"),
)
