from console.collect.base import Collector, Reach
from console.collect.plan import (
    account_steps,
    accounts_to_read,
    organisation_steps,
    region_steps,
    regions_to_read,
)
from console.domain.refresh import Step
from console.domain.scope import Scope
from fakes import fact

COLLECTORS = tuple(
    Collector(kind=kind, title="", service="x", reach=reach, actions=(), key="Id", fetch=lambda _: iter(()))
    for kind, reach in (
        ("o.a", Reach.ORGANISATION),
        ("a.a", Reach.ACCOUNT),
        ("r.a", Reach.REGION),
        ("r.b", Reach.REGION),
    )
)


def test_each_reach_has_its_scopes() -> None:
    assert organisation_steps(COLLECTORS, "1") == [Step("o.a", Scope("1"))]
    assert account_steps(COLLECTORS, ["1", "2"]) == [Step("a.a", Scope("1")), Step("a.a", Scope("2"))]
    assert region_steps(COLLECTORS, "1", ["x", "y"]) == [
        Step(kind, Scope("1", region)) for region in ("x", "y") for kind in ("r.a", "r.b")
    ]


def test_only_active_accounts_are_read() -> None:
    accounts = [
        fact("organizations.account", key, {"Status": status})
        for key, status in (("2", "ACTIVE"), ("1", "ACTIVE"), ("3", "SUSPENDED"))
    ]
    assert accounts_to_read(accounts, "9") == ["1", "2"]


def test_without_a_list_of_accounts_the_callers_own_is_read() -> None:
    assert accounts_to_read([], "9") == ["9"]


def test_enabled_regions_are_read_and_disabled_ones_are_not() -> None:
    statuses = {"a": "ENABLED", "b": "ENABLED_BY_DEFAULT", "c": "DISABLED", "d": "DISABLING", "e": "ENABLING"}
    facts = [fact("account.region", key, {"RegionOptStatus": status}) for key, status in statuses.items()]
    assert regions_to_read(facts, ["z"]) == ["a", "b"]


def test_without_a_list_of_regions_the_approved_ones_are_tried() -> None:
    assert regions_to_read([], ["eu-west-2"]) == ["eu-west-2"]
