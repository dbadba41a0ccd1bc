"""The data retention mode of Bedrock must be none."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said

_KIND = "bedrock.data_retention"
_MEANINGS: Mapping[str, str] = {
    "default": "AWS may keep prompts and completions",
    "aws_review": "AWS may keep and review prompts and completions",
    "provider_data_share": "prompts and completions are shared with the model's provider",
    "inherit": "each model's own default applies, and it may keep prompts and completions",
}


def check(question: Question) -> Iterator[Opinion]:
    """Pass the mode `none` alone: every other one, and one not known yet, lets somebody keep data."""
    for fact in question.facts(_KIND):
        mode = said(fact.payload, "mode")
        if mode is None:
            verdict, because = Verdict.UNKNOWN, "AWS gave no mode"
        elif mode == "none":
            verdict, because = Verdict.PASS, "the mode is none"
        else:
            meaning = _MEANINGS.get(mode, "this build does not know what it allows")
            verdict, because = Verdict.FAIL, f"the mode is {mode}: {meaning}"
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(fact,))


CONTROL = Control(
    id="BR-RET-001",
    title="The data retention mode is none",
    severity=Severity.CRITICAL,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="With any other mode AWS, or the model's provider, may keep what was said to the model.",
    remedy="Call bedrock:PutAccountDataRetention with mode none in this account and Region.",
    check=check,
    nothing=(Verdict.UNKNOWN, "the data retention mode was read to the end, but AWS gave none"),
    claims=("S06", "S22"),
)
