"""Flows with their versions and aliases, and prompts with their versions."""

from console.collect.discovery.inquiry import Inquiry
from console.deletion.target import Target
from console.domain.scope import Scope

_TEST = "TSTALIASID"
"""The alias that AWS makes with a flow and takes away with it."""
_RUNNING = "Running"
_FLOWS = ("bedrock-agent.flow", "bedrock-agent.flow_version")


def find_flow(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a flow: aliases, then versions, then the flow; what it ran stays in AWS's records."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"flowIdentifier": arn.rpartition("/")[2]}
    flow = inquiry.see(scope, arn, "bedrock-agent:GetFlow", **named)
    if flow is None:
        return
    aliases = inquiry.all_of(scope, arn, "bedrock-agent:ListFlowAliases", "flowAliasSummaries", **named)
    versions = inquiry.all_of(scope, arn, "bedrock-agent:ListFlowVersions", "flowVersionSummaries", **named)
    first = [
        inquiry.removal(
            scope,
            "bedrock-agent:DeleteFlowAlias",
            "bedrock-agent:GetFlowAlias",
            {**named, "aliasIdentifier": each["id"]},
            subject=f"alias {each['name']} of {arn}",
            words=f"Delete the alias {each['name']}, by which the flow is called",
        )
        for each in aliases
        if each["id"] != _TEST
    ]
    second = [
        inquiry.removal(
            scope,
            "bedrock-agent:DeleteFlowVersion",
            "bedrock-agent:GetFlowVersion",
            {**named, "flowVersion": each["version"]},
            subject=f"version {each['version']} of {arn}",
            words=f"Delete version {each['version']} of the flow",
            after=first,
        )
        for each in versions
    ]
    inquiry.removal(
        scope,
        "bedrock-agent:DeleteFlow",
        "bedrock-agent:GetFlow",
        named,
        subject=arn,
        words=f"Delete the flow {flow['name']}",
        after=[*first, *second],
    )
    _executions(inquiry, scope, arn)
    inquiry.keeps_trail(arn)


def _executions(inquiry: Inquiry, scope: Scope, arn: str) -> None:
    found = inquiry.all_of(
        scope,
        f"executions of {arn}",
        "bedrock-agent-runtime:ListFlowExecutions",
        "flowExecutionSummaries",
        flowIdentifier=arn.rpartition("/")[2],
    )
    if any(each["status"] == _RUNNING for each in found):
        inquiry.sketch.block("in-flight", arn, "The flow is running just now")
    if found:
        words = f"Records of {len(found):,} executions, with what went in and came out"
        inquiry.sketch.stays(arn, words, "AWS has no operation that deletes them; they expire")


def find_prompt(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a prompt with all of its versions; flows that name it would fail."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"promptIdentifier": arn.rpartition("/")[2]}
    prompt = inquiry.see(scope, arn, "bedrock-agent:GetPrompt", **named)
    if prompt is None:
        return
    for each in inquiry.naming(scope.account_id, _FLOWS, arn):
        inquiry.sketch.block(
            "in-use", f"{arn} in {each}", f"{each} uses the prompt and would fail without it"
        )
    numbered = [
        each["version"]
        for each in inquiry.all_of(scope, arn, "bedrock-agent:ListPrompts", "promptSummaries", **named)
        if each["version"] != "DRAFT"
    ]
    versions = [
        inquiry.removal(
            scope,
            "bedrock-agent:DeletePrompt",
            "bedrock-agent:GetPrompt",
            {**named, "promptVersion": each},
            subject=f"version {each} of {arn}",
            words=f"Delete version {each} of the prompt",
        )
        for each in numbered
    ]
    inquiry.removal(
        scope,
        "bedrock-agent:DeletePrompt",
        "bedrock-agent:GetPrompt",
        named,
        subject=arn,
        words=f"Delete the prompt {prompt['name']}",
        after=versions,
    )
    inquiry.keeps_trail(arn)
