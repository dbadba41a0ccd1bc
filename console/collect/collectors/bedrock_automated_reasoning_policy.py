"""Automated-reasoning policies: the draft and every numbered version, by their hashes; the rules are not asked for."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload

_LIST, _SUMMARIES = "list_automated_reasoning_policies", "automatedReasoningPolicySummaries"


def fetch(bedrock: Client) -> Found:
    """Yield every version of every policy; without a policy's name, AWS lists drafts only."""
    names = []
    for draft in ask_all(bedrock, _LIST, _SUMMARIES):
        versions = ask_all(bedrock, _LIST, _SUMMARIES, policyArn=draft["policyArn"])
        names += [draft["policyArn"], *map(versioned, versions)]
    yield from each(names, lambda name: ask(bedrock, "get_automated_reasoning_policy", policyArn=name))


def versioned(policy: Payload) -> str:
    """Return the ARN of one version of a policy; a draft's is the policy's own.

    >>> versioned({"policyArn": "arn:x", "version": "2"}), versioned({"policyArn": "arn:x:2", "version": "2"})
    ('arn:x:2', 'arn:x:2')
    """
    arn, version = str(policy["policyArn"]), str(policy["version"])
    return arn if version == "DRAFT" or arn.endswith(f":{version}") else f"{arn}:{version}"


COLLECTOR = Collector(
    kind="bedrock.automated_reasoning_policy",
    title="Automated-reasoning policies (every version)",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListAutomatedReasoningPolicies", "bedrock:GetAutomatedReasoningPolicy"),
    key=versioned,
    fetch=fetch,
    required=("policyArn", "version", "definitionHash"),
)
