from typing import Any

import pytest

from console.controls.catalog.marketplace_networks import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
MACHINE = {"instanceType": "ml.g5.2xlarge"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_endpoints_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("machines", "verdict", "word"),
    [
        (MACHINE | {"vpc": {"subnetIds": ["subnet-1"]}}, PASS, "subnet-1"),
        (MACHINE, FAIL, "no VPC"),
        (MACHINE | {"vpc": {"subnetIds": []}}, UNKNOWN, "subnets"),
        (MACHINE | {"vpc": {}}, UNKNOWN, "subnets"),
        (MACHINE | {"vpc": None}, UNKNOWN, "subnets"),
        ({}, UNKNOWN, "machines"),
        (None, UNKNOWN, "machines"),
    ],
)
def test_machines_are_in_a_vpc_or_not(machines: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, {"endpointConfig": {"sageMaker": machines}})
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
