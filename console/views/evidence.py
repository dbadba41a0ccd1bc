"""One observation opened: what was asked of AWS, by whom, when, and what it answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.scope import Scope
from console.views.names import account_words, kind_words, region_words, when_words
from console.views.text import inert, inert_lines

MEANINGS: Mapping[GapReason, str] = {
    GapReason.DENIED: "The reader's credentials lack a permission, or its role could not be assumed.",
    GapReason.EXPIRED: "The sign-in ran out during the refresh and could not be renewed.",
    GapReason.THROTTLED: "AWS asked to be called more slowly until all tries were used.",
    GapReason.MALFORMED: "AWS's answer was cut short or lacked a required part, so it was not believed.",
    GapReason.UNREACHABLE: "No answer came back.",
    GapReason.FAILED: "AWS answered with an error.",
    GapReason.REGION_NOT_ENABLED: "The account has not enabled this Region.",
    GapReason.SDK_TOO_OLD: "This build does not know the operation.",
    GapReason.NOT_ATTEMPTED: "The refresh ended before this scope's turn.",
    GapReason.ERASED: "It was read, and its content was erased since; the ledger gives the basis.",
    GapReason.WITHHELD: "It was read, and this pack does not show it; the department can disclose it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """What the evidence drawer shows, every text safe to show."""

    title: str
    sequence: int
    is_gap: bool
    particulars: tuple[tuple[str, str], ...]
    """Label and value, in reading order; a value that is not known says so."""
    parameters: str
    """What was asked, pretty-printed JSON."""
    answer: str
    """What AWS answered, pretty-printed JSON; empty for a gap."""
    reason: str
    """Why it could not be seen; empty for a fact."""
    meaning: str
    """What that reason means; empty for a fact."""
    words: str
    """What AWS said instead; empty for a fact."""
    headings: tuple[str, str]
    """What stands above the parameters and above the answer."""


DEEDS = "console."
"""What the kind of something begins with that a person, and not AWS, put into the ledger."""


COUNT = "console.count"
"""Something that a person had AWS count: a person's deed, and AWS's answer."""


def _is_written(observation: Fact | Gap) -> bool:
    return observation.kind.startswith(DEEDS) and observation.kind != COUNT


def evidence_view(observation: Fact | Gap, names: Mapping[str, str] | None = None) -> EvidenceView:
    """Open one observation; `names` gives the accounts' names where they are known."""
    what = kind_words(observation.kind)
    is_gap = isinstance(observation, Gap)
    subject = " ".join(filter(None, (inert(observation.key), "could not be read" if is_gap else "")))
    return EvidenceView(
        title=f"{what}: {subject}",
        sequence=observation.sequence,
        is_gap=is_gap,
        particulars=_particulars(observation, names or {}),
        parameters=_pretty_text(observation.provenance.parameters),
        answer="" if isinstance(observation, Gap) else _pretty(observation.payload),
        reason=observation.reason.value if isinstance(observation, Gap) else "",
        meaning=MEANINGS[observation.reason] if isinstance(observation, Gap) else "",
        words=inert(observation.detail) if isinstance(observation, Gap) else "",
        headings=_headings(observation),
    )


def _headings(observation: Fact | Gap) -> tuple[str, str]:
    if _is_written(observation):
        return ("What was asked", "What was written")
    return (
        "What was asked",
        "What AWS said instead" if isinstance(observation, Gap) else "What AWS answered",
    )


def _particulars(observation: Fact | Gap, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    asked: Provenance = observation.provenance
    if _is_written(observation):
        return (
            ("Operation", "none: a person wrote this"),
            ("Account", "of the console itself"),
            ("Region", "none"),
            ("Written by", inert(asked.caller)),
            ("Written at", when_words(asked.observed_at)),
            ("Kind", inert(observation.kind)),
            ("Observation", f"{observation.sequence:,}"),
        )
    scope = observation.scope
    if observation.kind == COUNT and isinstance(observation, Fact):
        said = observation.payload
        scope = Scope(inert(said.get("account_id", "")), inert(said.get("region", "")))
    return (
        ("Operation", inert(asked.operation) or "no call was made"),
        ("Account", account_words(scope.account_id, names) or "not known"),
        ("Region", region_words(scope.region)),
        ("Asked by", inert(asked.caller) or "not known"),
        ("Asked at", when_words(asked.observed_at)),
        *((("Why it stands", inert(observation.basis)),) if observation.basis else ()),
        ("Request id", inert(asked.request_id) or "none came back"),
        ("AWS SDK", f"botocore {inert(asked.botocore)}"),
        ("Kind", inert(observation.kind)),
        ("Observation", f"{observation.sequence:,}"),
    )


def _pretty(value: object) -> str:
    return inert_lines(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True, default=str))


def _pretty_text(text: str) -> str:
    """Return stored JSON pretty-printed, or as it is if it is not JSON."""
    try:
        return _pretty(json.loads(text))
    except ValueError:
        return inert_lines(text)
