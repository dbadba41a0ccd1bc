"""The organisation must opt out of AWS's use of content of its AI services, though that does not govern Bedrock."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "organizations.effective_policy"
_SORT = "AISERVICES_OPT_OUT_POLICY"
_ASIDE = "; this does not govern Bedrock"


def check(question: Question) -> Iterator[Opinion]:
    """Read what the account's effective policy says of each service."""
    policies = [each for each in question.facts(_KIND) if said(each.payload, "PolicyType") == _SORT]
    verdict, because = _judge(policies)
    yield Opinion(
        subject=question.scope.account_id,
        verdict=verdict,
        because=f"{because}{_ASIDE}",
        evidence=policies or question.basis,
    )


def _judge(policies: list[Fact]) -> tuple[Verdict, str]:
    if not policies:
        return Verdict.FAIL, "no opt-out policy reaches this account"
    try:
        content = json.loads(said(policies[0].payload, "PolicyContent") or "")
    except ValueError:
        return Verdict.UNKNOWN, "its opt-out policy is not understood"
    services = part(content, "services") if isinstance(content, dict) else {}
    answers = {name: _answer(part(services, name)) for name in services}
    open_ = sorted(name for name, answer in answers.items() if answer == "optIn")
    if open_:
        return Verdict.FAIL, f"AWS may use content of {', '.join(open_)} to improve its services"
    if answers.get("default") != "optOut":
        return Verdict.UNKNOWN, "its opt-out policy does not say what holds by default"
    if set(answers.values()) != {"optOut"}:
        return Verdict.UNKNOWN, "its opt-out policy says of a service what this build does not know"
    return Verdict.PASS, "AWS may not use content of its AI services to improve them"


def _answer(service: Mapping[str, Any]) -> str | None:
    """Return the answer for a service; it stands by itself, or is still assigned."""
    return said(service, "opt_out_policy") or said(part(service, "opt_out_policy"), "@@assign")


CONTROL = Control(
    id="BR-ORG-002",
    title="An opt-out policy for AWS's AI services is in force (it does not govern Bedrock)",
    severity=Severity.LOW,
    grain=Grain.ACCOUNT,
    reads=(_KIND,),
    rationale=(
        "Services that stand beside Bedrock, such as Textract, Transcribe and Comprehend, may keep content to improve"
        " themselves unless the organisation opts out. The policy says nothing of Bedrock, where the data retention"
        " mode decides: it is no evidence that what is said to a model trains none."
    ),
    remedy=(
        "Attach to the root a policy of the type AISERVICES_OPT_OUT_POLICY whose services.default.opt_out_policy"
        " assigns optOut, with @@operators_allowed_for_child_policies @@none, so that no unit can opt in."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "effective policies were read to the end, but no answer was reached"),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html",
    ),
    claims=("S32",),
)
