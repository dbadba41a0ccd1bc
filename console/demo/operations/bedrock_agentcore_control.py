"""Amazon Bedrock AgentCore's control plane: runtimes, gateways, memories, tools, identities and policies."""

from collections.abc import Sequence

from console.demo.changing import let_go
from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging
from console.demo.records import Lookup, Names, Records

OPERATIONS = Operations("bedrock-agentcore-control")
_RECORDS = Records(OPERATIONS, Paging(most=2, asked="maxResults", token="nextToken"))  # noqa: S106
_RUNTIME: dict[str, Names] = {"agentRuntimeId": "agentRuntimeId"}
_GATEWAY: dict[str, Names] = {"gatewayIdentifier": ("gatewayId", "gatewayArn")}
_ENGINE: dict[str, Names] = {"policyEngineId": "policyEngineId"}
_NAME: dict[str, Names] = {"name": "name"}
_LISTED: Sequence[tuple[str, str, str, dict[str, Names]]] = (
    ("ListAgentRuntimes", "agentRuntimes", "agent_runtime", {}),
    ("ListAgentRuntimeEndpoints", "runtimeEndpoints", "agent_runtime_endpoint", _RUNTIME),
    ("ListGateways", "items", "gateway", {}),
    ("ListGatewayTargets", "items", "gateway_target", {"gatewayIdentifier": "gatewayId"}),
    ("ListMemories", "memories", "memory", {}),
    ("ListBrowsers", "browserSummaries", "browser", {"type": "type"}),
    ("ListCodeInterpreters", "codeInterpreterSummaries", "code_interpreter", {"type": "type"}),
    ("ListPolicyEngines", "policyEngines", "policy_engine", {}),
    ("ListPolicies", "policies", "policy", _ENGINE),
    ("ListWorkloadIdentities", "workloadIdentities", "workload_identity", {}),
    ("ListApiKeyCredentialProviders", "credentialProviders", "api_key_credential_provider", {}),
    ("ListOauth2CredentialProviders", "credentialProviders", "oauth2_credential_provider", {}),
    ("ListEvaluators", "evaluators", "evaluator", {}),
    ("ListRegistries", "registries", "registry", {}),
)
_SHOWN: Sequence[tuple[str, str, str, dict[str, Names]]] = (
    ("GetGateway", "", "gateway", _GATEWAY),
    (
        "GetGatewayTarget",
        "",
        "gateway_target",
        {"gatewayIdentifier": ("gatewayId", "gatewayArn"), "targetId": "targetId"},
    ),
    ("GetMemory", "memory", "memory", {"memoryId": "id"}),
    ("GetBrowser", "", "browser", {"browserId": "browserId"}),
    ("GetCodeInterpreter", "", "code_interpreter", {"codeInterpreterId": "codeInterpreterId"}),
    ("GetWorkloadIdentity", "", "workload_identity", _NAME),
    ("GetTokenVault", "", "token_vault", {"tokenVaultId": "tokenVaultId"}),
    ("GetApiKeyCredentialProvider", "", "api_key_credential_provider", _NAME),
    ("GetOauth2CredentialProvider", "", "oauth2_credential_provider", _NAME),
    ("GetEvaluator", "", "evaluator", {"evaluatorId": "evaluatorId"}),
    ("GetRegistry", "", "registry", {"registryId": "registryId"}),
    ("GetResourcePolicy", "", "resource_policy", {"resourceArn": "resourceArn"}),
)
_VERSIONED = Lookup(
    held="bedrock-agentcore-control.agent_runtime_version",
    by={**_RUNTIME, "agentRuntimeVersion": "agentRuntimeVersion"},
)
"""Every version of each runtime, the newest first."""

for _name, _member, _held, _by in _LISTED:
    _RECORDS.listed(_name, Lookup(held=f"bedrock-agentcore-control.{_held}", member=_member, by=_by))
for _name, _member, _held, _by in _SHOWN:
    _RECORDS.shown(_name, Lookup(held=f"bedrock-agentcore-control.{_held}", member=_member, by=_by))
_RECORDS.shown("GetAgentRuntime", _VERSIONED)


@OPERATIONS("DeleteMemory")
def delete_memory(asked: Asked) -> Payload:
    """Begin to delete a memory with all that it holds."""
    wanted = asked.text("memoryId")
    let_go(
        asked, "bedrock-agentcore-control.memory", lambda each: bool(each["id"] == wanted), f"memory {wanted}"
    )
    return {"memoryId": wanted, "status": "DELETING"}
