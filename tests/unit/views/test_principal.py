import json
from typing import Any

import pytest

from console.domain.scope import Scope
from console.policy.becoming import Link, Route
from console.views.principal import principal_page, ways_table
from console.views.principal_policies import compared_table, documents_of, documents_table, principal_fact
from console.views.principals import people
from console.views.sources import path_above
from fakes import FakeSnapshot, fact, gap
from unit.ui.access_estate import (
    ADMIN,
    CALLER,
    INVOKE,
    OUTSIDER,
    PAYMENTS,
    STEM,
    UNREAD,
    USER,
    access_snapshot,
)

HERE = Scope(PAYMENTS)


def role(trust: Any, **more: Any) -> FakeSnapshot:
    payload = {"RoleName": "r", "AssumeRolePolicyDocument": trust, **more}
    return FakeSnapshot([fact("iam.role", f"{STEM}:role/r", payload, HERE, 5)])


def tab(snapshot: FakeSnapshot, id_: str, arn: str = f"{STEM}:role/r") -> Any:
    person = next(each for each in people(snapshot) if each.arn == arn)
    return next(each for each in principal_page(snapshot, person).tabs if each.id == id_).table


@pytest.mark.parametrize(
    ("principal", "who"),
    [
        ("*", "anybody with an AWS account"),
        ({"AWS": "arn:aws:iam::1:root"}, "account 1, which passes it on"),
        ({"AWS": "222222222222"}, "account 222222222222, which passes it on"),
        ({"AWS": USER}, USER),
        ({"Federated": "accounts.example.com"}, "whoever signs in through accounts.example.com"),
    ],
)
def test_whom_a_role_trusts_is_said_in_words(principal: object, who: str) -> None:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    table = tab(role({"Version": "2012-10-17", "Statement": [statement]}), "trust")
    assert table.cells() == [["lets in", who, "sts:AssumeRole", "always"]]


def test_exceptions_and_conditions_of_trust_are_said() -> None:
    statement = {
        "Effect": "Deny",
        "NotPrincipal": {"AWS": USER},
        "NotAction": "sts:TagSession",
        "Condition": {"StringNotEquals": {"sts:ExternalId": "x"}},
    }
    table = tab(role({"Version": "2012-10-17", "Statement": [statement]}), "trust")
    assert table.cells() == [
        ["keeps out", f"everybody but {USER}", "do anything but sts:TagSession", "sts:ExternalId is not x"]
    ]


def test_a_trust_policy_that_is_not_understood_is_a_gap() -> None:
    (line,) = tab(role({"Statement": [{"Effect": "Perhaps"}]}), "trust").rows
    assert line.is_gap
    assert "must be Allow or Deny" in line.cells[1]


def test_what_was_not_read_of_keys_and_use_is_a_gap() -> None:
    user = fact("iam.user", USER, {"UserName": "jo"}, HERE, 5)
    missing = [gap("iam.access_key", HERE, sequence=6)]
    lines = tab(FakeSnapshot([user], missing), "keys", USER).rows
    assert [(line.is_gap, line.cells[1]) for line in lines] == [
        (True, "could not be read: denied"),
        (True, "not part of this refresh"),
    ]
    assert lines[0].evidence == (6,)


def test_a_principal_that_nothing_gives_bedrock_was_not_asked_about_its_use() -> None:
    snapshot = access_snapshot()
    ((_, words, _, _),) = [line.cells for line in tab(snapshot, "used", CALLER).rows]
    assert words == "IAM was not asked: no policy of this principal speaks of Bedrock"


def test_an_access_key_says_where_it_was_used() -> None:
    snapshot = access_snapshot()
    used = {"ServiceName": "bedrock", "Region": "eu-west-2", "LastUsedDate": "2026-11-01T00:00:00Z"}
    key = {
        "UserName": "jo",
        "Status": "Inactive",
        "CreateDate": "2026-01-01T00:00:00Z",
        "AccessKeyLastUsed": used,
    }
    snapshot.known = [*snapshot.known, fact("iam.access_key", "AKIA2", key, HERE, 77)]
    assert "bedrock in eu-west-2" in tab(snapshot, "keys", USER).cells()[1]


