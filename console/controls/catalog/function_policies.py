"""Functions that agents, flows and gateways call must be called by nobody else."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.deputies import deputies
from console.controls.strangers import judge, opened
from console.domain.evidence import Fact

_KIND = "lambda.function_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Ask each function's policy about strangers, and about Bedrock sent by strangers."""
    ours = question.organisation_accounts
    for fact in question.facts(_KIND):
        yield _judge(fact, ours).about(fact)


def _judge(fact: Fact, ours: frozenset[str]) -> Answer:
    policy = opened(fact, "Policy")
    if isinstance(policy, Answer):
        return policy
    strangers = Answer(*judge(policy, fact.key, ours, usual="lambda:InvokeFunction"))
    answers = [strangers, *deputies(policy, ours)]
    return together(answers, "; ".join(dict.fromkeys(answer.because for answer in answers)))


CONTROL = Control(
    id="BR-FUN-001",
    title="Functions that agents, flows and gateways call are open to nobody else",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "The function does what the agent may do: it reads cases and sends letters. Whoever may call it needs neither"
        " the agent nor its guardrail."
    ),
    remedy=(
        "Call lambda:RemovePermission for the named statement, then lambda:AddPermission with principal"
        " bedrock.amazonaws.com, source-account of this account and source-arn of the agent or flow."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "policies of functions were read to the end; none that an agent, flow or gateway calls has one",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html",),
    claims=("S31", "S34"),
)
