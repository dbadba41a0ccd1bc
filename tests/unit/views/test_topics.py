import pytest

from console.domain.refresh import Step, StepState
from console.views.topics import SHAPES, topic
from fakes import LONDON, FakeSnapshot, fact

SHAPE = {shape.id: shape for shape in SHAPES}
ARN = "arn:aws:bedrock:{}::foundation-model/m"
LOGS = {"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": True}


@pytest.mark.parametrize(
    ("id_", "payload", "cells"),
    [
        ("regions", {"RegionOptStatus": "ENABLED"}, ["k", "ENABLED"]),
        ("retention", {}, [None, None]),
        ("logging", {}, ["off", None, None, None]),
        ("logging", {"loggingConfig": LOGS}, ["on", "text", "b", None]),
        (
            "guardrails",
            {"name": "g", "version": "1", "status": "READY"},
            ["g", "1", "READY", "this Region only", "k"],
        ),
        ("guardrails", {"crossRegionDetails": {"guardrailProfileId": "p"}}, [None, None, None, "p", "k"]),
        (
            "profiles",
            {"models": [{"modelArn": ARN.format("")}, {}]},
            [None, None, None, "global, not said", "k"],
        ),
        (
            "endpoints",
            {"PrivateDnsEnabled": False, "ServiceRegion": "x"},
            [None, None, None, None, "no", "x"],
        ),
        ("trails", {"Name": "t\x1b", "IsMultiRegionTrail": True}, ["t\\u001b", "yes", None, None, "k"]),
        ("trail_status", {"IsLogging": True}, ["k", "yes", None, None]),
        ("roles", {"RoleName": "r", "AttachedManagedPolicies": [{"PolicyName": "p"}]}, ["r", "p", "k"]),
    ],
)
def test_a_fact_becomes_a_row_that_opens_to_it(
    id_: str, payload: dict[str, object], cells: list[object]
) -> None:
    snapshot = FakeSnapshot(known=[fact(SHAPE[id_].kind, "k", payload, LONDON, 4)])
    table = topic(SHAPE[id_], snapshot, LONDON.account_id).table
    assert table.cells() == [["eu-west-2", *cells]]
    assert table.evidence(table.rows[0]) == (4,)


class Unread(FakeSnapshot):
    """A snapshot whose one step has not had its turn."""

    def steps(self, kind: str | None = None) -> list[Step]:
        return [each for each in [Step("iam.role", LONDON, StepState.PENDING)] if kind in (None, each.kind)]


def test_a_step_before_its_turn_says_so() -> None:
    table = topic(SHAPE["roles"], Unread(), LONDON.account_id).table
    assert table.cells() == [["eu-west-2", "not read yet", None, None]]
