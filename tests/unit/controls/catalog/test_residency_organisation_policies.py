from typing import Any

import pytest

from console.controls.catalog.residency_organisation_policies import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.organised import REGIONS, estate, statement

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def condition(**operators: Any) -> Any:
    return statement(Condition={key.replace("__", ":"): value for key, value in operators.items()})


def region(*values: Any) -> Any:
    return {"aws:RequestedRegion": list(values)}


ADMIN = "arn:aws:iam::*:role/OrganisationAdmin"


@pytest.mark.parametrize(
    ("found", "verdict", "said"),
    [
        (statement(), PASS, "regions#1 at ou-1 denies Bedrock outside eu-west-2"),
        ([statement()], PASS, "regions#1"),
        (statement(Action="*"), PASS, "regions#1"),
        (statement(Action=["s3:*", "BEDROCK:*"]), PASS, "regions#1"),
        (condition(StringNotEqualsIgnoreCase=region("eu-west-2")), PASS, "regions#1"),
        (condition(StringNotLike=region("eu-west-2")), PASS, "regions#1"),
        (condition(ForAnyValue__StringNotEquals=region("eu-west-2")), PASS, "regions#1"),
        (
            condition(StringNotEquals=region("eu-west-2"), ArnNotLike={"aws:PrincipalArn": ADMIN}),
            PASS,
            f"except for {ADMIN}",
        ),
        (
            condition(StringNotEquals=region("eu-west-2"), ArnNotLike={"aws:PrincipalArn": "*"}),
            FAIL,
            "no service control",
        ),
        (
            condition(
                StringNotEquals=region("eu-west-2"), ArnNotLike={"aws:PrincipalArn": "arn:aws:iam::*:role/*"}
            ),
            FAIL,
            "no",
        ),
        (
            condition(StringNotEquals=region("eu-west-2"), Bool={"aws:SecureTransport": "true"}),
            FAIL,
            "no service",
        ),
        (condition(StringNotEquals=region("eu-west-2", "unspecified")), FAIL, "no service control"),
        (condition(StringNotEquals=region("eu-west-2", "us-east-1")), FAIL, "no service control"),
        (condition(StringNotLike=region("eu-*")), FAIL, "no service control"),
        (condition(StringEquals=region("eu-west-2")), FAIL, "no service control"),
        (condition(ForAllValues__StringNotEquals=region("eu-west-2")), FAIL, "no service control"),
        (statement(Effect="Allow"), FAIL, "no service control"),
        (statement(Action="bedrock:InvokeModel"), FAIL, "no service control"),
        (statement(Resource="arn:aws:bedrock:*:*:guardrail/*"), FAIL, "no service control"),
        ({"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": REGIONS}, PASS, "regions#1"),
        (
            {"Effect": "Deny", "NotAction": ["bedrock:*"], "Resource": "*", "Condition": REGIONS},
            FAIL,
            "no service",
        ),
        ("{", UNKNOWN, "not understood: regions"),
    ],
)
def test_only_a_shape_that_is_understood_whole_passes(found: Any, verdict: Any, said: Any) -> None:
    (each,) = ask(CONTROL, estate(found), scope=HERE)
    assert each.verdict is verdict
    assert said in each.because
    assert each.evidence == (5, 6, 3, 4, 2)


def verdict_of(**changes: Any) -> Any:
    (found,) = ask(CONTROL, estate(statement(), **changes), scope=HERE)
    return found.verdict, found.because


def test_a_policy_at_the_root_or_the_account_counts() -> None:
    assert verdict_of(target="r-1")[0] is PASS
    assert verdict_of(target=HERE.account_id)[0] is PASS


def test_a_policy_elsewhere_or_of_another_type_does_not() -> None:
    assert verdict_of(target="ou-2")[0] is FAIL
    assert verdict_of(kind="RESOURCE_CONTROL_POLICY")[0] is FAIL


def test_the_management_account_is_not_bound() -> None:
    assert verdict_of(master=HERE.account_id) == (
        FAIL,
        "service control policies do not bind the management account",
    )


def test_policies_that_are_not_enabled_do_not_count() -> None:
    assert verdict_of(root={"PolicyTypes": []})[0] is FAIL


def test_a_broken_path_is_unknown() -> None:
    assert verdict_of(parent="ou-9")[0] is UNKNOWN


def test_an_unnamed_management_account_is_unknown() -> None:
    assert verdict_of(master="")[0] is UNKNOWN
