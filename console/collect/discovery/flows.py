"""Flows with their versions and aliases, and prompts with their versions."""

from console.collect.discovery.aliased import Aliased, Parts, remove_aliases_and_versions
from console.collect.discovery.inquiry import Inquiry
from console.deletion.target import Target
from console.domain.scope import Scope

_RUNNING = "Running"
_FLOW = Aliased(
    word="flow",
    aliases=Parts(
        lists=("bedrock-agent:ListFlowAliases", "flowAliasSummaries"),
        shows="bedrock-agent:GetFlowAlias",
        deletes="bedrock-agent:DeleteFlowAlias",
        id_="id",
        name="name",
        parameter="aliasIdentifier",
    ),
    versions=Parts(
        lists=("bedrock-agent:ListFlowVersions", "flowVersionSummaries"),
        shows="bedrock-agent:GetFlowVersion",
        deletes="bedrock-agent:DeleteFlowVersion",
        id_="version",
        name="version",
        parameter="flowVersion",
    ),
)
_FLOWS = ("bedrock-agent.flow", "bedrock-agent.flow_version")


def find_flow(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a flow: aliases, then versions, then the flow; what it ran stays in AWS's records."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"flowIdentifier": arn.rpartition("/")[2]}
    flow = inquiry.see(scope, arn, "bedrock-agent:GetFlow", **named)
    if flow is None:
        return
    before = remove_aliases_and_versions(inquiry, scope, arn, _FLOW, named)
    inquiry.removal(
        scope,
        "bedrock-agent:DeleteFlow",
        "bedrock-agent:GetFlow",
        named,
        subject=arn,
        words=f"Delete the flow {flow['name']}",
        after=before,
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
