"""Versions of agents that are looked into: the draft of each, and those that an alias routes to."""

from collections.abc import Iterator

from console.collect.base import Known

AGENT = "bedrock-agent.agent"
ALIAS = "bedrock-agent.agent_alias"
VERSION = "bedrock-agent.agent_version"
DRAFT = "DRAFT"


def versions(known: Known) -> Iterator[tuple[str, str]]:
    """Yield agent and version of each; those that may have parts of their own (action groups and so on)."""
    for agent in known[AGENT]:
        yield agent["agentId"], agent["agentVersion"]
    for version in known[VERSION]:
        yield version["agentId"], version["version"]


def named(agent: str, version: str) -> str:
    """Return how a version of an agent is called here.

    >>> named("ABCDEFGHIJ", "3")
    'ABCDEFGHIJ:3'
    """
    return f"{agent}:{version}"


def apart(name: str) -> tuple[str, str]:
    """Return agent and version out of `named`.

    >>> apart("ABCDEFGHIJ:3")
    ('ABCDEFGHIJ', '3')
    """
    agent, _, version = name.partition(":")
    return agent, version
