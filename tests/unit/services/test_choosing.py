import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.collect.base import Collector, Reach
from console.domain.refresh import Step
from console.domain.scope import Scope
from console.domain.selection import EVERYTHING, Selection
from console.services.choosing import CHILDREN_KIND, Choice, UnknownKindError
from fakes import fact


def made(kind: str, reach: Reach, *needs: str) -> Collector:
    return Collector(
        kind=kind,
        title="T",
        service="s",
        reach=reach,
        actions=(),
        key="k",
        fetch=lambda _: iter(()),
        needs=needs,
    )


COLLECTORS = [
    made("organizations.account", Reach.ORGANISATION),
    made("organizations.organization", Reach.ORGANISATION),
    made(CHILDREN_KIND, Reach.ORGANISATION),
    made("organizations.policy", Reach.ORGANISATION),
    made("account.region", Reach.ACCOUNT),
    made("a.list", Reach.ACCOUNT),
    made("a.more", Reach.ACCOUNT, "a.list"),
    made("r.thing", Reach.REGION),
    made("r.detail", Reach.REGION, "r.thing", "a.list"),
]
TOP, ONE, TWO = "1", "2", "3"
STEPS = [
    Step(each.kind, Scope(account, region))
    for each in COLLECTORS
    for account in ((TOP,) if each.reach is Reach.ORGANISATION else (TOP, ONE, TWO))
    for region in (("x", "y") if each.reach is Reach.REGION else ("global",))
]
TREE = [
    fact(CHILDREN_KIND, f"{parent}/{child}", {"ParentId": parent, "Id": child, "Type": kind}, Scope(TOP))
    for parent, child, kind in (
        ("r", "ou-a", "ORGANIZATIONAL_UNIT"),
        ("ou-a", "ou-b", "ORGANIZATIONAL_UNIT"),
        ("ou-b", ONE, "ACCOUNT"),
        ("r", TWO, "ACCOUNT"),
    )
]
SELECTIONS = st.builds(
    Selection,
    accounts=st.lists(st.sampled_from([TOP, ONE, TWO]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(["x", "y", "global"]), unique=True).map(tuple),
    kinds=st.lists(st.sampled_from([each.kind for each in COLLECTORS]), unique=True).map(tuple),
)


def chosen(selection: Selection) -> set[str]:
    choice = Choice(selection, COLLECTORS)
    choice.settle(TREE)
    return {f"{step.kind} {step.scope}" for step in STEPS if choice.has(step)}


def test_everything_is_everything() -> None:
    assert chosen(EVERYTHING) == {f"{step.kind} {step.scope}" for step in STEPS}


@given(SELECTIONS)
def test_what_makes_the_plan_is_always_read(selection: Selection) -> None:
    found = chosen(selection)
    assert {"organizations.account 1/global", "organizations.organization 1/global"} <= found
    accounts = selection.accounts or (TOP, ONE, TWO)
    assert {each for each in found if each.startswith("account.region")} == {
        f"account.region {account}/global" for account in accounts
    }


@given(SELECTIONS)
def test_whatever_a_chosen_step_needs_in_its_account_is_chosen_too(selection: Selection) -> None:
    found = chosen(selection)
    for step in STEPS:
        if f"{step.kind} {step.scope}" in found and step.kind == "r.detail":
            assert f"r.thing {step.scope}" in found
            assert f"a.list {step.scope.account_id}/global" in found


def test_a_kind_in_a_region_of_an_account() -> None:
    planning = {"organizations.account 1/global", "organizations.organization 1/global"}
    assert chosen(Selection(accounts=(ONE,), regions=("x",), kinds=("r.thing",))) - planning == {
        "account.region 2/global",
        "r.thing 2/x",
    }
    assert {each for each in chosen(Selection(regions=("global",))) if each[0] in "ar"} == {
        f"{kind} {account}/global"
        for kind in ("a.list", "a.more", "account.region")
        for account in (TOP, ONE, TWO)
    }


def test_a_unit_is_the_accounts_below_it_however_deep() -> None:
    found = chosen(Selection(units=("ou-a",), kinds=("r.thing",)))
    assert {each for each in found if each.startswith("r.")} == {"r.thing 2/x", "r.thing 2/y"}
    assert f"{CHILDREN_KIND} 1/global" in found
    assert not {each for each in chosen(Selection(units=("ou-none",))) if each.startswith("r.")}


def test_an_account_that_was_named_belongs_to_the_refresh_though_it_is_not_listed() -> None:
    assert Choice(Selection(accounts=("9",)), COLLECTORS).accounts([TWO, ONE]) == [ONE, TWO, "9"]


def test_a_kind_that_nothing_reads_is_refused() -> None:
    with pytest.raises(UnknownKindError, match=r"nothing reads x\.y"):
        Choice(Selection(kinds=("x.y", "r.thing")), COLLECTORS)
