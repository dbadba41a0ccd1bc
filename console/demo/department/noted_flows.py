"""What is wrong with flows and prompts."""

from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight
from console.demo.messages import Payload

_DRAFT = "DRAFT"
_TEST = "TSTALIASID"


def flow_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with aliases, and with drafts and versions that aliases lead to."""
    flows = {each["id"]: each for each in sight.held("bedrock-agent.flow")}
    used = set()
    for alias in sight.held("bedrock-agent.flow_alias"):
        version = alias["routingConfiguration"][0]["flowVersion"]
        used.add((alias["flowId"], version))
        if version == _DRAFT and alias["id"] != _TEST:
            yield "BR-FLW-002", alias["arn"], "It leads to the draft"
    for each in flows.values():
        yield from _of(sight, each["arn"], each)
        if each["status"] == "Failed":
            yield "BR-FLW-003", each["arn"], "AWS found an error in it"
    for each in sight.held("bedrock-agent.flow_version"):
        if (each["id"], each["version"]) in used:
            yield from _of(sight, f"{each['id']}:{each['version']}", each)
    for each in sight.held("bedrock-agent.prompt"):
        if why := sight.key_fault(each.get("customerEncryptionKeyArn")):
            yield "BR-PRM-001", f"{each['id']}:{each['version']}", why


def _of(sight: Sight, subject: str, flow: Payload) -> Iterator[Failing]:
    if why := sight.key_fault(flow.get("customerEncryptionKeyArn")):
        yield "BR-FLW-004", subject, why
    asking = [
        configuration
        for node in flow["definition"]["nodes"]
        for member, configuration in node["configuration"].items()
        if member in ("prompt", "knowledgeBase")
    ]
    named = [tuple(each.get("guardrailConfiguration", {}).values()) for each in asking]
    if sight.sees_guardrails and any(each not in sight.versions() for each in named):
        yield "BR-FLW-001", subject, "A node has no guardrail, or one that is not there"
