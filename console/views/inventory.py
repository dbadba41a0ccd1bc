"""Inventory tables built from their descriptions: things that were read, under what could not be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.refresh import Step, StepState
from console.views.beside import Beside, Seen
from console.views.names import count_words, kind_words, region_words
from console.views.sections import Heading, Inventory, Section, Source
from console.views.table import Cell, Column, Table
from console.views.text import inert, inert_lines

_REGIONS_SAID = 3
_KINDS_SAID = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One part of what is said of a row."""

    heading: str
    words: str
    is_code: bool = False


def _nothing() -> Iterable[Told]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryRow:
    """A thing that was read, or in its first cell the words for what was not."""

    accounts: tuple[str, ...]
    account: str
    """The account's name, or how many there are."""
    regions: tuple[str, ...]
    cells: tuple[Cell, ...]
    evidence: tuple[int, ...]
    is_gap: bool = False
    tell: Callable[[], Iterable[Told]] = field(default=_nothing, compare=False)
    """Says more of it, when it is asked for."""
    fact: Fact | None = field(default=None, compare=False)
    """The one thing that the row is about; None where it is about several, or about a gap."""
    thing: object = None
    """What the row was made from, for those who draw it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table with what is said of it: one choice of a page."""

    id: str
    title: str
    about: str
    coverage: str
    """Where it was looked, and where nothing was seen."""
    table: Table[InventoryRow]
    stretch: str = ""

    @property
    def missing(self) -> int:
        """Count the rows that stand for what could not be read."""
        return sum(row.is_gap for row in self.table.rows)

    @property
    def found(self) -> int:
        """Count the others."""
        return len(self.table.rows) - self.missing


def listings(inventory: Inventory, snapshot: Snapshot, names: Mapping[str, str]) -> tuple[Listing, ...]:
    """Build every table of a page."""
    return tuple(_listing(section, snapshot, names) for section in inventory.sections)


def _listing(section: Section, snapshot: Snapshot, names: Mapping[str, str]) -> Listing:
    table = inventory_table(section, snapshot, names)
    return Listing(
        id=section.id,
        title=section.title,
        about=section.about,
        coverage=coverage(section.kinds, snapshot, table.rows),
        table=table,
        stretch=section.stretch,
    )


def inventory_table(section: Section, snapshot: Snapshot, names: Mapping[str, str]) -> Table[InventoryRow]:
    """Build one row for each thing; what could not be read stands above them."""
    beside = Beside(snapshot, (*section.kinds, *section.beside))
    rows = [_row(section, source, fact, beside, names) for source, fact in _facts(section, beside)]
    if section.merges:
        rows = list(_merged(rows, names))
    missing = missing_rows(section.kinds, len(section.headings), snapshot, beside, names)
    return rows_table(section.headings, (*missing, *rows))


def rows_table(headings: tuple[Heading, ...], rows: Iterable[InventoryRow]) -> Table[InventoryRow]:
    """Return rows as a table: account and Region before the headed columns."""
    return Table(_columns(headings), tuple(rows), evidence=lambda row: row.evidence)


def coverage(kinds: Iterable[str], snapshot: Snapshot, rows: Iterable[InventoryRow]) -> str:
    """Say in how many accounts there are any, how many have none, and how many were not read whole."""
    kinds = tuple(kinds)
    steps = [step for kind in kinds for step in snapshot.steps(kind)]
    accounts = {step.scope.account_id for step in steps}
    if not accounts:
        return "Not part of this refresh."
    having = {account for row in rows if not row.is_gap for account in row.accounts}
    short = {step.scope.account_id for step in steps if step.state is not StepState.READ}
    short |= {gap.scope.account_id for kind in kinds for gap in snapshot.gaps(kind)}
    said = [f"Found in {len(having):,} of {count_words(len(accounts), 'account', 'accounts')}."]
    if without := accounts - having - short:
        said.append(f"{_accounts(len(without))} read to the end: none there.")
    if short:
        said.append(f"{_accounts(len(short))} not read whole.")
    return " ".join(said)


def told(row: InventoryRow) -> Iterator[Told]:
    """Yield what the pane below the table says of a row: every cell whole, where it is, and what it tells of itself."""
    yield Told("Accounts" if len(row.accounts) > 1 else "Account", ", ".join(row.accounts))
    yield Told("Regions" if len(row.regions) > 1 else "Region", ", ".join(map(region_words, row.regions)))
    yield from row.tell()


def _tell(section: Section, seen: Seen) -> Iterator[Told]:
    for detail in section.details:
        lines = [inert_lines(line) for line in detail.lines(seen)]
        if lines:
            yield Told(detail.heading, "\n".join(lines), detail.is_code)


def _accounts(count: int) -> str:
    return f"{count_words(count, 'account', 'accounts')} {'was' if count == 1 else 'were'}"


