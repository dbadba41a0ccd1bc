"""Older versions of AgentCore runtimes that an endpoint leads to still."""

from console.collect.agentcore import ENDPOINT, OF_RUNTIMES, RUNTIME, SERVICE
from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import last_part
from console.collect.withheld import without
from console.domain.evidence import Payload

_SERVED = ("liveVersion", "targetVersion")


def fetch(agentcore: Client, known: Known) -> Found:
    """Yield the versions that endpoints serve or are about to serve, but for the newest, which is known."""
    newest = {_name(each["agentRuntimeArn"], each["agentRuntimeVersion"]) for each in known[RUNTIME]}
    served = {
        _name(endpoint["agentRuntimeArn"], endpoint[member])
        for endpoint in known[ENDPOINT]
        for member in _SERVED
        if endpoint.get(member)
    }

    def one(name: str) -> Payload:
        arn, _, version = name.rpartition(":")
        answer = ask(
            agentcore, "get_agent_runtime", agentRuntimeId=last_part(arn), agentRuntimeVersion=version
        )
        return without(answer, OF_RUNTIMES)

    yield from each(sorted(served - newest), one)


def key(payload: Payload) -> str:
    """Name one version of one runtime."""
    return _name(payload["agentRuntimeArn"], payload["agentRuntimeVersion"])


def _name(arn: str, version: str) -> str:
    return f"{arn}:{version}"


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.agent_runtime_version",
    title="Older versions of AgentCore runtimes in use",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:GetAgentRuntime",),
    key=key,
    fetch=fetch,
    required=("agentRuntimeArn", "agentRuntimeId", "agentRuntimeVersion", "roleArn", "status"),
    needs=(RUNTIME, ENDPOINT),
)
