"""A Bedrock policy of the organisation must reach the account where models are called."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.invocations import METRICS, invocations
from console.controls.payload import said

_POLICY = "organizations.effective_policy"
_SORT = "BEDROCK_POLICY"


def check(question: Question) -> Iterator[Opinion]:
    """Look for what the policies above come to here; whether AWS holds it valid is another control's question."""
    used = invocations(question.facts(METRICS))
    if not used:
        return
    policies = [each for each in question.facts(_POLICY) if said(each.payload, "PolicyType") == _SORT]
    if not policies:
        verdict, because = (
            Verdict.FAIL,
            "models are called, and no Bedrock policy of the organisation is in force",
        )
    elif not any(said(each.payload, "PolicyContent") for each in policies):
        verdict, because = Verdict.UNKNOWN, "AWS gave no content of its Bedrock policy"
    else:
        verdict, because = Verdict.PASS, "a Bedrock policy of the organisation is in force"
    evidence = (*policies, *used)
    yield Opinion(subject=question.scope.account_id, verdict=verdict, because=because, evidence=evidence)


CONTROL = Control(
    id="BR-ORG-001",
    title="A Bedrock policy of the organisation is in force wherever models are called",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=(_POLICY, METRICS),
    rationale=(
        "Only a Bedrock policy of the organisation puts a guardrail before every call in an account, whatever its"
        " people set up or take away."
    ),
    remedy=(
        "Attach to a unit above the account a policy of the type BEDROCK_POLICY (organizations:CreatePolicy,"
        " organizations:AttachPolicy) that names a published version of a guardrail, which is shared with the account"
        " by its resource policy."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "no call of a model was counted in this account"),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock.html",
    ),
    claims=("S28", "S32"),
)
