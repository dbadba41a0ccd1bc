"""Which rows are things that somebody may ask to be deleted: a thing that was read as the target of a request."""

import re
from collections.abc import Callable, Mapping

from console.controls.payload import arn_region, part, said
from console.deletion.target import Target, TargetKind, target_of_arn
from console.domain.evidence import Fact, Gap

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_HOME = "us-east-1"
"""The Region by which a bucket is asked about where the row names none; its own is found when the plan is made."""
NOT_PLANNED = "This console plans no deletion of what this row is about."
"""Why a request cannot be begun from a row."""
Named = Callable[[Fact], Target | None]


def target_of(observation: Fact | Gap | None) -> Target | None:
    """Return what a request about the thing that was read would be about; None where no deletion is planned."""
    if not isinstance(observation, Fact):
        return None
    return _BY_KIND.get(observation.kind, _of_key)(observation)


def _of_key(fact: Fact) -> Target | None:
    return target_of_arn(fact.key)


def _of(member: str) -> Named:
    """Return what reads the target from the ARN in a member."""
    return lambda fact: target_of_arn(said(fact.payload, member) or "")


def _group(fact: Fact) -> Target | None:
    name = said(fact.payload, "logGroupName")
    return _target(fact, TargetKind.LOG_GROUP, name) if name else None


def _logs(fact: Fact) -> Target | None:
    is_on = bool(part(fact.payload, "loggingConfig"))
    return _target(fact, TargetKind.INVOCATION_LOGS, "") if is_on else None


def _key(fact: Fact) -> Target | None:
    is_own = said(fact.payload, "KeyManager") == "CUSTOMER"
    return _target(fact, TargetKind.ENCRYPTION_KEY, fact.key, days="30") if is_own else None


def _bucket(fact: Fact) -> Target | None:
    return _target(fact, TargetKind.OBJECTS, f"s3://{fact.key}/")


def _put_out(*path: str) -> Named:
    """Return what reads the address to which a job wrote."""

    def named(fact: Fact) -> Target | None:
        found: Mapping[str, object] = fact.payload
        for each in path[:-1]:
            found = part(found, each)
        address = said(found, path[-1])
        return _target(fact, TargetKind.OBJECTS, address) if address else None

    return named


def _trained(fact: Fact) -> Target | None:
    """Return the model that a job made, with its data; where it made none, what it wrote."""
    return _of("outputModelArn")(fact) or _put_out("outputDataConfig", "s3Uri")(fact)


def _target(fact: Fact, kind: TargetKind, name: str, **detail: str) -> Target:
    region = fact.scope.region if _REGION.fullmatch(fact.scope.region) else arn_region(name) or _HOME
    return Target(kind=kind, account_id=fact.scope.account_id, region=region, name=name, detail=detail)


_BY_KIND: Mapping[str, Named] = {
    "bedrock-agent.agent": _of("agentArn"),
    "bedrock-agent.knowledge_base": _of("knowledgeBaseArn"),
    "bedrock-agent.prompt": _of("arn"),
    "bedrock-agentcore-control.memory": _of("arn"),
    "bedrock-data-automation.project": _of("projectArn"),
    "bedrock-runtime.async_invoke": _put_out("outputDataConfig", "s3OutputDataConfig", "s3Uri"),
    "bedrock.advanced_prompt_optimization_job": _put_out("outputConfig", "s3Uri"),
    "bedrock.invocation_logging": _logs,
    "bedrock.model_customization_job": _trained,
    "bedrock.model_import_job": _of("importedModelArn"),
    "kms.key": _key,
    "logs.log_group": _group,
    "s3.bucket_location": _bucket,
}
"""Kinds whose key is not the ARN of what would be asked for."""


def request_of(target: Target) -> dict[str, str]:
    """Return how the Deletion page is told to begin a request."""
    said_ = {name: str(value) for name, value in target.record().items() if name != "detail"}
    return {**said_, **{f"detail_{name}": value for name, value in target.detail.items()}}
