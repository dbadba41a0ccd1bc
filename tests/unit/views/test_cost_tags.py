from typing import Any

from console.domain.scope import Scope
from console.views.costs import cost_listings
from console.views.inventory import Listing
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A, B, months

SERVICE = months("cost_by_service", A, "Amazon Bedrock", "1", "2", "3")
LINES = [
    *SERVICE,
    *months("cost_by_tag", A, "owner$Jo", "10", "20", "30", sequence=20),
    *months("cost_by_tag", B, "owner$", "1", "2", "3", sequence=30),
    *months("cost_by_tag", B, "iamPrincipal/team$casework", "5", "6", "7", sequence=40),
]
ACTIVE = [
    fact("ce.cost_allocation_tag", each, {"TagKey": each}, TOP) for each in ("owner", "iamPrincipal/team")
]


def listing(name: str, known: Any, **more: Any) -> Listing:
    found = cost_listings(FakeSnapshot(known=[*known], **more), (), ("eu-west-2",))
    return next(each for each in found if each.id == name)


def test_each_value_of_a_tag_has_its_cost_and_what_is_not_tagged_too() -> None:
    found = listing("tags", [*LINES, *ACTIVE])
    assert [row.cells[:3] for row in found.table.rows] == [
        ("owner", "Jo", 30),
        ("owner", "no value: not tagged", 3),
    ]
    assert "do not add up" in found.about


def test_tags_of_callers_stand_apart() -> None:
    found = listing("callers", [*LINES, *ACTIVE])
    assert [row.cells[:3] for row in found.table.rows] == [("team", "casework", 7)]
    assert found.table.rows[0].accounts == (B,)
    (told, *_) = found.table.rows[0].tell()
    assert told.words == f"{B}: 7.00 USD"


def test_that_no_tag_is_switched_on_is_said_only_where_it_was_read() -> None:
    empty = [("ce.cost_allocation_tag", TOP), ("ce.cost_by_tag", TOP)]
    assert listing("tags", SERVICE, empty=empty).coverage == (
        "The bill is not broken down by tags: none is switched on."
    )
    assert listing("callers", SERVICE, empty=empty).coverage == (
        "The bill is not broken down by who called: no tag of principals is switched on."
    )
    unread = listing("tags", SERVICE, missing=[gap("ce.cost_allocation_tag", TOP, sequence=9)])
    assert "switched on" not in unread.coverage
    assert "could not be read" in str(unread.table.rows[0].cells)
    assert listing("tags", SERVICE).coverage == "Not part of this refresh."
    nothing = listing("tags", [*SERVICE, *ACTIVE], empty=[("ce.cost_by_tag", Scope("1"))])
    assert nothing.coverage == "Nothing of it is on the bill."
