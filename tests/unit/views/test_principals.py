from dataclasses import replace

from console.domain.scope import Scope
from console.policy.becoming import Link, Route
from console.policy.exposure import Capability, Exposure, Holder
from console.policy.question import Fault
from console.policy.request import Result
from console.policy.truth import Leaf
from console.views.holdings import How, capability_table, holdings
from console.views.principals import people, principals_table
from fakes import FakeSnapshot, fact
from unit.ui.access_estate import ADMIN, CALLER, OUTSIDER, PAYMENTS, UNREAD, USER, access_snapshot

VPCE = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), variables=False, source="p#1")
EXPOSURE = Exposure(
    capability=Capability("invoke-home", "Use a model", ()),
    holders=(
        Holder(
            principal=ADMIN, account=PAYMENTS, result=Result.ALLOWED, truth=True, by=("bedrock:InvokeModel",)
        ),
        Holder(principal=CALLER, account=PAYMENTS, result=Result.ALLOWED_IF, truth=VPCE, by=("b:I",)),
    ),
    routes=(
        Route(start=USER, is_outsider=False, links=(Link(ADMIN, True),)),
        Route(start=OUTSIDER, is_outsider=True, links=(Link(ADMIN, True),)),
        Route(start="somebody", is_outsider=True, links=(Link("arn:aws:iam::1:role/not-read", True),)),
    ),
    faults=(
        Fault(account=PAYMENTS, principal=USER, reason="its policy is not understood"),
        Fault(account="100000000004", principal="", reason="the tree goes round"),
    ),
)


def test_a_principal_that_never_used_bedrock_is_told_from_one_of_whom_that_is_not_known() -> None:
    used = {each.arn: each.last_used for each in people(access_snapshot())}
    assert used[USER] == "2026-11-02T08:00:00Z"
    assert used[CALLER] is None
    snapshot = access_snapshot()
    unused = {"Arn": CALLER, "ServicesLastAccessed": []}
    snapshot.known = [*snapshot.known, fact("iam.service_last_accessed", CALLER, unused, Scope(PAYMENTS))]
    assert {each.arn: each.last_used for each in people(snapshot)}[CALLER] == "no use on record"


def test_keys_that_were_not_read_are_not_none() -> None:
    snapshot = access_snapshot()
    kept = [each for each in snapshot.known if each.kind != "iam.access_key"]
    found = {each.arn: each for each in people(replace(snapshot, known=kept))}
    assert found[USER].access_keys is None
    assert found[USER].api_keys == 1
    assert found[CALLER].access_keys == 0


def test_an_account_that_was_never_planned_stands_first_with_its_reason() -> None:
    organisation = [each for each in access_snapshot().known if each.kind.startswith("organizations.")]
    found = people(FakeSnapshot(organisation))
    assert {each.name for each in found} == {"Not read: not part of this refresh"}
    assert all(each.evidence and "IAM roles: not part of this refresh" in each.missing for each in found)


def test_who_can_most_comes_first_after_what_was_not_read() -> None:
    held = holdings([EXPOSURE], {UNREAD: "iam.role: denied"})
    rows = principals_table(people(access_snapshot()), held).rows
    assert [(row.person.sort, row.count(How.CAN)) for row in rows[:2]] == [("", None), ("role", 1)]
    powers = {row.person.arn: row.powers for row in rows}
    assert powers[CALLER] == "Use a model (can, if)"
    assert powers[USER] == "Use a model (not known); Use a model (by taking on a role)"
    assert [row.person.arn for row in rows if row.person.sort == "outsider"] == [OUTSIDER, "somebody"]
    assert {row.person.arn: row.evidence for row in rows}["somebody"] == ()


def test_of_one_capability_only_those_who_come_to_it_are_left() -> None:
    other = replace(
        EXPOSURE, capability=Capability("other", "Do something else", ()), holders=(), routes=(), faults=()
    )
    held = holdings([EXPOSURE, other], {})
    assert {row.person.arn for row in principals_table(people(access_snapshot()), held, "other").rows} == {""}
    everybody = principals_table(people(access_snapshot()), holdings([other], {})).rows
    assert {row.powers for row in everybody if not row.is_gap} == {"nothing that is asked about"}


def test_each_capability_of_one_principal_is_a_row_whatever_the_answer() -> None:
    other = Exposure(capability=Capability("other", "Something", ()), holders=(), routes=(), faults=())
    held = holdings([EXPOSURE, other], {UNREAD: "iam.role: denied"})
    assert capability_table(held, CALLER, PAYMENTS, (1,)).cells() == [
        ["Use a model", "can, if", "aws:SourceVpce is vpce-1", "b:I"],
        ["Something", "cannot", "", ""],
    ]
    gap, way, _ = capability_table(held, USER, PAYMENTS, (1,)).rows
    assert gap.is_gap
    assert way.cells[2].startswith(f"{USER} -> ")
    (unread,) = capability_table(held, "", UNREAD, (2,)).rows
    assert unread.is_gap
    assert unread.cells[2] == "IAM roles: denied"
    by_account = capability_table(held, "arn:aws:iam::100000000004:role/x", "100000000004", ())
    assert by_account.cells()[0][1:3] == ["not known", "the tree goes round"]


def test_until_roles_were_followed_it_is_not_known_who_can_become_one() -> None:
    direct = replace(EXPOSURE, routes=())
    held = holdings([direct], {}, are_roles_followed=False)
    rows = {row.person.arn: row for row in principals_table(people(access_snapshot()), held).rows}
    assert rows[ADMIN].count(How.THROUGH) is None
    assert rows[ADMIN].count(How.CAN) == 1
    cells = capability_table(held, "arn:aws:iam::100000000002:role/x", PAYMENTS, ()).cells()
    assert cells == [["Use a model", "cannot", "by itself; whether by taking on a role is not known yet", ""]]
