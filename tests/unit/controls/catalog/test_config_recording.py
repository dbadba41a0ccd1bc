from typing import Any

import pytest

from console.controls.catalog.config_recording import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
TYPES = [f"AWS::Bedrock::{each}" for each in ("Guardrail", "KnowledgeBase", "Prompt")]
ALL = {"allSupported": True}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def known(group: Any = ALL, *, recording: Any = True, scope: Any = LONDON, **delivered: Any) -> Any:
    return [
        fact("config.recorder", "default", {"recordingGroup": group}, scope, 1),
        fact("config.recorder_status", "default", {"recording": recording}, scope, 2),
        fact("config.delivery_channel_status", "default", {"configHistoryDeliveryInfo": delivered}, scope, 3),
    ]


def strategy(use: Any, **more: Any) -> Any:
    return {"allSupported": False, "recordingStrategy": {"useOnly": use}, **more}


EXCEPT = "EXCLUSION_BY_RESOURCE_TYPES"
ONLY = "INCLUSION_BY_RESOURCE_TYPES"
GOOD = {"lastStatus": "Success"}


@pytest.mark.parametrize(
    ("found", "verdict", "said"),
    [
        (known(**GOOD), PASS, "and delivers"),
        (known({"resourceTypes": TYPES}, **GOOD), PASS, "and delivers"),
        (known(strategy(ONLY, resourceTypes=TYPES), **GOOD), PASS, "and delivers"),
        (known({"resourceTypes": TYPES[:2]}, **GOOD), FAIL, "not record AWS::Bedrock::Prompt"),
        (known(strategy(EXCEPT, exclusionByResourceTypes={"resourceTypes": []}), **GOOD), PASS, "delivers"),
        (
            known(strategy(EXCEPT, exclusionByResourceTypes={"resourceTypes": TYPES[:1]}), **GOOD),
            FAIL,
            "Guardrail",
        ),
        (known(strategy("SOMETHING", resourceTypes=TYPES), **GOOD), UNKNOWN, "not understood"),
        (known({}, **GOOD), UNKNOWN, "not understood"),
        (known(recording=False, **GOOD), FAIL, "not known to be recording"),
        (known(recording=None, **GOOD), UNKNOWN, "not known to be recording"),
        (known(lastStatus="Failure", lastErrorCode="AccessDenied"), FAIL, "cannot deliver: AccessDenied"),
        (known(lastStatus="Failure"), FAIL, "no reason"),
        (known(), UNKNOWN, "whether it delivers"),
        (known(**GOOD)[:1], UNKNOWN, "not known to be recording"),
        ([], FAIL, "no recorder"),
    ],
)
def test_the_recorder_must_record_bedrock_and_deliver(found: Any, verdict: Any, said: str) -> None:
    kinds = {each.kind for each in found}
    (answer,) = ask(CONTROL, found, empty=[each for each in CONTROL.reads if each not in kinds])
    assert answer.verdict is verdict
    assert said in answer.because
    assert answer.evidence


def test_other_regions_need_no_recorder() -> None:
    there = Scope(LONDON.account_id, "us-east-1")
    (answer,) = ask(CONTROL, empty=CONTROL.reads, scope=there)
    assert answer.verdict is NOT