def test_whoever_was_not_read_or_is_outside_has_no_tables() -> None:
    snapshot = access_snapshot()
    unread = next(each for each in people(snapshot) if each.account_id == UNREAD)
    page = principal_page(snapshot, unread)
    assert page.tabs == ()
    assert "IAM users could not be read" in page.words[0]
    assert principal_fact(snapshot, OUTSIDER) is None


def test_a_principal_is_introduced_by_its_groups_boundary_and_tags() -> None:
    snapshot = access_snapshot()
    by_arn = {each.arn: each for each in people(snapshot)}
    assert principal_page(snapshot, by_arn[USER]).words[1:] == (
        "In the groups makers. No permissions boundary.",
        "Tags: team = risk.",
    )
    assert principal_page(snapshot, by_arn[CALLER]).words[1] == (
        f"Permissions boundary: {INVOKE}. Last taken on 2026-11-01T08:00:00Z in eu-west-2."
    )
    alone = FakeSnapshot([fact("iam.user", USER, {"UserName": "jo"}, HERE)])
    assert principal_page(alone, people(alone)[0]).words[1] == "In no group. No permissions boundary."


def test_a_policy_that_is_attached_and_was_not_read_is_a_gap() -> None:
    payload = {
        "UserName": "jo",
        "GroupList": ["gone"],
        "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/Gone"}],
    }
    user = fact("iam.user", USER, payload, HERE, 5)
    lines = documents_table(documents_of(FakeSnapshot([user]), user)).rows
    assert [(line.is_gap, line.cells[1]) for line in lines] == [
        (True, "AWS's own, attached to it: could not be read"),
        (True, "its group gone was not read: could not be read"),
    ]


def test_what_became_of_each_policy_is_said_and_what_changed_comes_first() -> None:
    def documents(**written: object) -> Any:
        own = [
            {"PolicyName": name, "PolicyDocument": json.dumps(each)} for name, each in written.items() if each
        ]
        gone = [{"PolicyArn": f"arn:x/{name}"} for name, each in written.items() if not each]
        payload = {"RolePolicyList": own, "AttachedManagedPolicies": gone}
        found = fact("iam.role", ADMIN, payload, HERE, 5)
        return documents_of(FakeSnapshot([found]), found)

    one, other = {"Statement": []}, {"Statement": [{"Effect": "Allow"}]}
    before = documents(a=one, b=one, c=one, d=None)
    now = documents(b=other, c=one, d=None, e=one)
    table = compared_table(before, now)
    assert [line.cells[:2] for line in table.rows] == [
        ("changed", "b"),
        ("new", "e"),
        ("gone", "a"),
        ("not known", "d"),
        ("the same", "c"),
    ]
    assert [line.is_gap for line in table.rows] == [False, False, False, True, False]


def test_ways_into_a_principal_begin_with_who_was_not_asked() -> None:
    routes = (
        Route(start=USER, is_outsider=False, links=(Link(ADMIN, True),)),
        Route(start=OUTSIDER, is_outsider=True, links=(Link(ADMIN, True),)),
    )
    table = ways_table(routes, [("1", "iam.role: denied")], "it is bad", (5,), {PAYMENTS: "payments"})
    assert [line.is_gap for line in table.rows] == [True, True, False, False]
    assert [line.cells[1] for line in table.rows] == ["1", "", f"payments ({PAYMENTS})", "outside"]


def test_a_path_that_goes_round_ends() -> None:
    children = [
        fact("organizations.child", key, {"Id": id_, "ParentId": parent}, HERE)
        for key, id_, parent in (("1", "a", "b"), ("2", "b", "a"))
    ]
    assert path_above(FakeSnapshot(children), "a") == ("a", "b")
