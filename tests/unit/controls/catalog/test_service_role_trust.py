import json
from typing import Any

import pytest

from console.controls.catalog.service_role_trust import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
OWN = {"StringEquals": {"aws:SourceAccount": HERE.account_id}}


def role(condition: Any = None, service: str = "bedrock.amazonaws.com", path: str = "/") -> Any:
    statement: Any = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    if condition:
        statement["Condition"] = condition
    document = {"Version": "2012-10-17", "Statement": statement}
    return {"Path": path, "AssumeRolePolicyDocument": json.dumps(document)}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (role(OWN), PASS, HERE.account_id),
        (role(), FAIL, "whoever sends it"),
        (role({"StringEquals": {"aws:SourceAccount": "999900001111"}}), FAIL, "999900001111"),
        (role({"Bool": {"aws:SecureTransport": "true"}}), UNKNOWN, "not judged"),
        (role(path="/aws-service-role/bedrock.amazonaws.com/"), NOT, "AWS made"),
        ({"AssumeRolePolicyDocument": "{"}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "not understood"),
    ],
)
def test_a_role_is_as_bound_as_its_trust(payload: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, fact("iam.role", "r", payload, HERE, 7), scope=HERE)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_roles_of_other_services_are_not_asked_about() -> None:
    known = [fact("iam.role", "r", role(service="ecs-tasks.amazonaws.com"), HERE, 7)]
    (found,) = ask(CONTROL, known, scope=HERE)
    assert (found.verdict, found.evidence) == (NOT, (901,))
