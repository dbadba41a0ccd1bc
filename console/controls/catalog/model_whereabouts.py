"""The department's own models must stay in approved Regions and in its accounts."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import arn_account, arn_region, said
from console.domain.evidence import Fact

_MODELS = ("bedrock.custom_model", "bedrock.imported_model")
_COPIES = "bedrock.model_copy_job"


def check(question: Question) -> Iterator[Opinion]:
    """Judge where each model is, and where each copy went: the copy outlives the job."""
    for kind in _MODELS:
        for fact in question.facts(kind):
            yield _opinion(question, fact, said(fact.payload, "modelArn"), "it is")
    for fact in question.facts(_COPIES):
        yield _opinion(question, fact, said(fact.payload, "targetModelArn"), "it was copied to")


def _opinion(question: Question, fact: Fact, arn: str | None, words: str) -> Opinion:
    verdict, because = _judge(question, arn, words)
    return Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(question: Question, arn: str | None, words: str) -> tuple[Verdict, str]:
    region, account = arn_region(arn), arn_account(arn)
    if not region or not account:
        return Verdict.UNKNOWN, f"AWS did not say where {words.split(maxsplit=1)[0]} is"
    where = f"{words} in {region}" if words == "it is" else f"{words} {region}"
    if region not in question.policy.approved_regions:
        return Verdict.FAIL, f"{where}, which is not approved"
    if account != question.scope.account_id and words != "it is":
        return Verdict.FAIL, f"{where}, in account {account}"
    return Verdict.PASS, where


CONTROL = Control(
    id="BR-RES-005",
    title="Custom and imported models stay in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(*_MODELS, _COPIES),
    rationale=(
        "A model holds what it was trained on. A copy in another Region or account is a resource of its own, which the"
        " deletion of the first does not reach."
    ),
    remedy=(
        "Delete the model with bedrock:DeleteCustomModel or bedrock:DeleteImportedModel in the Region where it should"
        " not be, after what uses it; the job that copied it remains as a record."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "models and copy jobs were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/copy-model.html",),
    claims=("S16",),
)
