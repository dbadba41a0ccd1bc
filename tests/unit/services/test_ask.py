import json
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.scope import Scope
from console.policy.context import Context
from console.policy.organisation import Organisation
from console.policy.question import Question
from console.policy.request import Result
from console.services.ask import Asked, NoOrganisationError, organisation_of, organisation_of_file
from fakes import FakeSnapshot, fact, gap
from unit.policy.organisations import organisation

TOP = Scope("111111111111")
INVOKE = Question(
    action="bedrock:InvokeModel",
    resource="arn:aws:bedrock:eu-west-2::foundation-model/m1",
    context=Context.of({"aws:RequestedRegion": "eu-west-2"}),
)
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
ABROAD = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Action": "bedrock:*",
            "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}},
        }
    ],
}
SCP = "SERVICE_CONTROL_POLICY"


def tree(account: str = "222222222222"):
    policies = {"p-full": ALL, "p-lock": ABROAD}
    return [
        fact("organizations.organization", "o-1", {"Id": "o-1", "MasterAccountId": "111111111111"}, TOP),
        fact(
            "organizations.root",
            "r-1",
            {"Id": "r-1", "PolicyTypes": [{"Type": SCP, "Status": "ENABLED"}]},
            TOP,
        ),
        fact("organizations.account", account, {"Id": account, "Status": "ACTIVE"}, TOP),
        fact("organizations.account", "333333333333", {"Id": "333333333333", "Status": "SUSPENDED"}, TOP),
        fact(
            "organizations.child",
            f"r-1/{account}",
            {"ParentId": "r-1", "Id": account, "Type": "ACCOUNT"},
            TOP,
        ),
        *(
            fact(
                "organizations.policy",
                f"arn:{name}",
                {"PolicySummary": {"Id": name, "Type": SCP}, "Content": json.dumps(said)},
                TOP,
            )
            for name, said in policies.items()
        ),
        *(
            fact(
                "organizations.policy_target",
                f"p-full/{target}",
                {"PolicyId": "p-full", "TargetId": target},
                TOP,
            )
            for target in ("r-1", account)
        ),
    ]


def people(account: str = "222222222222", *, attached: str = "arn:aws:iam::222222222222:policy/invoke"):
    scope = Scope(account)
    prefix = f"arn:aws:iam::{account}"
    version = {"VersionId": "v2", "Document": ALL, "IsDefaultVersion": True}
    old = {
        "VersionId": "v1",
        "Document": {"Version": "2012-10-17", "Statement": []},
        "IsDefaultVersion": False,
    }
    policy = {"PolicyVersionList": [old, version], "DefaultVersionId": "v2"}
    return [
        fact("iam.policy", f"{prefix}:policy/invoke", policy, scope),
        fact(
            "iam.group",
            f"{prefix}:group/g",
            {"GroupName": "g", "GroupPolicyList": [], "AttachedManagedPolicies": [{"PolicyArn": attached}]},
            scope,
        ),
        fact(
            "iam.user",
            f"{prefix}:user/u",
            {"UserName": "u", "GroupList": ["g"], "AttachedManagedPolicies": []},
            scope,
        ),
        fact(
            "iam.role",
            f"{prefix}:role/r",
            {
                "RoleName": "r",
                "AssumeRolePolicyDocument": {},
                "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": ALL}],
                "AttachedManagedPolicies": [],
            },
            scope,
        ),
    ]


def test_who_can_is_asked_of_what_was_seen() -> None:
    asked = organisation_of(FakeSnapshot([*tree(), *people()]))
    assert asked.unseen == ()
    assert {each.principal.rpartition("/")[2] for each in asked.organisation.who_can(INVOKE).found} == {
        "u",
        "r",
    }


def test_a_policy_on_the_path_binds() -> None:
    target = fact("organizations.policy_target", "p-lock/r-1", {"PolicyId": "p-lock", "TargetId": "r-1"}, TOP)
    asked = organisation_of(FakeSnapshot([*tree(), target, *people()]))
    assert asked.organisation.who_can(INVOKE).found == ()
    why = asked.organisation.why("arn:aws:iam::222222222222:role/r", INVOKE)
    assert why.result is Result.EXPLICITLY_DENIED
    assert why.layers["scp"].denied_by == ("p-lock#1",)


