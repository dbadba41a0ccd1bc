"""Log groups of the data path must be protected against deletion."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict

_KIND = "logs.log_group"


def check(question: Question) -> Iterator[Opinion]:
    """Read each group's switch."""
    for fact in question.facts(_KIND):
        protected = fact.payload.get("deletionProtectionEnabled")
        if protected is True:
            verdict, because = Verdict.PASS, "it is protected against deletion"
        elif protected is False:
            verdict, because = Verdict.FAIL, "it can be deleted with all that it holds in one call"
        else:
            verdict, because = Verdict.UNKNOWN, "AWS did not say whether it is protected against deletion"
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


CONTROL = Control(
    id="BR-LOG-007",
    title="Log groups of the data path are protected against deletion",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="Who deletes a log group deletes the record of what was asked of models, and of who asked it.",
    remedy="Call logs:PutLogGroupDeletionProtection for the group with deletionProtectionEnabled true.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "log groups were read to the end; none is on the data path here"),
    references=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    ),
    claims=("S27",),
)
