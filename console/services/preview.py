"""What a pack would hold and what would be redacted, before it is made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from console.controls.base import Control
from console.domain.finding import Verdict
from console.evidence.reading import Reading
from console.reports.redaction_rules import MEANINGS, REASONS, Category
from console.reports.redactions import read_redactions
from console.reports.tables import pack_tables
from console.reports.wish import Turn, Wanted
from console.services.assess import Assessment
from console.services.packing import gather
from console.vault.signing import SigningKey
from console.views.brief import brief
from console.views.names import count_words, when_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacts:
    """One category of what a profile replaces."""

    category: Category
    reason: str
    values: int
    """Different values that would be replaced; 0 where the profile shows the category, or nothing is of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A pack that is not made yet."""

    scope: str
    meaning: str
    """What the profile is for."""
    lead: str
    """The first sentence of its first page."""
    holds: tuple[tuple[str, str], ...]
    """What, and how much of it, in words."""
    redacts: tuple[Redacts, ...]

    @property
    def redacted(self) -> int:
        """The number of values that would be replaced."""
        return sum(each.values for each in self.redacts)


def preview(  # noqa: PLR0913, PLR0917 - as gathering asks
    store: Reading,
    refresh_id: int,
    assessment: Assessment,
    controls: Sequence[Control],
    wanted: Wanted,
    signer: SigningKey,
    turn: Turn = Turn(),  # noqa: B008 - frozen
) -> Preview:
    """Return what a pack of a refresh would hold; takes as long as making it but for its files."""
    gathered = gather(store, refresh_id, assessment, controls, wanted, signer, turn)
    content = gathered.content
    tables = pack_tables(content)
    redactions = content.redactions()
    counted = (
        Counter(each.category for each in read_redactions(redactions)[1])
        if redactions
        else Counter[Category]()
    )
    verdicts = Counter(each.verdict for each in content.findings)
    page = brief(content.report, content.changed, content.compared_with, {}, "")
    accounts = [unit for unit in content.report.units if unit.kind == "account"]
    holds = (
        ("As of", when_words(content.as_of)),
        ("Accounts", count_words(len(accounts), "account", "accounts")),
        ("Claims", count_words(len(content.report.catalogue.claims), "claim", "claims")),
        ("Questions", count_words(len(content.controls), "control", "controls")),
        (
            "Answers",
            (
                f"{len(content.findings):,}: {verdicts[Verdict.FAIL]:,} failing, "
                f"{verdicts[Verdict.UNKNOWN]:,} unknown, {verdicts[Verdict.PASS]:,} passing"
            ),
        ),
        ("Evidence", count_words(len(content.exhibits.places), "ledger entry", "ledger entries")),
        ("Not read", count_words(len(content.snapshot.gaps()), "gap", "gaps")),
        ("Deeds of persons", count_words(len(gathered.people), "deed", "deeds")),
        ("Tables", ", ".join(table.title.lower() for table in tables)),
    )
    return Preview(
        scope=str(wanted.scope),
        meaning=MEANINGS[wanted.profile],
        lead=page.sentence,
        holds=holds,
        redacts=tuple(
            Redacts(category=each, reason=REASONS[each], values=counted[each]) for each in Category
        ),
    )
