"""Log groups of the data path must keep what they hold for as long as it was decided."""

from collections.abc import Iterator

from console.base.settings import PolicySettings
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.domain.evidence import Fact

_KIND = "logs.log_group"


def check(question: Question) -> Iterator[Opinion]:
    """Hold each group's retention between the two settings; a group without one never forgets."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question.policy)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, policy: PolicySettings) -> tuple[Verdict, str]:
    days, least, most = (
        fact.payload.get("retentionInDays"),
        policy.minimum_log_retention_days,
        policy.maximum_log_retention_days,
    )
    if days is None and fact.payload.get("retentionPolicyName"):
        return Verdict.UNKNOWN, "an account policy decides how long it keeps what it holds"
    if days is None:
        return Verdict.FAIL, "it keeps what it holds for ever"
    if not isinstance(days, int):
        return Verdict.UNKNOWN, "its retention is not understood"
    if days < least:
        return Verdict.FAIL, f"it deletes after {days} days, and {least} are required"
    if days > most:
        return Verdict.FAIL, f"it deletes after {days} days, and at most {most} are allowed"
    return Verdict.PASS, f"it deletes after {days} days"


CONTROL = Control(
    id="BR-LOG-005",
    title="Log groups of the data path keep logs for as long as the settings say",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "Logs that go too early are missing when somebody asks; logs that stay for ever hold personal data beyond any"
        " purpose."
    ),
    remedy=(
        "Call logs:PutRetentionPolicy for the group with retentionInDays between policy.minimum_log_retention_days and"
        " policy.maximum_log_retention_days."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "log groups were read to the end; none is on the data path here"),
    references=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    ),
    claims=("S25", "S27"),
)
