"""Who can become whom, against the decision that AWS would make for each link."""

from dataclasses import replace
from typing import Any

import pytest

from console.policy.becoming import Becoming
from console.policy.context import Context
from console.policy.document import Form, parse_policy
from console.policy.evaluate import decide
from console.policy.organisation import Organisation
from console.policy.question import Question
from console.policy.request import CAN, Policies, Result
from unit.policy.organisations import organisation

ASSUME = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
A, B = "000000000001", "000000000002"


def links_by_decision(asked: Organisation, target: str) -> set[str]:
    """Everybody for whom the whole decision, with nothing left out beforehand, lets the role be assumed."""
    found = set()
    question = asked.becoming.question
    trust = asked.member(target).held["trust"] or {"Version": "2012-10-17", "Statement": []}
    for arn in asked.principals:
        if arn == target:
            continue
        request, policies = asked.resolve(arn, question)
        owner = asked.member(target).account
        chain = asked.estate.members.chain(owner, "rcps")
        whole = Policies(
            identity=policies.identity,
            boundary=policies.boundary,
            scps=policies.scps,
            rcps=asked._levels(chain) or (),
            resource=parse_policy("trust policy", trust, Form.RESOURCE),
            management_account=policies.management_account,
        )
        exact = type(request)(
            caller=request.caller,
            action=request.action,
            resource=target,
            resource_account=owner,
            context=request.context,
        )
        if decide(exact, whole).result in CAN:
            found.add(arn)
    return found


def test_each_link_is_what_the_whole_decision_says() -> None:
    links = 0
    for seed in range(60):
        asked = Organisation(organisation(seed))
        for target in asked.principals:
            if ":role/" not in target:
                continue
            routes = [each for each in Becoming(asked.estate).routes([target]) if not each.is_outsider]
            direct = {each.start for each in routes if len(each.links) == 1}
            assert direct == links_by_decision(asked, target), (seed, target)
            links += len(direct)
    assert links > 50


def test_routes_reach_everybody_that_link_after_link_reaches() -> None:
    for seed in range(12):
        asked = Organisation(organisation(seed))
        roles = [each for each in asked.principals if ":role/" in each]
        into = {role: links_by_decision(asked, role) for role in roles}
        for target in roles:
            reached, left = {target}, [target]
            while left:
                for start in into.get(left.pop(), set()) - reached:
                    reached.add(start)
                    left.append(start)
            routes = [each for each in asked.routes([target]) if not each.is_outsider]
            assert {each.start for each in routes} == reached - {target}, seed
            for route in routes:
                assert route.target == target


def small(*roles: tuple[str, Any], user: bool = True) -> dict[str, Any]:
    """An organisation of two accounts in which every principal may ask to assume any role."""
    held: dict[str, Any] = {
        account: {"managed_policies": {}, "groups": {}, "users": {}, "roles": {}, "resources": {}}
        for account in (A, B)
    }
    inline = {"own": {"Version": "2012-10-17", "Statement": [ASSUME]}}
    for arn, trust in roles:
        document = {"Version": "2012-10-17", "Statement": trust} if trust else {}
        role = {"managed": [], "inline": inline, "boundary": None, "tags": {}, "trust": document}
        held[arn.split(":")[4]]["roles"][arn] = role
    if user:
        held[A]["users"][f"arn:aws:iam::{A}:user/u"] = {
            "managed": [],
            "inline": inline,
            "boundary": None,
            "groups": [],
        }
    return {
        "format": "iam-org-snapshot/1",
        "organisation": {
            "id": "o-1",
            "management_account": "",
            "policies": {},
            "ous": {},
            "accounts": {},
        },
        "accounts": held,
    }


