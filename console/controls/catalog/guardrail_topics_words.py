"""What a guardrail was told to deny, topics and words, must be blocked on input and output."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, SIDES, side_fault
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Payload

_LISTS = (
    ("topicPolicy", "topics", "name", "topic"),
    ("wordPolicy", "words", "text", "word"),
    ("wordPolicy", "managedWordLists", "type", "word list"),
)
"""Where a guardrail keeps what it denies, the member that names each, and what it is called here."""


def check(question: Question) -> Iterator[Opinion]:
    """Judge each topic and word of every version on both sides."""
    for fact in question.facts(GUARDRAIL):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    entries = [
        (f"{words} {number} ({said(entry, name)})" if words == "topic" else f"{words} {number}", entry)
        for policy, member, name, words in _LISTS
        for number, entry in enumerate(listed(part(fact.payload, policy), member), 1)
    ]
    if not entries:
        return Answer(Verdict.NOT_APPLICABLE, "it denies no topics or words of its own")
    answers = [answer for name, entry in entries for answer in _sides(name, entry)]
    return together(answers, f"it blocks {len(entries)} topics, words and word lists on input and output")


def _sides(name: str, entry: Payload) -> Iterator[Answer]:
    if not entry:
        yield Answer(Verdict.UNKNOWN, f"{name} is not understood")
    for side in SIDES:
        fault = side_fault(entry, side, "BLOCK")
        if fault is not None:
            certain, words = fault
            yield Answer(Verdict.FAIL if certain else Verdict.UNKNOWN, f"{name} is {words}")


CONTROL = Control(
    id="BR-GRD-012",
    title="Guardrails block the topics and words that they were given, on input and output in every version",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(GUARDRAIL,),
    rationale=(
        "Somebody decided that the department's applications do not talk of a topic. One that is only detected, or only"
        " on one side, is talked of all the same."
    ),
    remedy=(
        "Call bedrock:UpdateGuardrail with inputAction and outputAction BLOCK and both sides enabled for every entry of"
        " topicPolicyConfig.topicsConfig, wordPolicyConfig.wordsConfig and managedWordListsConfig; publish a version"
        " and delete those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-denied-topics.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-word-filters.html",
    ),
    claims=("S13", "S39"),
)
