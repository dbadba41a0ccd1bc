"""What may be called to carry a plan out: each operation by name, with the permission that it needs."""

from collections.abc import Iterable, Mapping

CHANGES: Mapping[str, tuple[str, ...]] = {
    "bedrock:BatchDeleteEvaluationJob": ("bedrock:BatchDeleteEvaluationJob",),
    "bedrock:DeleteCustomModel": ("bedrock:DeleteCustomModel",),
    "bedrock:DeleteCustomModelDeployment": ("bedrock:DeleteCustomModelDeployment",),
    "bedrock:DeleteImportedModel": ("bedrock:DeleteImportedModel",),
    "bedrock:DeleteProvisionedModelThroughput": ("bedrock:DeleteProvisionedModelThroughput",),
    "bedrock-agent:DeleteAgent": ("bedrock:DeleteAgent",),
    "bedrock-agent:DeleteAgentAlias": ("bedrock:DeleteAgentAlias",),
    "bedrock-agent:DeleteAgentVersion": ("bedrock:DeleteAgentVersion",),
    "bedrock-agent:DeleteDataSource": ("bedrock:DeleteDataSource",),
    "bedrock-agent:DeleteFlow": ("bedrock:DeleteFlow",),
    "bedrock-agent:DeleteFlowAlias": ("bedrock:DeleteFlowAlias",),
    "bedrock-agent:DeleteFlowVersion": ("bedrock:DeleteFlowVersion",),
    "bedrock-agent:DeleteKnowledgeBase": ("bedrock:DeleteKnowledgeBase",),
    "bedrock-agent:DeleteKnowledgeBaseDocuments": ("bedrock:DeleteKnowledgeBaseDocuments",),
    "bedrock-agent:DeletePrompt": ("bedrock:DeletePrompt",),
    "bedrock-agent:DisassociateAgentKnowledgeBase": ("bedrock:DisassociateAgentKnowledgeBase",),
    "bedrock-agent-runtime:DeleteAgentMemory": ("bedrock:DeleteAgentMemory",),
    "bedrock-agent-runtime:DeleteSession": ("bedrock:DeleteSession",),
    "bedrock-agent-runtime:EndSession": ("bedrock:EndSession",),
    "bedrock-agentcore:BatchDeleteMemoryRecords": ("bedrock-agentcore:BatchDeleteMemoryRecords",),
    "bedrock-agentcore:DeleteEvent": ("bedrock-agentcore:DeleteEvent",),
    "bedrock-agentcore-control:DeleteMemory": ("bedrock-agentcore:DeleteMemory",),
    "bedrock-data-automation:DeleteBlueprint": ("bedrock:DeleteBlueprint",),
    "bedrock-data-automation:DeleteDataAutomationProject": ("bedrock:DeleteDataAutomationProject",),
    "kms:ScheduleKeyDeletion": ("kms:ScheduleKeyDeletion",),
    "logs:DeleteLogStream": ("logs:DeleteLogStream",),
    "s3:DeleteObjects": ("s3:DeleteObject", "s3:DeleteObjectVersion"),
    "s3vectors:DeleteIndex": ("s3vectors:DeleteIndex",),
}
"""Operations by service and name, with IAM actions. None of them bypasses a lock or lifts a hold."""


def actions_of(operations: Iterable[str]) -> list[str]:
    """Return the IAM actions of operations, each once, sorted; raise `KeyError` for one that may not be called."""
    return sorted({action for each in operations for action in CHANGES[each]})
