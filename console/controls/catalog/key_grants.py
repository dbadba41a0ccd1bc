"""Keys of the data path must not be granted to strangers."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import arn_account, listed, said
from console.domain.evidence import Fact

_KIND = "kms.grant"
_OF_AWS = ".amazonaws.com"


def check(question: Question) -> Iterator[Opinion]:
    """Look at the account of each principal that was granted the use of a key."""
    ours = question.organisation_accounts
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, ours)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, ours: frozenset[str]) -> tuple[Verdict, str]:
    if "Grants" not in fact.payload:
        return Verdict.UNKNOWN, "AWS gave no list of grants"
    named = [who for each in listed(fact.payload, "Grants") if not (who := _grantee(each)).endswith(_OF_AWS)]
    if named and not ours:
        return Verdict.UNKNOWN, "no account of the organisation is known"
    strangers = sorted({each for each in named if (account := arn_account(each)) and account not in ours})
    if strangers:
        return Verdict.FAIL, f"it was granted to {', '.join(strangers)}, outside this organisation"
    lost = [each or "a principal without a name" for each in named if not arn_account(each)]
    if lost:
        return Verdict.UNKNOWN, f"it was granted to {lost[0]}, and whose that is, is not known"
    return Verdict.PASS, f"it was granted to {len(named)} principals, all of this organisation"


def _grantee(grant: Mapping[str, Any]) -> str:
    return said(grant, "GranteePrincipal") or said(grant, "GranteeServicePrincipal") or ""


CONTROL = Control(
    id="BR-KMS-006",
    title="Keys of the data path are granted to nobody outside the organisation",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A grant lets somebody use a key beside its policy, does not show in it, and stays until it is retired or"
        " revoked."
    ),
    remedy="Call kms:RevokeGrant with the key and the grant's GrantId.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names keys was read to the end; no key is named here"),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",),
    claims=("S24", "S31"),
)