def trusting(principal: object, **condition: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return {**statement, "Condition": condition} if condition else statement


def test_a_chain_of_roles_is_shown_link_by_link_and_a_circle_ends() -> None:
    one, two, three = (f"arn:aws:iam::{each}:role/r{n}" for n, each in ((1, A), (2, B), (3, B)))
    asked = Organisation(
        small(
            (one, trusting({"AWS": [f"arn:aws:iam::{A}:user/u", three]})),
            (two, trusting({"AWS": one})),
            (three, trusting({"AWS": two})),
        )
    )
    routes = {
        each.start.rpartition("/")[2]: [link.role for link in each.links] for each in asked.routes([three])
    }
    assert routes == {"r2": [three], "r1": [two, three], "u": [one, two, three]}


@pytest.mark.parametrize(
    ("statement", "start"),
    [
        (trusting({"AWS": "999999999999"}), "999999999999"),
        (trusting({"AWS": "arn:aws:iam::999999999999:root"}), "arn:aws:iam::999999999999:root"),
        (
            {
                **trusting({"Federated": "arn:aws:iam::000000000001:saml-provider/x"}),
                "Action": "sts:AssumeRoleWithSAML",
            },
            "whoever signs in through arn:aws:iam::000000000001:saml-provider/x",
        ),
        (trusting("*"), "anybody with an AWS account"),
    ],
)
def test_outsiders_whom_a_role_lets_in_are_named(statement: dict[str, Any], start: str) -> None:
    role = f"arn:aws:iam::{A}:role/r"
    found = [each for each in Organisation(small((role, statement))).routes([role]) if each.is_outsider]
    assert [each.start for each in found] == [start]


def test_a_role_open_to_the_organisation_alone_lets_no_outsider_in() -> None:
    role = f"arn:aws:iam::{A}:role/r"
    statement = trusting("*", StringEquals={"aws:PrincipalOrgID": "o-1"})
    found = Organisation(small((role, statement))).routes([role])
    assert [each.start for each in found] == [f"arn:aws:iam::{A}:user/u"]


def test_what_a_caller_may_choose_is_said_as_a_condition() -> None:
    role = f"arn:aws:iam::{A}:role/r"
    statement = trusting({"AWS": f"arn:aws:iam::{A}:root"}, StringEquals={"sts:ExternalId": "seven"})
    (route,) = Organisation(small((role, statement))).routes([role])
    assert route.truth.key == "sts:ExternalId"


def test_a_trust_policy_that_is_not_understood_is_named() -> None:
    role = f"arn:aws:iam::{A}:role/r"
    asked = Organisation(small((role, {"Effect": "Allow", "Action": "sts:AssumeRole"})))
    assert asked.routes([role]) == ()
    assert "needs Principal" in asked.becoming.faults[role]


def test_whoever_can_assume_some_role_is_whoever_can_assume_one_of_them() -> None:
    asked = 0
    for seed in range(40):
        estate = Organisation(organisation(seed))
        roles = [each for each in estate.principals if ":role/" in each]
        for context in (Context(), Context.of({"aws:RequestedRegion": "eu-west-2"}, rest_unknown=True)):
            of_any = Question(action="sts:AssumeRole", resource="any", context=context)
            each_role = [replace(of_any, resource=role) for role in roles]
            found = {each.principal: each.result for each in estate.who_can(of_any).found}
            by_role = [each for question in each_role for each in estate.who_can(question).found]
            assert set(found) == {each.principal for each in by_role}, seed
            sure = {each.principal for each in by_role if each.result is Result.ALLOWED}
            assert sure <= {principal for principal, result in found.items() if result is Result.ALLOWED}
            own = {each.principal for each in estate.who_can_in(A, of_any).found}
            assert own == {each for each in found if each.split(":")[4] == A}
            asked += len(found)
    assert asked > 100


def test_a_trust_policy_or_a_caller_that_is_not_understood_is_not_known() -> None:
    one, two = f"arn:aws:iam::{A}:role/r1", f"arn:aws:iam::{A}:role/r2"
    document = small((one, {"Effect": "Maybe"}), (two, trusting({"AWS": f"arn:aws:iam::{A}:root"})))
    user = f"arn:aws:iam::{A}:user/u"
    document["accounts"][A]["users"][user]["managed"] = ["arn:aws:iam::aws:policy/Gone"]
    answers = Organisation(document).who_can(Question(action="sts:AssumeRole", resource="any"))
    said = {each.principal: each.reason for each in answers.faults}
    assert said[one].startswith("its trust policy: ")
    assert "Gone" in said[user]


def test_a_key_whose_policy_was_not_seen_is_not_known_and_with_it_answered() -> None:
    key = f"arn:aws:kms:eu-west-2:{A}:key/k"
    document = small()
    user = f"arn:aws:iam::{A}:user/u"
    statement = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
    document["accounts"][A]["users"][user]["inline"] = {"own": {"Statement": [statement]}}
    question = Question(action="kms:Decrypt", resource=key)
    answers = Organisation(document).who_can(question)
    assert answers.found == ()
    assert [each.account for each in answers.faults] == [A]
    open_to = {**statement, "Principal": {"AWS": f"arn:aws:iam::{A}:root"}}
    document["accounts"][A]["resources"] = {key: {"policy": {"Statement": [open_to]}}}
    answers = Organisation(document).who_can(question)
    assert ([each.principal for each in answers.found], answers.faults) == ([user], ())
    document["accounts"][A]["resources"] = {key: {"policy": {"Statement": []}}}
    answers = Organisation(document).who_can(question)
    assert (answers.found, answers.faults) == ((), ())
