"""What Bedrock cost by tag: those of resources, and those of the principals that called."""

from functools import partial

from console.controls.payload import said
from console.views.bills import Bill, Line, Part, grouped
from console.views.inventory import Listing
from console.views.sections import Heading
from console.views.spending import BY_TAG, attribute, charges
from console.views.text import inert

ACTIVE = "ce.cost_allocation_tag"
OF_CALLERS = "iamPrincipal/"
"""How the names of tags begin that AWS takes from the IAM principal that called."""
_NO_VALUE = "no value: not tagged"
_SWITCH = (
    "An administrator switches tags on as cost allocation tags in the management account's billing console; AWS tells"
    " costs by them from then on, a day later at the most."
)
_TAGS = Part(
    id="tags",
    title="Tags",
    about="What each value of a tag cost, one tag after the other: the same money stands under every tag, so these rows"
    " do not add up. " + _SWITCH,
    kinds=(BY_TAG, ACTIVE),
    what=(Heading("tag", "Tag"), Heading("value", "Value")),
    stretch="value",
)
_CALLERS = Part(
    id="callers",
    title="Who called",
    about="What the calls of each sort of principal cost, by the tags of IAM users and roles. AWS puts them on the bill"
    " where IAM principal data is switched on for Bedrock. " + _SWITCH,
    kinds=(BY_TAG, ACTIVE),
    what=(Heading("tag", "Tag of the caller"), Heading("value", "Value")),
    stretch="value",
)


def tags(bill: Bill) -> Listing:
    """List costs by the tags of resources."""
    return _listing(bill, _TAGS, of_callers=False)


def callers(bill: Bill) -> Listing:
    """List costs by the tags of whoever called."""
    return _listing(bill, _CALLERS, of_callers=True)


def _listing(bill: Bill, part: Part, *, of_callers: bool) -> Listing:
    found = [
        each for each in charges(bill.snapshot, BY_TAG) if each.keys[1].startswith(OF_CALLERS) is of_callers
    ]
    lines = [
        (
            Line(
                accounts=accounts,
                what=(
                    key.partition("$")[0].removeprefix(OF_CALLERS),
                    attribute(key) or _NO_VALUE,
                ),
                tell=partial(bill.by_account, accounts),
            ),
            spend,
        )
        for key, (spend, accounts) in grouped(found, lambda charge: charge.keys[1]).items()
    ]
    return bill.listing(part, lines, "" if lines else _nothing(bill, of_callers=of_callers))


def _nothing(bill: Bill, *, of_callers: bool) -> str:
    """Say that no tag of the sort is active, where that was read."""
    snapshot = bill.snapshot
    if not snapshot.steps(ACTIVE) or snapshot.gaps(ACTIVE) or snapshot.gaps(BY_TAG):
        return ""
    active = [inert(said(fact.payload, "TagKey") or "") for fact in snapshot.facts(ACTIVE)]
    if any(tag.startswith(OF_CALLERS) is of_callers for tag in active):
        return ""
    return (
        "The bill is not broken down by who called: no tag of principals is switched on."
        if of_callers
        else "The bill is not broken down by tags: none is switched on."
    )
