from console.policy.becoming import Link, Route
from console.policy.exposure import Capability, Exposure, Holder
from console.policy.question import Fault
from console.policy.request import Result
from console.policy.truth import Leaf
from console.views.exposure import cell, counts, exposure_as_json, route_in_words

ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE, DEEP = f"arn:aws:iam::{ACCOUNT}:role/Case", f"arn:aws:iam::{OTHER}:role/Deep"
TAGGED = Leaf("StringEquals", "aws:PrincipalTag/team", ("risk",), variables=False, source="p#1")
INSIDE = Route(start=ROLE, is_outsider=False, links=(Link(DEEP, TAGGED),))
OUTSIDE = Route(start="accounts.example.com", is_outsider=True, links=(Link(DEEP, True),))
EXPOSURE = Exposure(
    capability=Capability(id="delete", title="Delete guardrails", calls=()),
    holders=(
        Holder(principal=ROLE, account=ACCOUNT, result=Result.ALLOWED, truth=True, by=("p#1",)),
        Holder(principal=DEEP, account=OTHER, result=Result.ALLOWED_IF, truth=TAGGED, by=("p#2",)),
    ),
    routes=(INSIDE, OUTSIDE),
    faults=(Fault(account=OTHER, principal="", reason="iam.role: denied"),),
)


def test_each_account_is_counted_with_what_hangs_on_conditions_and_roles() -> None:
    assert counts(EXPOSURE) == {ACCOUNT: (1, 0, 1), OTHER: (0, 1, 1)}
    assert [cell(each) for each in (None, (1, 0, 1), (0, 1, 1), (0, 0, 0))] == [
        "-",
        "1, +1 by a role",
        "1 if, +1 by a role",
        "0",
    ]


def test_a_route_names_each_role_and_what_taking_it_up_hangs_on() -> None:
    assert route_in_words(INSIDE) == f"{ROLE} -> {DEEP} (if aws:PrincipalTag/team is risk)"
    assert route_in_words(OUTSIDE) == f"accounts.example.com -> {DEEP}"


def test_a_machine_reads_who_can_who_may_become_one_and_of_whom_it_is_not_known() -> None:
    first, second = exposure_as_json(EXPOSURE)["accounts"]
    assert first["account"] == ACCOUNT
    assert first["not_known"] == []
    assert second["not_known"] == [{"principal": "", "reason": "iam.role: denied"}]
    assert second["principals"][0]["if"] == "aws:PrincipalTag/team is risk"
    assert first["through_roles"][0]["links"][0]["if"] == "aws:PrincipalTag/team is risk"
    assert second["through_roles"][0]["outsider"] is True
