"""AgentCore: what runs agents written elsewhere, and what it gives them."""

from collections.abc import Iterator

from console.controls.payload import said
from console.views.beside import Get, Seen
from console.views.policy_words import policy_in_words, policy_json
from console.views.sections import Detail, Heading, Section, Source
from console.views.table import Kind

_CORE = "bedrock-agentcore-control"
_CORE_POLICY = f"{_CORE}.resource_policy"
_AWS_KEY = "a key of AWS's"

_NAME = Heading("name", "Name")
_STATUS = Heading("status", "Status")
_ROLE = Heading("role", "Role", Kind.ARN)
_KEY = Heading("key", "Encrypted under", Kind.ARN)
_CHANGED = Heading("changed", "Changed", Kind.TIME)
_ARN = Heading("arn", "ARN", Kind.ARN, is_shown=False)


def _key_at(path: str) -> Get:
    return lambda seen: seen.get(path) or _AWS_KEY


def _core_policy_lines(seen: Seen) -> Iterator[str]:
    for name in ("agentRuntimeArn", "gatewayArn", "arn"):
        arn = said(seen.fact.payload, name)
        for fact in seen.others(_CORE_POLICY, "resourceArn", arn) if arn else ():
            yield from policy_in_words(fact.payload.get("policy"))
            yield policy_json(fact.payload.get("policy"))


def _text(words: str) -> Get:
    return lambda _seen: words


def _core(thing: str, words: str, *cells: Get) -> Source:
    return Source(f"{_CORE}.{thing}", (cells[0], _text(words), *cells[1:]))


AGENTCORE = Section(
    id="agentcore",
    title="AgentCore",
    about=(
        "AgentCore runs agents that were written elsewhere, and gives them tools, memory, a browser and kept secrets."
        " One with the network mode PUBLIC can reach the whole internet."
    ),
    headings=(
        _NAME,
        Heading("sort", "What it is"),
        _STATUS,
        Heading("network", "Network or sign-in"),
        _ROLE,
        _KEY,
        _CHANGED,
        _ARN,
    ),
    sources=(
        _core(
            "agent_runtime",
            "runtime",
            "agentRuntimeName",
            "status",
            "networkConfiguration.networkMode",
            "roleArn",
            lambda _seen: None,
            "lastUpdatedAt",
            "agentRuntimeArn",
        ),
        _core(
            "gateway",
            "gateway to tools",
            "name",
            "status",
            "authorizerType",
            "roleArn",
            _key_at("kmsKeyArn"),
            "updatedAt",
            "gatewayArn",
        ),
        _core(
            "gateway_target",
            "tool behind a gateway",
            "name",
            "status",
            lambda _seen: None,
            lambda _seen: None,
            lambda _seen: None,
            "updatedAt",
            "gatewayArn",
        ),
        _core(
            "memory",
            "memory",
            "name",
            "status",
            lambda seen: f"kept {seen.get('eventExpiryDuration') or 'not known how many'} days",
            "memoryExecutionRoleArn",
            _key_at("encryptionKeyArn"),
            "updatedAt",
            "arn",
        ),
        *(
            _core(
                thing,
                words,
                "name",
                "status",
                "networkConfiguration.networkMode",
                "executionRoleArn",
                lambda _seen: None,
                "lastUpdatedAt",
                arn,
            )
            for thing, words, arn in (
                ("browser", "browser", "browserArn"),
                ("code_interpreter", "code interpreter", "codeInterpreterArn"),
            )
        ),
        _core(
            "policy_engine",
            "policy engine",
            "name",
            "status",
            lambda _seen: None,
            lambda _seen: None,
            _key_at("encryptionKeyArn"),
            "updatedAt",
            "policyEngineArn",
        ),
        _core(
            "registry",
            "registry of agents",
            "name",
            "status",
            "authorizerType",
            lambda _seen: None,
            lambda _seen: None,
            "updatedAt",
            "registryArn",
        ),
        _core(
            "workload_identity",
            "workload identity",
            "name",
            lambda _seen: None,
            lambda _seen: None,
            lambda _seen: None,
            lambda _seen: None,
            "lastUpdatedTime",
            "workloadIdentityArn",
        ),
        _core(
            "evaluator",
            "evaluator",
            "evaluatorName",
            "status",
            lambda _seen: None,
            lambda _seen: None,
            _key_at("kmsKeyArn"),
            "updatedAt",
            "evaluatorArn",
        ),
    ),
    beside=(_CORE_POLICY,),
    details=(Detail("Who else may use it", _core_policy_lines),),
    stretch="name",
)
