"""Resource policies of knowledge bases: who outside the account's own IAM may use them."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.collect.stores import KNOWLEDGE_BASE
from console.domain.evidence import Payload

_NONE = ("ResourceNotFoundException",)
"""How AWS says that there is no policy."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the policy of each knowledge base that has one."""

    def one(arn: str) -> Payload | None:
        return ask_unless(bedrock_agent, "get_resource_policy", _NONE, resourceArn=arn)

    yield from each((base["knowledgeBaseArn"] for base in known[KNOWLEDGE_BASE]), one)


COLLECTOR = Collector(
    kind="bedrock-agent.resource_policy",
    title="Resource policies of knowledge bases",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:GetResourcePolicy",),
    key="resourceArn",
    fetch=fetch,
    required=("resourceArn", "policy"),
    needs=(KNOWLEDGE_BASE,),
)
