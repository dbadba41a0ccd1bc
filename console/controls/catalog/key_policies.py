"""Policies of keys on the data path must not let strangers in."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.strangers import let_in

_KIND = "kms.key_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Ask each policy about a caller of no account of ours, then who else it names."""
    return let_in(question, _KIND, "Policy", usual="kms:Decrypt")


CONTROL = Control(
    id="BR-KMS-005",
    title="Policies of keys on the data path let in nobody outside the organisation",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "Who may decrypt with the key of models, logs or documents needs only to reach them. A policy with a star for"
        " its principal lets every account of AWS's in."
    ),
    remedy=(
        "Call kms:PutKeyPolicy with principals of this organisation's accounts, or with the condition StringEquals"
        " aws:PrincipalOrgID or kms:CallerAccount beside the star."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names keys was read to the end; no key is named here"),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",),
    claims=("S24", "S31"),
)
