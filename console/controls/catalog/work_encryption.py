"""Evaluations, reasoning policies, prompt optimisations and marketplace endpoints must be under own keys."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key, under_own_key
from console.controls.payload import part, said

_MEMBERS: Mapping[str, str] = {
    "bedrock.evaluation_job": "customerEncryptionKeyId",
    "bedrock.automated_reasoning_policy": "kmsKeyArn",
    "bedrock.advanced_prompt_optimization_job": "encryptionKeyArn",
}
_ENDPOINT = "bedrock.marketplace_model_endpoint"


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of each thing to its manager and state."""
    for kind, member in _MEMBERS.items():
        yield from under_own_key(question, kind, member)
    for fact in question.facts(_ENDPOINT):
        machines = part(part(fact.payload, "endpointConfig"), "sageMaker")
        yield own_key(question, said(machines, "kmsEncryptionKey")).about(fact)


CONTROL = Control(
    id="BR-JOB-002",
    title="Evaluations, reasoning policies, prompt optimisations and marketplace endpoints are under own keys",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(*_MEMBERS, _ENDPOINT, KEY),
    rationale=(
        "An evaluation keeps prompts with their answers, a reasoning policy the department's rules, an endpoint's disk"
        " the model. Each has a key of AWS's unless it was told otherwise when it was made."
    ),
    remedy=(
        "The key is chosen when a thing is made. Make it anew with customerEncryptionKeyId"
        " (bedrock:CreateEvaluationJob), kmsKeyId (bedrock:CreateAutomatedReasoningPolicy), encryptionKeyArn"
        " (bedrock:CreateAdvancedPromptOptimizationJob) or kmsEncryptionKey"
        " (bedrock:CreateMarketplaceModelEndpoint), and delete the old one; for a key that is off call kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "all of them were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-evaluation-security-kms.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/automated-reasoning-policies.html",
    ),
    claims=("S24", "S29"),
)
