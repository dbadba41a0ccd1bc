"""The bill as rows: what something cost this month, last month and the month before, and what stands beside it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.domain.evidence import Snapshot
from console.views.beside import Beside
from console.views.inventory import InventoryRow, Listing, Told, missing_rows, rows_table
from console.views.names import account_words, count_words
from console.views.sections import Heading
from console.views.spending import Charge, Period, Spend, money, month_words
from console.views.table import Cell, Kind

Tell = Callable[[], Iterable[Told]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One listing of the bill: what it is about, and its columns before and after the money."""

    id: str
    title: str
    about: str
    kinds: tuple[str, ...]
    what: tuple[Heading, ...] = ()
    after: tuple[Heading, ...] = ()
    stretch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one row says besides the money."""

    accounts: Iterable[str]
    what: tuple[Cell, ...] = ()
    after: tuple[Cell, ...] = ()
    regions: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    tell: Tell = tuple


@dataclass(frozen=True, slots=True)
class Bill:
    """What all listings are built from."""

    snapshot: Snapshot
    names: Mapping[str, str]
    beside: Beside
    period: Period

    def listing(self, part: Part, lines: Iterable[tuple[Line, Spend]], sentence: str = "") -> Listing:
        """Return a listing, what cost most this month first, under what could not be read."""
        now = self.period.now
        ordered = sorted(lines, key=lambda each: _falling(each[1].of(now)))
        rows = [self._row(line, spend) for line, spend in ordered]
        headings = (*part.what, *self._headings(), *part.after)
        missing = missing_rows(part.kinds, len(headings), self.snapshot, self.beside, self.names)
        return Listing(
            id=part.id,
            title=part.title,
            about=part.about,
            coverage=sentence or self._coverage(part.kinds, rows),
            table=rows_table(headings, (*missing, *rows)),
            stretch=part.stretch,
        )

    def by_account(self, spends: Mapping[str, Spend]) -> Iterator[Told]:
        """Yield what each account paid this month."""
        lines = [
            f"{account_words(each, self.names)}: {self.now_words(spend)}" for each, spend in spends.items()
        ]
        yield Told(f"By account, {self.this_month}", "\n".join(lines))

    def now_words(self, spend: Spend) -> str:
        """Return what something cost this month, in words."""
        return money(spend.of(self.period.now), self.period.currency)

    @property
    def this_month(self) -> str:
        """The newest month on the bill."""
        return month_words(self.period.now) if self.period.now else "this month"

    def _coverage(self, kinds: Iterable[str], rows: Iterable[InventoryRow]) -> str:
        """Say whose bills these are; the management account is asked for all of them."""
        if not any(self.snapshot.steps(kind) for kind in kinds):
            return "Not part of this refresh."
        paying = {account for row in rows for account in row.accounts}
        if paying:
            return f"On the bill of {count_words(len(paying), 'account', 'accounts')}."
        return "" if any(self.snapshot.gaps(kind) for kind in kinds) else "Nothing of it is on the bill."

    def _headings(self) -> tuple[Heading, ...]:
        """Return the columns of money, by the names of their months."""
        currency = f", {self.period.currency}" if self.period.currency else ""
        now, last, before = (
            month_words(month).partition(" ")[0] if month else other
            for month, other in (
                (self.period.now, "This month"),
                (self.period.last, "Last month"),
                (self.period.before, "Month before"),
            )
        )
        so_far = "" if self.period.is_whole else " so far"
        return (
            Heading("now", f"{now}{so_far}{currency}", Kind.MONEY),
            Heading("last", f"{last}{currency}", Kind.MONEY),
            Heading("before", f"{before}{currency}", Kind.MONEY, is_shown=False),
            Heading("change", f"Change on {before}", Kind.MONEY),
        )

    def _row(self, line: Line, spend: Spend) -> InventoryRow:
        ids, period = tuple(sorted(line.accounts)), self.period
        one = self.names.get(ids[0], "") or ids[0] if len(ids) == 1 else f"{len(ids):,} accounts"
        amounts = (spend.of(period.now), spend.of(period.last), spend.of(period.before), spend.change(period))
        return InventoryRow(
            accounts=ids,
            account=one,
            regions=line.regions,
            cells=(*line.what, *amounts, *line.after),
            evidence=tuple(dict.fromkeys((*spend.sequences, *line.evidence))),
            tell=lambda: (*line.tell(), Told("Month by month", "\n".join(self._months(spend)))),
        )

    def _months(self, spend: Spend) -> Iterator[str]:
        for month in reversed(self.period.months):
            yield f"{month_words(month)}: {money(spend.of(month), self.period.currency)}"


def grouped(
    found: Sequence[Charge], place: Callable[[Charge], str]
) -> dict[str, tuple[Spend, dict[str, Spend]]]:
    """Add lines up by a word, in all and for each account."""
    groups: dict[str, tuple[Spend, dict[str, Spend]]] = {}
    for charge in found:
        whole, accounts = groups.setdefault(place(charge), (Spend(), {}))
        whole.add(charge)
        accounts.setdefault(charge.keys[0], Spend()).add(charge)
    return groups


def _falling(amount: Decimal | None) -> Decimal:
    """Return what a row is ordered by; one whose amount is not known comes first."""
    return Decimal("-Infinity") if amount is None else -amount