def test_an_account_with_a_gap_is_named_and_not_answered_for() -> None:
    facts = [each for each in people() if each.kind != "iam.role"]
    asked = organisation_of(FakeSnapshot([*tree(), *facts], [gap("iam.role", Scope("222222222222"))]))
    assert asked.organisation.who_can(INVOKE).found == ()
    assert [(each.account, each.reason) for each in asked.unseen] == [("222222222222", "iam.role: denied")]


def test_an_account_that_was_never_planned_is_not_answered_for() -> None:
    asked = organisation_of(FakeSnapshot(tree()))
    assert [each.account for each in asked.unseen] == ["222222222222"]
    assert "not attempted" in asked.unseen[0].reason


def test_an_attached_policy_that_was_not_read_keeps_the_account_out() -> None:
    asked = organisation_of(FakeSnapshot([*tree(), *people(attached="arn:aws:iam::aws:policy/Gone")]))
    assert "Gone is attached and was not read" in asked.unseen[0].reason


def test_a_tree_that_was_not_read_whole_makes_every_answer_unsure() -> None:
    facts = [each for each in tree() if each.kind != "organizations.policy"]
    asked = organisation_of(FakeSnapshot([*facts, *people()], [gap("organizations.policy", TOP)]))
    assert [each.account for each in asked.unseen] == ["*"]


KEY = "arn:aws:kms:eu-west-2:222222222222:key/k"
BUCKET = "arn:aws:s3:::logs"
GUARDRAIL = "arn:aws:bedrock:eu-west-2:222222222222:guardrail/g"
LONDON = Scope("222222222222", "eu-west-2")
KEY_POLICY = {
    "Statement": {
        "Effect": "Allow",
        "Action": "kms:*",
        "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
        "Resource": "*",
    }
}


def carrying():
    return [
        fact("kms.key_policy", KEY, {"KeyArn": KEY, "Policy": json.dumps(KEY_POLICY)}, LONDON),
        fact("s3.bucket", "logs", {"Name": "logs"}, Scope("222222222222")),
        fact("s3.bucket_location", "logs", {"Bucket": "logs"}, LONDON),
        fact("bedrock.guardrail", GUARDRAIL, {"guardrailArn": GUARDRAIL}, LONDON),
    ]


def reading(*kinds: str):
    """A snapshot with resources whose policies, of these kinds, were asked for."""
    read = [(kind, LONDON) for kind in kinds]
    return FakeSnapshot([*tree(), *people(), *carrying()], empty=read)


def test_what_a_resources_own_policy_says_counts() -> None:
    asked = organisation_of(reading()).about([KEY])
    assert asked.unseen == ()
    found = asked.organisation.who_can(Question(action="kms:Decrypt", resource=KEY)).found
    assert {each.principal.rpartition("/")[2] for each in found} == {"r", "u"}


def test_a_resource_without_a_policy_is_known_where_policies_were_asked_for() -> None:
    asked = organisation_of(reading("s3.bucket_policy", "bedrock.resource_policy"))
    assert asked.about([f"{BUCKET}/object", GUARDRAIL, "any", "arn:aws:s3:::*"]).unseen == ()


def test_a_resource_whose_policy_was_not_read_is_named() -> None:
    asked = organisation_of(reading()).about([f"{BUCKET}/object", f"{BUCKET}/other", GUARDRAIL])
    assert [(each.account, each.reason) for each in asked.unseen] == [
        ("*", f"the policy of {BUCKET} was not read"),
        ("222222222222", f"the policy of {GUARDRAIL} was not read"),
    ]


def test_a_policy_that_was_refused_is_not_none() -> None:
    snapshot = FakeSnapshot(
        [*tree(), *people(), *carrying()],
        [replace(gap("s3.bucket_policy", LONDON), key="logs")],
    )
    assert [each.account for each in organisation_of(snapshot).about([BUCKET]).unseen] == ["*"]


def test_a_file_has_every_policy() -> None:
    whole = Asked(Organisation(organisation(1)))
    assert whole.about([BUCKET]) == whole


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "organisation.json"
    file.write_text(json.dumps(organisation(1)), encoding="utf-8")
    assert organisation_of_file(file).organisation.accounts
    file.write_text("{", encoding="utf-8")
    with pytest.raises(NoOrganisationError):
        organisation_of_file(file)
    with pytest.raises(NoOrganisationError):
        organisation_of_file(tmp_path / "none")
