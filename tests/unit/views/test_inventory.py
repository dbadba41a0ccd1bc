"""What holds for every inventory table there is or will be, and how rows are gathered."""

from dataclasses import replace
from typing import Any

import pytest

from console.domain.evidence import GapReason
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.views.beside import Seen
from console.views.inventory import InventoryRow, coverage, inventory_table, listings, told
from console.views.inventory_agents import AGENTS
from console.views.inventory_endpoints import endpoint_sections
from console.views.inventory_keys import KEYS
from console.views.inventory_models import MODELS
from console.views.inventory_trails import TRAILS
from console.views.sections import Detail, Heading, Inventory, Section, Source
from fakes import LONDON, FakeSnapshot, fact, gap

SECTIONS = [
    section
    for sections in (*(each.sections for each in (MODELS, AGENTS, KEYS, TRAILS)), endpoint_sections({}, {}))
    for section in sections
]
EVIL = "\u202e=cmd\x1b[31m"
OTHER = Scope("222233334444", "us-east-1")
ids = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)

THINGS = Section(
    id="things",
    title="Things",
    about="Things.",
    headings=(Heading("name", "Name"), Heading("size", "Size", is_shown=False)),
    sources=(Source("a.thing", ("name", "size")), Source("a.stone", ("name", lambda _seen: None))),
    details=(Detail("Lines", lambda seen: [str(seen.get("lines"))] if seen.get("lines") else []),),
)


class Unread(FakeSnapshot):
    """A snapshot with a step that has not had its turn."""

    def steps(self, kind: str | None = None) -> list[Step]:
        waiting = Step("a.thing", OTHER, StepState.PENDING)
        return [*super().steps(kind), *([waiting] if kind in (None, "a.thing") else [])]


@ids
def test_every_source_has_a_cell_for_every_heading(section: Section) -> None:
    for source in section.sources:
        assert len(source.cells) == len(section.headings), source.kind
    assert section.stretch in {heading.id for heading in section.headings}
    assert len({heading.id for heading in section.headings}) == len(section.headings)


@ids
def test_what_aws_did_not_say_is_a_row_all_the_same(section: Section) -> None:
    """Answers without any member but the one that keeps them: nothing breaks, and the row opens to its fact."""
    for number, source in enumerate(section.sources, 1):
        payload = {"ServiceName": "com.amazonaws.eu-west-2.bedrock"}
        snapshot = FakeSnapshot(known=[fact(source.kind, "k", payload, LONDON, number)])
        rows = inventory_table(section, snapshot, {}).rows
        assert len(rows) == 1
        assert rows[0].evidence[0] == number
        assert next(iter(told(rows[0]))).words == LONDON.account_id


@ids
def test_what_could_not_be_read_stands_above_the_rest_and_opens_to_its_gap(section: Section) -> None:
    missing = [gap(kind, LONDON, GapReason.DENIED, 50 + at) for at, kind in enumerate(section.kinds)]
    known = [fact(section.kinds[0], "k", {"ServiceName": "a.bedrock"}, OTHER, 9)]
    table = inventory_table(section, FakeSnapshot(known=known, missing=missing), {})
    gaps = [row for row in table.rows if row.is_gap]
    assert {number for row in gaps for number in row.evidence} == {each.sequence for each in missing}
    assert [row.is_gap for row in table.rows] == [True] * len(gaps) + [False] * (len(table.rows) - len(gaps))
    assert all("could not be read: denied" in str(row.cells[0]) for row in gaps)


@ids
def test_nothing_that_aws_wrote_can_turn_a_line_round(section: Section) -> None:
    snapshot = FakeSnapshot(
        known=[
            fact(source.kind, EVIL, _evil(source) | {"ServiceName": f"{EVIL}.bedrock"}, LONDON, 3)
            for source in section.sources
        ]
    )
    for row in inventory_table(section, snapshot, {}).rows:
        said = [str(cell) for cell in row.cells] + [part.words for part in told(row)]
        assert all("\u202e" not in words and "\x1b" not in words for words in said)


def _evil(source: Source) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path in (each for each in source.cells if isinstance(each, str)):
        inner = made
        *above, last = path.split(".")
        for name in above:
            inner = inner.setdefault(name, {})
        inner[last] = EVIL
    return made


def test_gaps_of_one_reason_in_an_account_are_one_row() -> None:
    regions = [Scope("111122223333", each) for each in ("eu-west-1", "eu-west-2", "us-east-1", "us-west-2")]
    missing = [gap("a.thing", each, sequence=at) for at, each in enumerate(regions, 1)]
    single = replace(gap("a.thing", OTHER, sequence=9), key="t-1")
    rows = inventory_table(
        THINGS, FakeSnapshot(missing=[*missing, single]), {"111122223333": "payments"}
    ).rows
    assert [(row.account, row.evidence) for row in rows] == [
        ("payments", (1, 2, 3, 4)),
        ("222233334444", (9,)),
    ]
    table = inventory_table(THINGS, FakeSnapshot(missing=[*missing, single]), {})
    assert [cells[2] for cells in table.cells()] == ["4 Regions", "us-east-1"]
    assert str(rows[1].cells[0]).startswith("t-1: a.thing could not")


