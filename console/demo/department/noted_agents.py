"""What is wrong with agents."""

from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight

_DRAFT = "DRAFT"
_LONGEST = 3600


def agent_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with aliases, and with drafts and versions that aliases lead to."""
    drafts = {(each["agentId"], _DRAFT): each for each in sight.held("bedrock-agent.agent")}
    numbered = {
        (each["agentId"], each["version"]): each for each in sight.held("bedrock-agent.agent_version")
    }
    versions = drafts | numbered
    used = set(drafts)
    for alias in sight.held("bedrock-agent.agent_alias"):
        place = (alias["agentId"], alias["routingConfiguration"][0]["agentVersion"])
        used.add(place)
        named = versions[place].get("guardrailConfiguration", {})
        if sight.sees_guardrails and tuple(named.values()) not in sight.versions():
            why = "The version has a guardrail that is not there" if named else "The version has no guardrail"
            yield "BR-AGT-001", f"{alias['agentId']}/{alias['agentAliasId']}", why
    for agent, version in sorted(used):
        subject = agent if version == _DRAFT else f"{agent}:{version}"
        made = versions[agent, version]
        if made["idleSessionTTLInSeconds"] > _LONGEST:
            yield "BR-AGT-002", subject, "It keeps an idle conversation for an hour and a half"
        if why := sight.key_fault(made.get("customerEncryptionKeyArn")):
            yield "BR-AGT-003", subject, why