def _facts(section: Section, beside: Beside) -> Iterator[tuple[Source, Fact]]:
    for source in section.sources:
        for fact in beside.all(source.kind):
            if source.keep(fact.payload):
                yield source, fact


def _row(
    section: Section, source: Source, fact: Fact, beside: Beside, names: Mapping[str, str]
) -> InventoryRow:
    seen = Seen(fact, beside)
    account = fact.scope.account_id
    return InventoryRow(
        accounts=(account,),
        account=names.get(account, "") or account,
        regions=(fact.scope.region,),
        cells=tuple(seen.get(each) for each in source.cells),
        evidence=seen.evidence,
        tell=partial(_tell, section, seen),
        fact=fact,
    )


def _merged(rows: Iterable[InventoryRow], names: Mapping[str, str]) -> Iterator[InventoryRow]:
    alike: dict[tuple[Cell, ...], list[InventoryRow]] = {}
    for row in rows:
        alike.setdefault(row.cells, []).append(row)
    for cells, some in alike.items():
        accounts = tuple(sorted({account for row in some for account in row.accounts}))
        yield InventoryRow(
            accounts=accounts,
            account=_whose(accounts, names),
            regions=tuple(sorted({region for row in some for region in row.regions})),
            cells=cells,
            evidence=tuple(dict.fromkeys(number for row in some for number in row.evidence)),
            tell=some[0].tell,
        )


def _whose(accounts: tuple[str, ...], names: Mapping[str, str]) -> str:
    if len(accounts) > 1:
        return f"{len(accounts):,} accounts"
    return names.get(accounts[0], "") or accounts[0]


def missing_rows(
    kinds: Iterable[str], width: int, snapshot: Snapshot, beside: Beside, names: Mapping[str, str]
) -> Iterator[InventoryRow]:
    """Yield a row for each account and reason, whatever kinds it hides, and one for each single thing."""
    kinds = tuple(kinds)
    together: dict[tuple[str, str, str], list[Gap]] = {}
    for gap in (gap for kind in kinds for gap in beside.gaps(kind)):
        which = f"{gap.key}\0{gap.kind}" if gap.key else ""
        together.setdefault((gap.scope.account_id, gap.reason.value, which), []).append(gap)
    for (account, reason, which), gaps in together.items():
        what = _listed_words(dict.fromkeys(kind_words(gap.kind) for gap in gaps))
        words = f"{what} could not be read: {reason}"
        if which:
            words = f"{inert(gaps[0].key)}: {words[0].lower()}{words[1:]}"
        yield _gap_row(words, width, account, gaps, names)
    waiting: dict[str, list[Step]] = {}
    for step in (step for kind in kinds for step in snapshot.steps(kind)):
        if step.state is StepState.PENDING:
            waiting.setdefault(step.scope.account_id, []).append(step)
    for account, steps in waiting.items():
        what = _listed_words(dict.fromkeys(kind_words(step.kind) for step in steps))
        yield _gap_row(f"{what}: not read yet", width, account, steps, names)


def _listed_words(words: Iterable[str]) -> str:
    """Return a few words in a row, and how many more there are."""
    listed = list(words)
    if len(listed) <= _KINDS_SAID:
        return ", ".join(listed)
    return f"{', '.join(listed[: _KINDS_SAID - 1])} and {len(listed) - _KINDS_SAID + 1:,} more kinds"


def _gap_row(
    words: str, width: int, account: str, missed: Sequence[Gap | Step], names: Mapping[str, str]
) -> InventoryRow:
    regions: dict[str, list[str]] = {}
    for each in missed:
        regions.setdefault(kind_words(each.kind), []).append(region_words(each.scope.region))
    lines = "\n".join(f"{kind}: {', '.join(where)}" for kind, where in regions.items())
    return InventoryRow(
        accounts=(account,),
        account=names.get(account, "") or account,
        regions=tuple(dict.fromkeys(each.scope.region for each in missed)),
        cells=(words, *(None,) * (width - 1)),
        evidence=tuple(each.sequence for each in missed if isinstance(each, Gap)),
        is_gap=True,
        tell=lambda: (Told("Not read", lines),),
    )


def _columns(headings: tuple[Heading, ...]) -> tuple[Column[InventoryRow], ...]:
    return (
        Column("account", "Account", lambda row: row.account),
        Column("account_id", "Account id", lambda row: ", ".join(row.accounts), is_shown=False),
        Column("region", "Region", lambda row: _regions(row.regions)),
        *(_column(place, heading) for place, heading in enumerate(headings)),
    )


def _column(place: int, heading: Heading) -> Column[InventoryRow]:
    return Column(
        heading.id, heading.title, lambda row: row.cells[place], heading.kind, is_shown=heading.is_shown
    )


def _regions(regions: tuple[str, ...]) -> str:
    if len(regions) > _REGIONS_SAID:
        return f"{len(regions):,} Regions"
    return ", ".join(region_words(each) for each in regions)
