"""The organisation's Bedrock policy must take effect in every account that it reaches."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said

_KIND = "organizations.effective_policy_validation_error"
_TYPE = "BEDROCK_POLICY"


def check(question: Question) -> Iterator[Opinion]:
    """Look for what AWS found wrong with the account's sum of Bedrock policies."""
    for fact in question.facts(_KIND):
        account, sort = said(fact.payload, "AccountId"), said(fact.payload, "PolicyType")
        if account is None or sort is None:
            because = "AWS did not say of which account or type of policy it is"
            yield Opinion(subject=fact.key, verdict=Verdict.UNKNOWN, because=because, evidence=(fact,))
        elif (account, sort) == (question.scope.account_id, _TYPE):
            errors = [
                f"{said(each, 'ErrorCode')} at {said(each, 'PathToError')}: {said(each, 'ErrorMessage')}"
                for each in listed(fact.payload, "EffectivePolicyValidationErrors")
            ]
            because = f"AWS does not take its Bedrock policy: {'; '.join(errors) or 'no reason was said'}"
            yield Opinion(subject=account, verdict=Verdict.FAIL, because=because, evidence=(fact,))


CONTROL = Control(
    id="BR-GRD-011",
    title="The organisation's Bedrock policy is valid in the account",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_KIND,),
    rationale=(
        "A Bedrock policy that names a guardrail or a version which is not there guards nothing: every call to Bedrock"
        " in the account fails instead."
    ),
    remedy=(
        "Call organizations:UpdatePolicy with an identifier that names a published version of a guardrail whose"
        " resource policy lets the organisation use it, and read"
        " organizations:ListEffectivePolicyValidationErrors again."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AWS lists no error in the account's Bedrock policy"),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock.html",
    ),
    claims=("S28", "S32"),
)
