"""The data retention mode of the mantle endpoint must be none, for the account and for its projects."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_ACCOUNT, _PROJECT = "bedrock-mantle.data_retention", "bedrock-mantle.project"


def check(question: Question) -> Iterator[Opinion]:
    """Pass the mode `none` alone; a project that inherits has the account's."""
    accounts = question.facts(_ACCOUNT)
    for fact in accounts:
        verdict, because = _judge(said(fact.payload, "mode"))
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(fact,))
    for fact in question.facts(_PROJECT):
        yield _of_project(fact, accounts[0] if accounts else None)


def _of_project(fact: Fact, account: Fact | None) -> Opinion:
    mode = said(part(fact.payload, "data_retention"), "mode")
    name = said(fact.payload, "name") or fact.key
    if mode != "inherit":
        verdict, because = _judge(mode)
    elif account is None:
        verdict, because = Verdict.UNKNOWN, "it inherits a mode that AWS did not give"
    else:
        verdict, because = Verdict.NOT_APPLICABLE, "it inherits the account's mode"
    evidence = (fact, account) if account and mode == "inherit" else (fact,)
    return Opinion(subject=fact.key, verdict=verdict, because=f"project {name}: {because}", evidence=evidence)


def _judge(mode: str | None) -> tuple[Verdict, str]:
    if mode is None:
        return Verdict.UNKNOWN, "AWS gave no mode"
    if mode == "none":
        return Verdict.PASS, "the mode is none"
    return Verdict.FAIL, f"the mode is {mode}, under which prompts and completions may be kept"


CONTROL = Control(
    id="BR-RET-003",
    title="The data retention mode of the mantle endpoint is none",
    severity=Severity.CRITICAL,
    grain=Grain.REGION,
    reads=(_ACCOUNT, _PROJECT),
    rationale=(
        "The endpoint that speaks like other makers' has retention modes of its own, by account and by project: the"
        " mode of Bedrock itself does not reach it, and invocation logging does not see it."
    ),
    remedy=(
        "Put the mode none for the account in this Region (bedrock-mantle:PutAccountDataRetention) and for the project"
        " (bedrock-mantle:UpdateProject), and deny other modes by bedrock-mantle:DataRetentionMode in a service control"
        " policy."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the mantle endpoint's mode was read to the end, but AWS gave none"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html",),
    claims=("S06", "S22"),
)
