import json
from typing import Any

import pytest

from console.controls.catalog.identity_center_administrators import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.people import allowing, managed

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
MANAGEMENT = Scope("999900001111")
SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
USED = fact(
    "cloudwatch.delivery_metric", "Invocations", {"MetricName": "Invocations", "Values": [3.0]}, LONDON, 4
)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def assignment(account: Any = HERE.account_id, held: Any = SET) -> Any:
    payload = {"AccountId": account, "PermissionSetArn": held, "PrincipalType": "USER", "PrincipalId": "p-1"}
    return fact("sso-admin.account_assignment", "a-1", payload, MANAGEMENT, 5)


def held(attached: Any = (), inline: Any = "", own: Any = (), **more: Any) -> Any:
    payload = {
        "Name": "Builders",
        "AttachedManagedPolicies": [{"Arn": f"arn:aws:iam::aws:policy/{each}"} for each in attached],
        "InlinePolicy": inline if isinstance(inline, str) else json.dumps(inline),
        "CustomerManagedPolicyReferences": [{"Name": each, "Path": "/"} for each in own],
    }
    return fact("sso-admin.permission_set", SET, payload | more, MANAGEMENT, 6)


def judged(*known: Any) -> Any:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads, scope=HERE)
    return found.verdict, found.because, found.evidence


ADMIN = held(["AdministratorAccess"])
BOUND = held(["AdministratorAccess"], PermissionsBoundary={"ManagedPolicyArn": "b"})
SILENT = fact("sso-admin.permission_set", SET, {}, MANAGEMENT, 6)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([ADMIN], FAIL, "user p-1: Builders gives AdministratorAccess"),
        ([held(["job-function/ViewOnlyAccess"])], PASS, "neither"),
        ([held(inline=allowing("bedrock:*"))], FAIL, "its inline policy"),
        ([held(inline=allowing("bedrock:InvokeModel"))], PASS, "neither"),
        ([held(inline="not JSON")], UNKNOWN, "not every policy"),
        ([held(own=["p"]), managed(allowing("*"))], FAIL, "policy p"),
        ([held(own=["p"]), managed(allowing("s3:*"))], PASS, "neither"),
        ([held(own=["p"])], UNKNOWN, "not every policy"),
        ([BOUND], UNKNOWN, "boundary"),
        ([SILENT], UNKNOWN, "not every policy"),
        ([], UNKNOWN, "not known"),
    ],
)
def test_a_permission_set_is_judged_whole(known: Any, verdict: Any, said: str) -> None:
    answer = judged(USED, assignment(), *known)
    assert answer[0] is verdict
    assert said in answer[1]
    assert {4, 5} <= set(answer[2])


def test_where_no_model_is_called_nobody_is_judged() -> None:
    quiet = fact(
        "cloudwatch.delivery_metric", "Invocations", {"MetricName": "Invocations", "Values": [0.0]}, LONDON, 4
    )
    assert judged(assignment(), ADMIN)[0] is NOT
    assert judged(assignment(), ADMIN, quiet) == (NOT, "no call of a model was counted in this account", (4,))


def test_an_assignment_to_another_account_is_not_this_ones() -> None:
    assert judged(USED, assignment("222233334444"), ADMIN)[0] is NOT
