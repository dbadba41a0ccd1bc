"""Personal data must be masked in the log group that takes prompts and answers."""

import json
from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Gap

_LOGGING, _GROUP = "bedrock.invocation_logging", "logs.log_group"
_OWN, _ACCOUNT = "logs.data_protection_policy", "logs.account_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Look for a policy that masks, the group's own or the account's; one that only audits masks nothing."""
    groups = {said(fact.payload, "logGroupName"): fact for fact in question.facts(_GROUP)}
    for fact in question.facts(_LOGGING):
        name = said(part(part(fact.payload, "loggingConfig"), "cloudWatchConfig"), "logGroupName")
        if name is None:
            yield Opinion(
                subject=str(question.scope),
                verdict=Verdict.NOT_APPLICABLE,
                because="invocation logs go to no log group",
                evidence=(fact,),
            )
        elif name not in groups:
            because = f"the log group {name} is not there, or is not known"
            yield Opinion(subject=name, verdict=Verdict.UNKNOWN, because=because, evidence=(fact,))
        elif not isinstance(own := question.at(_OWN, question.scope, groups[name].key), Gap):
            yield _judge(question, groups[name], own)


def _judge(question: Question, group: Fact, own: Fact | None) -> Opinion:
    status = said(group.payload, "dataProtectionStatus")
    policies = [own] if own and status == "ACTIVATED" else []
    policies += [
        each
        for each in question.facts(_ACCOUNT)
        if said(each.payload, "policyType") == "DATA_PROTECTION_POLICY"
    ]
    answers = [_masks(each.payload.get("policyDocument")) for each in policies]
    if True in answers:
        verdict, because = Verdict.PASS, "a data protection policy masks personal data in it"
    elif None in answers:
        verdict, because = Verdict.UNKNOWN, "its data protection policy is not understood"
    elif policies:
        verdict, because = Verdict.FAIL, "its data protection policy finds personal data and masks none"
    else:
        verdict, because = Verdict.FAIL, "no data protection policy is active for it"
    return Opinion(subject=group.key, verdict=verdict, because=because, evidence=(group, *policies))


def _masks(text: object) -> bool | None:
    """Tell whether a data protection policy masks; None if it is not understood."""
    try:
        document = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if not isinstance(document, dict):
        return None
    return any("Deidentify" in part(each, "Operation") for each in listed(document, "Statement"))


CONTROL = Control(
    id="BR-LOG-008",
    title="Personal data is masked in the log group of invocations",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_LOGGING, _GROUP, _OWN, _ACCOUNT),
    rationale=(
        "Guardrails mask what a model says, not what is logged: prompts are logged as they were written. Without"
        " masking everybody who reads the group reads people's names, addresses and numbers."
    ),
    remedy=(
        "Call logs:PutDataProtectionPolicy for the group with two statements, Audit and Deidentify, for the identifiers"
        " that matter here (NhsNumber-GB, NationalInsuranceNumber-GB, EmailAddress, Name, Address), and leave"
        " logs:Unmask to the few who need it. What is delivered to a bucket cannot be masked."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "invocation logging was read to the end, but AWS gave no configuration"),
    references=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html",),
    claims=("S27",),
)
