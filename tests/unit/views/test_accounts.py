from decimal import Decimal

from console.domain.finding import Verdict
from console.domain.scope import Scope
from console.views.accounts import UNPLACED, TreeNode, account_page, account_tree, accounts_table
from fakes import LONDON, FakeSnapshot, fact, gap
from unit.views.bills_made import months
from unit.views.findings_made import finding

TOP = Scope("999900001111")


def account(id_: str, name: str, status: str = "ACTIVE") -> object:
    return fact("organizations.account", id_, {"Name": name, "Status": status}, TOP, 1)


def child(parent: str, id_: str, type_: str = "ACCOUNT") -> object:
    return fact(
        "organizations.child", f"{parent}/{id_}", {"ParentId": parent, "Id": id_, "Type": type_}, TOP, 2
    )


ESTATE = FakeSnapshot(
    known=[
        fact("organizations.root", "r", {"Name": "Root"}, TOP, 3),
        fact("organizations.organizational_unit", "ou", {"Name": "Farms"}, TOP, 4),
        account(LONDON.account_id, "payments"),
        account("222200001111", "old", "SUSPENDED"),
        account("333300001111", "stray"),
        child("r", "ou", "ORGANIZATIONAL_UNIT"),
        child("ou", LONDON.account_id),
        child("ou", "222200001111"),
        child("ou", "r", "ORGANIZATIONAL_UNIT"),
    ]
)


def names(node: TreeNode) -> object:
    return (node.name, [names(each) for each in node.children])


def test_the_tree_nests_and_sums_and_loses_nobody() -> None:
    tree = account_tree(ESTATE, [finding(Verdict.FAIL), finding(Verdict.UNKNOWN)])
    assert [names(each) for each in tree.roots] == [
        ("Root", [("Farms", [("old", []), ("payments", [])])]),
        (UNPLACED, [("999900001111", []), ("stray", [])]),
    ]
    assert (tree.roots[0].failures, tree.roots[0].unknowns) == (1, 1)
    assert tree.roots[0].children[0].children[0].is_suspended
    assert tree.notes == ()


def test_an_unread_organisation_is_said() -> None:
    tree = account_tree(FakeSnapshot(missing=[gap("organizations.child", TOP, sequence=8)]), ())
    assert tree.notes == ("Places in the organisation tree could not be read: denied",)
    assert tree.evidence == (8,)


def test_an_account_in_the_tree_alone_still_stands_in_it() -> None:
    snapshot = FakeSnapshot(known=[fact("organizations.root", "r", {}, TOP), child("r", "5")])
    assert names(account_tree(snapshot, ()).roots[0]) == ("r", [("5", [])])


def test_the_flat_table_gives_the_place() -> None:
    rows = {row.account_id: row for row in accounts_table(ESTATE, ()).rows}
    assert rows[LONDON.account_id].path == "Root / Farms"
    assert rows["333300001111"].path == ""
    assert accounts_table(ESTATE, ()).cells()


def test_owner_and_spend_are_told_where_they_were_read() -> None:
    bill = [
        *months("cost_by_service", LONDON.account_id, "Amazon Bedrock", "1", "2", "3.5", sequence=20),
        *months("cost_by_region", LONDON.account_id, "eu-west-2", "1", "2", "3.5", sequence=30),
        fact("organizations.account_tags", LONDON.account_id, {"Tags": []}, TOP, 40),
    ]
    rows = {
        row.account_id: row for row in accounts_table(FakeSnapshot(known=[*ESTATE.known, *bill]), ()).rows
    }
    own, stray = rows[LONDON.account_id], rows["333300001111"]
    assert (own.owner, own.spend, own.currency, own.regions) == (
        "no owner tag",
        Decimal("3.5"),
        "USD",
        ("eu-west-2",),
    )
    assert own.evidence == (1, 40, 20, 21, 22)
    assert (stray.owner, stray.spend, stray.regions) == ("", 0, ())


def test_a_bill_that_was_not_read_is_not_nothing() -> None:
    unread = FakeSnapshot(known=ESTATE.known, missing=[gap("ce.cost_by_service", TOP)])
    empty = FakeSnapshot(known=ESTATE.known, empty=[("ce.cost_by_service", TOP)])
    assert {row.spend for row in accounts_table(unread, ()).rows} == {None}
    assert {row.spend for row in accounts_table(empty, ()).rows} == {0}


def test_a_page_shows_what_was_read_and_what_was_not() -> None:
    snapshot = FakeSnapshot(
        known=[*ESTATE.known, fact("bedrock.data_retention", "data-retention", {"mode": "none"}, LONDON, 5)],
        missing=[gap("bedrock.guardrail", sequence=6)],
        empty=[("ec2.vpc_endpoint", LONDON)],
    )
    page = account_page(
        snapshot, [finding(Verdict.FAIL), finding(Verdict.FAIL, scope=TOP)], LONDON.account_id
    )
    topics = {each.id: each.table for each in page.topics}
    assert topics["retention"].cells() == [["eu-west-2", "none", None]]
    assert topics["guardrails"].cells()[0][:2] == ["eu-west-2", "could not be read: denied"]
    assert topics["guardrails"].evidence(topics["guardrails"].rows[0]) == (6,)
    assert topics["endpoints"].cells()[0][:2] == ["eu-west-2", "none found"]
    assert topics["trails"].cells()[0][:2] == [None, "not part of this refresh"]
    assert len(page.findings.rows) == 1
    assert page.account.name == "payments"


def test_an_account_nobody_heard_of_has_an_empty_page() -> None:
    assert account_page(ESTATE, (), "7").account.name == ""
