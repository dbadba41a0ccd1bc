"""Amazon Bedrock AgentCore: the kinds that tell what else there is to ask about, and what of them is not kept."""

from console.collect.withheld import Private

SERVICE = "bedrock-agentcore-control"
RUNTIME = "bedrock-agentcore-control.agent_runtime"
ENDPOINT = "bedrock-agentcore-control.agent_runtime_endpoint"
GATEWAY = "bedrock-agentcore-control.gateway"
POLICY_ENGINE = "bedrock-agentcore-control.policy_engine"
OF_RUNTIMES = Private(secrets=("environmentVariables",))
"""Environment variables often hold keys; their names are enough."""
