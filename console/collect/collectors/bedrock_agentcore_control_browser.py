"""AgentCore browsers that the account made: what they reach, and whether sessions are recorded."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every browser of the account's own; AWS's is the same for everybody."""
    listed = ask_all(agentcore, "list_browsers", "browserSummaries", type="CUSTOM")
    ids = {browser["browserArn"]: browser["browserId"] for browser in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_browser", browserId=ids[arn])

    yield from each(ids, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.browser",
    title="AgentCore browsers",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListBrowsers", "bedrock-agentcore:GetBrowser"),
    key="browserArn",
    fetch=fetch,
    required=("browserArn", "browserId", "networkConfiguration", "status"),
)
