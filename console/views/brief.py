"""The first page of a pack in plain English: what is supported, contradicted, attested, unknown, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.controls.duties import NO_DUTIES
from console.controls.states import ClaimState
from console.domain.finding import Verdict
from console.views.changes import ChangeRow
from console.views.claims import ClaimReport, ClaimRow, claims_table
from console.views.names import count_words, when_words

TITLES: Mapping[ClaimState, str] = {
    ClaimState.CONTRADICTED: "Contradicted",
    ClaimState.UNKNOWN: "Unknown",
    ClaimState.UNEVIDENCED: "Not shown",
    ClaimState.ATTESTED: "Attested",
    ClaimState.SUPPORTED: "Supported",
    ClaimState.NOT_APPLICABLE: "Does not apply",
}
MEANINGS: Mapping[ClaimState, str] = {
    ClaimState.CONTRADICTED: "What AWS answered shows that it is not so.",
    ClaimState.UNKNOWN: "Part of it could not be seen. It may be so or not, and is never counted as being so.",
    ClaimState.UNEVIDENCED: "Nothing speaks against it, and not enough speaks for it.",
    ClaimState.ATTESTED: "A named person vouches for it, on a document, until a stated day.",
    ClaimState.SUPPORTED: "What AWS answered shows that it is so.",
    ClaimState.NOT_APPLICABLE: "There is nothing that it would apply to.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The claims of one state."""

    state: ClaimState
    title: str
    meaning: str
    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A claim that no longer stands as it did in the last pack."""

    claim_id: str
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What somebody who reads only one page reads."""

    sentence: str
    groups: tuple[Group, ...]
    """In the order in which they ask for attention; empty ones too."""
    since: str
    """What is compared with, or that there is nothing to compare with; a sentence."""
    moved: tuple[Moved, ...]
    findings: str
    """What changed among the answers, as a sentence; empty without a reading to compare with."""


def brief(
    report: ClaimReport,
    changed: Sequence[ChangeRow],
    compared_with: str,
    before: Mapping[str, str],
    before_at: str,
) -> Brief:
    """Build the page; `before` are the claims' states in the last pack, which spoke of `before_at`."""
    rows = claims_table(report, report.units[0], NO_DUTIES).rows
    groups = tuple(
        Group(
            state=state,
            title=TITLES[state],
            meaning=MEANINGS[state],
            rows=tuple(row for row in rows if row.state is state),
        )
        for state in ClaimState
    )
    moved = tuple(
        Moved(
            claim_id=row.claim.id,
            words=row.claim.words,
            before=before[row.claim.id],
            after=row.state.value,
        )
        for row in rows
        if row.claim.id in before and before[row.claim.id] != row.state.value
    )
    return Brief(
        sentence=_sentence(groups, len(rows)),
        groups=groups,
        since=_since(before_at, len(moved)),
        moved=moved,
        findings=_findings(changed, compared_with),
    )


def _sentence(groups: Sequence[Group], count: int) -> str:
    said = {group.state: len(group.rows) for group in groups}
    parts = [
        (said[ClaimState.SUPPORTED], "supported by what AWS answered"),
        (said[ClaimState.ATTESTED], "attested by a named person"),
        (said[ClaimState.CONTRADICTED], "contradicted"),
        (said[ClaimState.UNKNOWN], "unknown"),
        (said[ClaimState.UNEVIDENCED], "not shown either way"),
        (said[ClaimState.NOT_APPLICABLE], "about something that is not there"),
    ]
    listed = [f"{number:,} {'is' if number == 1 else 'are'} {words}" for number, words in parts if number]
    claims = count_words(count, "statement", "statements")
    if not listed:
        return "This pack is about none of the statements that the department makes of its use of Amazon Bedrock."
    *some, last = listed
    return (
        f"Of {claims} that the department makes of its use of Amazon Bedrock, "
        f"{', '.join(some)}{' and ' if some else ''}{last}."
    )


def _since(before_at: str, moved: int) -> str:
    if not before_at:
        return "No earlier pack of this scope is in the register, so there is none to compare with."
    when = when_words(before_at)
    if not moved:
        return f"Every statement stands as it did in the last pack, which spoke of {when}."
    stand = count_words(moved, "statement stands", "statements stand")
    return f"{stand} otherwise than in the last pack, which spoke of {when}."


def _findings(changed: Sequence[ChangeRow], compared_with: str) -> str:
    if not compared_with:
        return ""
    when = when_words(compared_with)
    if not changed:
        return f"No answer is another than in the reading of {when}."
    fail, passed = Verdict.FAIL.value, Verdict.PASS.value
    counts = (
        (sum(row.after == fail for row in changed), "began to fail"),
        (sum(row.before == fail and row.after == passed for row in changed), "no longer fail"),
        (sum(row.after == Verdict.UNKNOWN.value for row in changed), "became unknown"),
    )
    said = [f"{count:,} {words}" for count, words in counts if count]
    others = len(changed) - sum(count for count, _ in counts)
    said += [f"{others:,} changed otherwise"] if others else []
    return f"Of the single answers, {', '.join(said)} since the reading of {when}."
