"""Looking at single things afresh: seen, absent, or not to be seen; the three are never confused.

What a request to delete is about is asked anew, whatever the last refresh said. Only operations that are listed here
are called, each with the permission that it needs, so that the role's policy is made from this list.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError

from console.base.canonical import canonical, plain, sha256_hex
from console.collect.base import ask, ask_all
from console.collect.errors import FAILURES, NoSignInError, UnreachableError, detail_of, reason_of
from console.collect.sessions import Sessions
from console.domain.scope import Scope

READS: Mapping[str, str] = {
    "backup:DescribeBackupVault": "backup:DescribeBackupVault",
    "backup:ListRecoveryPointsByResource": "backup:ListRecoveryPointsByResource",
    "bedrock:GetCustomModel": "bedrock:GetCustomModel",
    "bedrock:GetCustomModelDeployment": "bedrock:GetCustomModelDeployment",
    "bedrock:GetEvaluationJob": "bedrock:GetEvaluationJob",
    "bedrock:GetImportedModel": "bedrock:GetImportedModel",
    "bedrock:GetModelInvocationJob": "bedrock:GetModelInvocationJob",
    "bedrock:GetModelInvocationLoggingConfiguration": "bedrock:GetModelInvocationLoggingConfiguration",
    "bedrock:GetProvisionedModelThroughput": "bedrock:GetProvisionedModelThroughput",
    "bedrock:GetResourcePolicy": "bedrock:GetResourcePolicy",
    "bedrock:ListCustomModelDeployments": "bedrock:ListCustomModelDeployments",
    "bedrock:ListModelCopyJobs": "bedrock:ListModelCopyJobs",
    "bedrock:ListProvisionedModelThroughputs": "bedrock:ListProvisionedModelThroughputs",
    "bedrock-agent:GetAgent": "bedrock:GetAgent",
    "bedrock-agent:GetAgentAlias": "bedrock:GetAgentAlias",
    "bedrock-agent:GetAgentKnowledgeBase": "bedrock:GetAgentKnowledgeBase",
    "bedrock-agent:GetAgentVersion": "bedrock:GetAgentVersion",
    "bedrock-agent:GetDataSource": "bedrock:GetDataSource",
    "bedrock-agent:GetFlow": "bedrock:GetFlow",
    "bedrock-agent:GetFlowAlias": "bedrock:GetFlowAlias",
    "bedrock-agent:GetFlowVersion": "bedrock:GetFlowVersion",
    "bedrock-agent:GetKnowledgeBase": "bedrock:GetKnowledgeBase",
    "bedrock-agent:GetKnowledgeBaseDocuments": "bedrock:GetKnowledgeBaseDocuments",
    "bedrock-agent:GetPrompt": "bedrock:GetPrompt",
    "bedrock-agent:ListAgentAliases": "bedrock:ListAgentAliases",
    "bedrock-agent:ListAgentKnowledgeBases": "bedrock:ListAgentKnowledgeBases",
    "bedrock-agent:ListAgentVersions": "bedrock:ListAgentVersions",
    "bedrock-agent:ListAgents": "bedrock:ListAgents",
    "bedrock-agent:ListDataSources": "bedrock:ListDataSources",
    "bedrock-agent:ListFlowAliases": "bedrock:ListFlowAliases",
    "bedrock-agent:ListFlowVersions": "bedrock:ListFlowVersions",
    "bedrock-agent:ListIngestionJobs": "bedrock:ListIngestionJobs",
    "bedrock-agent:ListPrompts": "bedrock:ListPrompts",
    "bedrock-agent-runtime:GetAgentMemory": "bedrock:GetAgentMemory",
    "bedrock-agent-runtime:GetSession": "bedrock:GetSession",
    "bedrock-agent-runtime:ListFlowExecutions": "bedrock:ListFlowExecutions",
    "bedrock-agent-runtime:ListInvocationSteps": "bedrock:ListInvocationSteps",
    "bedrock-agentcore:ListActors": "bedrock-agentcore:ListActors",
    "bedrock-agentcore:ListEvents": "bedrock-agentcore:ListEvents",
    "bedrock-agentcore:ListMemoryExtractionJobs": "bedrock-agentcore:ListMemoryExtractionJobs",
    "bedrock-agentcore:ListMemoryRecords": "bedrock-agentcore:ListMemoryRecords",
    "bedrock-agentcore:ListSessions": "bedrock-agentcore:ListSessions",
    "bedrock-agentcore-control:GetMemory": "bedrock-agentcore:GetMemory",
    "bedrock-data-automation:GetBlueprint": "bedrock:GetBlueprint",
    "bedrock-data-automation:GetDataAutomationProject": "bedrock:GetDataAutomationProject",
    "cloudtrail:LookupEvents": "cloudtrail:LookupEvents",
    "kms:DescribeKey": "kms:DescribeKey",
    "kms:GetKeyLastUsage": "kms:GetKeyLastUsage",
    "kms:ListAliases": "kms:ListAliases",
    "kms:ListGrants": "kms:ListGrants",
    "logs:DescribeExportTasks": "logs:DescribeExportTasks",
    "logs:DescribeLogGroups": "logs:DescribeLogGroups",
    "logs:DescribeLogStreams": "logs:DescribeLogStreams",
    "logs:DescribeSubscriptionFilters": "logs:DescribeSubscriptionFilters",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketLocation": "s3:GetBucketLocation",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetBucketVersioning": "s3:GetBucketVersioning",
    "s3:GetObjectLegalHold": "s3:GetObjectLegalHold",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetObjectRetention": "s3:GetObjectRetention",
    "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3control:ListAccessPoints": "s3:ListAccessPoints",
    "s3vectors:GetIndex": "s3vectors:GetIndex",
}
"""Operations by service and name, with the IAM action that each needs."""
_ABSENT = frozenset(
    {
        "ResourceNotFoundException",
        "NotFoundException",
        "NoSuchBucket",
        "NoSuchKey",
        "NoSuchVersion",
        "NoSuchUpload",
        "NoSuchLifecycleConfiguration",
        "NoSuchObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
        "ReplicationConfigurationNotFoundError",
    }
)
"""Errors by which AWS says that something is not there; every other error is not knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of asking about one thing."""

    scope: Scope
    operation: str
    answer: Any = None
    """In JSON types: what AWS said, or the list that was asked for; None where it is absent or was not seen."""
    is_absent: bool = False
    reason: str = ""
    """Why it was not seen; empty if it was, or is absent."""
    detail: str = ""

    @property
    def is_seen(self) -> bool:
        """Tell whether AWS showed it."""
        return not self.is_absent and not self.reason

    @property
    def sha256(self) -> str:
        """The hash of the answer."""
        return sha256_hex(canonical(self.answer))


class Looker:
    """Asks about single things, in any account and Region, with the reader role."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def see(self, scope: Scope, operation: str, **parameters: object) -> Look:
        """Return what AWS says of one thing."""

        def read(client: Any, method: str) -> object:  # noqa: ANN401 - a boto3 client
            answer = ask(client, method, **parameters)
            return {name: value for name, value in answer.items() if name != "ResponseMetadata"}

        return self._look(scope, operation, read)

    def all_of(self, scope: Scope, operation: str, member: str, **parameters: object) -> Look:
        """Return a whole list, page after page; a list that cannot be read to its end was not seen."""
        return self._look(
            scope, operation, lambda client, method: list(ask_all(client, method, member, **parameters))
        )

    def uploads(self, scope: Scope, bucket: str) -> Look:
        """Return the keys of uploads that are under way; S3 leaves the list out where there is none."""

        def read(client: Any, method: str) -> object:  # noqa: ANN401 - a boto3 client
            pages = client.get_paginator(method).paginate(Bucket=bucket)
            return [each["Key"] for page in pages for each in page.get("Uploads", ())]

        return self._look(scope, "s3:ListMultipartUploads", read)

    def versions(self, scope: Scope, bucket: str, prefix: str) -> Look:
        """Return all versions and delete markers below a prefix: key, version, ETag, size, class and which it is."""

        def read(client: Any, method: str) -> object:  # noqa: ANN401 - a boto3 client
            pages = client.get_paginator(method).paginate(Bucket=bucket, Prefix=prefix)
            return [each for page in pages for each in _versions(page)]

        return self._look(scope, "s3:ListObjectVersions", read)

    def _look(self, scope: Scope, operation: str, read: Callable[[Any, str], object]) -> Look:
        if operation not in READS:
            raise ValueError(f"{operation} is not among what may be looked at")
        service, _, name = operation.partition(":")
        try:
            with self._sessions.acting_as(self._sessions.identity(scope.account_id)):
                client = self._sessions.client(service, scope.region)
                answer = plain(read(client, xform_name(name)))
        except FAILURES as error:
            if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in _ABSENT:
                return Look(scope=scope, operation=operation, is_absent=True)
            reason, detail = reason_of(error).value, detail_of(error)
            return Look(scope=scope, operation=operation, reason=reason, detail=detail)
        except (NoSignInError, UnreachableError) as error:
            return Look(scope=scope, operation=operation, reason="not signed in", detail=str(error))
        return Look(scope=scope, operation=operation, answer=answer)


def _versions(page: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for member, is_marker in (("Versions", False), ("DeleteMarkers", True)):
        for each in page.get(member, ()):
            yield {
                "Key": each["Key"],
                "VersionId": each["VersionId"],
                "ETag": each.get("ETag", ""),
                "Size": each.get("Size", 0),
                "StorageClass": each.get("StorageClass", ""),
                "LastModified": each["LastModified"],
                "marker": is_marker,
            }
