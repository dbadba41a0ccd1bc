"""No principal may hold every Bedrock permission."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import covers_bedrock, covers_every_resource, is_admin
from console.controls.holdings import LISTS, MANAGED, Holding, Holdings

_FULL_ACCESS = ":aws:policy/AmazonBedrockFullAccess"


def check(question: Question) -> Iterator[Opinion]:
    """Look through each principal's attached and inline policies, and a user's groups."""
    holdings = Holdings(question)
    principals = [fact for kind in LISTS for fact in question.facts(kind)]
    is_clean = True
    for fact in principals:
        grants = [(each, _words(each)) for each in holdings.of(fact)]
        held = [grant for grant in grants if grant[1]]
        unsure = [grant for grant in grants if grant[0].document is None]
        if not held and not unsure:
            continue
        is_clean = False
        named = held or unsure
        because = "; ".join(dict.fromkeys(words or "a policy of it is not understood" for _, words in named))
        evidence = (fact, *(each for holding, _ in named for each in holding.evidence))
        verdict = Verdict.FAIL if held else Verdict.UNKNOWN
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=evidence)
    if principals and is_clean:
        because = f"none of {len(principals)} users, groups and roles holds every Bedrock permission"
        yield Opinion(subject=str(question.scope), verdict=Verdict.PASS, because=because, evidence=principals)


def _words(held: Holding) -> str:
    """Say what a policy gives; empty if it is not every Bedrock permission."""
    if held.name.endswith(_FULL_ACCESS):
        return f"{held.name.partition('policy ')[0]}AmazonBedrockFullAccess is attached"
    for statement in held.document.statements if held.document else ():
        everywhere = statement.but_resources or covers_every_resource(statement)
        if not statement.allows or not covers_bedrock(statement) or not everywhere:
            continue
        what = "everything (administrator)" if is_admin(statement) else "every Bedrock action"
        keys = sorted({entry.key for entry in statement.conditions})
        under = f" under a condition on {', '.join(keys)}" if keys else ""
        return f"{held.name} allows {what}{under}"
    return ""


CONTROL = Control(
    id="BR-IAM-001",
    title="No principal holds every Bedrock permission",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(*LISTS, MANAGED),
    rationale=(
        "Who may do everything in Bedrock may switch its logging off, delete its guardrails and change its"
        " retention mode as well as use models."
    ),
    remedy=(
        "Detach AmazonBedrockFullAccess, and replace a policy that allows bedrock:* or * by one that names the"
        " actions and models that the principal needs."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "users, groups and roles were read to the end; there are none"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam.html",),
    claims=("S30",),
)
