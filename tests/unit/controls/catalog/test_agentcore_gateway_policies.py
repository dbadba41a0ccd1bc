from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.agentcore_gateway_policies import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
GATEWAY, ENGINE = CONTROL.reads
ARN = "arn:aws:bedrock-agentcore:eu-west-2:111122223333:policy-engine/rules"


def gateway(**configuration: Any) -> Any:
    return fact(GATEWAY, "g", {"policyEngineConfiguration": configuration}, sequence=7)


def engine(status: Any) -> Any:
    return fact(ENGINE, ARN, {"status": status}, sequence=8)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_gateways_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("ACTIVE", PASS),
        ("UPDATE_FAILED", FAIL),
        ("DELETING", FAIL),
        ("CREATING", UNKNOWN),
        ("TIRED", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_an_engine_decides_while_it_is_active(status: Any, verdict: Any) -> None:
    found = opinion(CONTROL, gateway(arn=ARN, mode="ENFORCE"), engine(status))
    assert (found.verdict, found.evidence) == (verdict, (7, 8))


@pytest.mark.parametrize(
    ("made", "verdict", "word"),
    [
        (fact(GATEWAY, "g", {}, sequence=7), FAIL, "no policy engine"),
        (gateway(arn=ARN, mode="LOG_ONLY"), FAIL, "LOG_ONLY"),
        (gateway(arn=ARN, mode="DREAM"), UNKNOWN, "DREAM"),
        (gateway(arn=ARN), UNKNOWN, "not said"),
        (gateway(mode="ENFORCE"), UNKNOWN, "ENFORCE"),
        (gateway(arn=f"{ARN}-elsewhere", mode="ENFORCE"), UNKNOWN, "not among"),
    ],
)
def test_what_only_takes_notes_stops_nothing(made: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, made, engine("ACTIVE"))
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_an_engine_that_could_not_be_read_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(ENGINE, sequence=9), key=ARN)
    found = opinion(CONTROL, gateway(arn=ARN, mode="ENFORCE"), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))