def test_one_reason_that_hides_many_kinds_is_one_row_and_names_them_all_below() -> None:
    sources = tuple(Source(f"a.kind{at}", ("name", lambda _seen: None)) for at in range(5))
    missing = [gap(source.kind, LONDON, sequence=at) for at, source in enumerate(sources, 1)]
    (row,) = inventory_table(replace(THINGS, sources=sources), FakeSnapshot(missing=missing), {}).rows
    assert row.cells == ("a.kind0, a.kind1 and 3 more kinds could not be read: denied", None)
    assert row.evidence == (1, 2, 3, 4, 5)
    said = list(told(row))[-1]
    assert said.words.splitlines() == [f"a.kind{at}: eu-west-2" for at in range(5)]


def test_a_step_before_its_turn_says_so() -> None:
    table = inventory_table(THINGS, Unread(), {})
    assert table.cells() == [["222233334444", "222233334444", "us-east-1", "a.thing: not read yet", None]]
    assert coverage(THINGS.kinds, Unread(), table.rows) == (
        "Found in 0 of 1 account. 1 account was not read whole."
    )


def test_alike_things_of_several_places_are_one_row_where_the_section_says_so() -> None:
    section = replace(THINGS, merges=True)
    known = [
        fact("a.thing", "k", {"name": "x"}, LONDON, 1),
        fact("a.thing", "k", {"name": "x"}, OTHER, 2),
        fact("a.thing", "l", {"name": "y"}, OTHER, 3),
    ]
    rows = inventory_table(section, FakeSnapshot(known=known), {}).rows
    assert [(row.account, row.evidence) for row in rows] == [("2 accounts", (1, 2)), ("222233334444", (3,))]
    assert [part.heading for part in told(rows[0])] == ["Accounts", "Regions"]


def test_coverage_tells_none_from_not_read() -> None:
    inventory = Inventory("things", "Things", (THINGS,))
    snapshot = FakeSnapshot(
        known=[fact("a.thing", "k", {"name": "x", "lines": "one"}, LONDON)],
        missing=[gap("a.thing", OTHER)],
        empty=[("a.thing", Scope("333344445555")), ("a.thing", Scope("444455556666"))],
    )
    (listing,) = listings(inventory, snapshot, {})
    assert listing.coverage == (
        "Found in 1 of 4 accounts. 2 accounts were read to the end: none there. 1 account was not read whole."
    )
    assert (listing.found, listing.missing) == (1, 1)
    assert list(told(listing.table.rows[1]))[-1].words == "one"
    (empty,) = listings(inventory, FakeSnapshot(), {})
    assert empty.coverage == "Not part of this refresh."


def test_an_account_that_misses_one_thing_was_not_read_whole() -> None:
    missing = [replace(gap("a.thing", OTHER, sequence=2), key="t-1")]
    snapshot = FakeSnapshot(known=[fact("a.thing", "k", {}, LONDON)], missing=missing)
    (listing,) = listings(Inventory("things", "Things", (THINGS,)), snapshot, {})
    assert listing.coverage == "Found in 1 of 2 accounts. 1 account was not read whole."


def test_a_row_of_nothing_tells_only_where_it_is() -> None:
    row = InventoryRow(accounts=("1",), account="1", regions=("global",), cells=(), evidence=())
    assert [(part.heading, part.words) for part in told(row)] == [("Account", "1"), ("Region", "all Regions")]


def test_whatever_was_looked_at_beside_a_fact_is_evidence_too() -> None:
    def look(seen: Seen) -> object:
        return seen.other("a.stone", "s", "weight")

    section = replace(
        THINGS,
        sources=(Source("a.thing", ("name", look)),),
        beside=("a.stone",),  # type: ignore[arg-type]
    )
    here = fact("a.thing", "k", {"name": "x"}, LONDON, 1)
    stone = fact("a.stone", "s", {"weight": 7}, LONDON, 2)
    (row,) = inventory_table(section, FakeSnapshot(known=[here, stone]), {}).rows
    assert (row.cells[1], row.evidence) == (7, (1, 2))
    (row,) = inventory_table(
        section, FakeSnapshot(known=[here], missing=[gap("a.stone", sequence=4)]), {}
    ).rows
    assert (row.cells[1], row.evidence) == ("could not be read: denied", (1, 4))
    (row,) = inventory_table(section, FakeSnapshot(known=[here], empty=[("a.stone", LONDON)]), {}).rows
    assert row.cells[1] == "none"
    (row,) = inventory_table(section, FakeSnapshot(known=[here]), {}).rows
    assert row.cells[1] == "not part of this refresh"
