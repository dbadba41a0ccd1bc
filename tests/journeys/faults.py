"""What can go wrong with a call, and the gap that it becomes: the cases of a test, and the table in the README."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.evidence import GapReason

EVERYWHERE: Mapping[str, tuple[str, ...]] = {
    "bedrock:ListGuardrails": ("bedrock.guardrail",),
    "organizations:ListPolicies": ("organizations.policy", "organizations.policy_target"),
    "ec2:DescribeVpcEndpoints": ("ec2.vpc_endpoint",),
    "iam:GetAccountAuthorizationDetails": ("iam.user", "iam.group", "iam.role", "iam.policy"),
}
"""Calls of each protocol, and the kinds that are read with them."""
JSON_ALONE = {call: kinds for call, kinds in EVERYWHERE.items() if call.startswith("bedrock:")}


@dataclass(frozen=True)
class FaultCase:
    """One fault of the stand-in."""

    kind: str
    words: str
    """What AWS, or something on the way to it, does; for people."""
    reason: GapReason
    struck: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EVERYWHERE)
    more: Mapping[str, float | str] = field(default_factory=dict)
    """Further settings of the fault."""


FAULTS = (
    FaultCase("denied", "The role lacks the permission", GapReason.DENIED),
    FaultCase("throttled", "AWS asks to slow down, at every try", GapReason.THROTTLED),
    FaultCase("expired", "The credentials run out and cannot be renewed", GapReason.EXPIRED),
    FaultCase("not_enabled", "The Region is not enabled", GapReason.REGION_NOT_ENABLED),
    FaultCase("failed", "AWS answers with status 500, at every try", GapReason.FAILED),
    FaultCase("cut", "The answer ends before its Content-Length", GapReason.MALFORMED),
    FaultCase("cut_quietly", "Half an answer, with a Content-Length that fits", GapReason.MALFORMED),
    FaultCase("html", "A proxy's sign-in page with status 200", GapReason.MALFORMED),
    FaultCase("empty", "An empty body with status 200", GapReason.MALFORMED),
    FaultCase("malformed", "Bytes that are neither JSON nor XML", GapReason.MALFORMED),
    FaultCase(
        "missing_member",
        "An answer without its list",
        GapReason.MALFORMED,
        {call: kinds for call, kinds in EVERYWHERE.items() if not call.startswith("iam:")},
    ),
    FaultCase("repeated_token", "The same page token for ever", GapReason.FAILED, JSON_ALONE),
    FaultCase(
        "denied",
        "A page that fails after others were read",
        GapReason.DENIED,
        JSON_ALONE,
        {"after": 2, "region": "eu-west-2"},
    ),
    FaultCase("reset", "The connection is cut", GapReason.UNREACHABLE),
    FaultCase("slow", "No answer within the time-out", GapReason.UNREACHABLE, JSON_ALONE, {"seconds": 4.0}),
)
"""Each on its own, at every try."""


def table() -> str:
    """Return the cases in Markdown."""
    rows = [f"| {case.words} | {case.reason.value} |" for case in FAULTS]
    return "\n".join(["| what happens | the gap's reason |", "| --- | --- |", *rows])
