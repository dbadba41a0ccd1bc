import json
from typing import Any

import pytest

from console.domain.finding import Severity, Verdict
from console.reports import layout
from console.reports.machine import SCHEMA
from console.reports.scope import PackScope
from unit.reports.estate import CONTROLS, HOSTILE, Estate
from unit.reports.tampering import PAYLOAD, Made


@pytest.fixture
def text(made: Made) -> bytes:
    return made.files[f"{PAYLOAD}{layout.ASSESSMENT}"]


@pytest.fixture
def said(text: bytes) -> dict[str, Any]:
    return json.loads(text)


def test_it_is_ascii_in_one_order(text: bytes, said: dict[str, Any]) -> None:
    assert text.isascii()
    assert text.decode() == json.dumps(said, indent=1, sort_keys=True) + "\n"
    assert said["schema"] == SCHEMA


def test_every_finding_is_there_as_it_was_concluded(said: dict[str, Any], estate: Estate) -> None:
    read = [
        (each["control"], Severity(each["severity"]), each["subject"], each["account_id"], each["region"],
         Verdict(each["verdict"]), each["because"], tuple(each["evidence"]))
        for each in said["findings"]
    ]  # fmt: skip
    assert read == [
        (each.control_id, each.severity, each.subject, each.scope.account_id, each.scope.region, each.verdict,
         each.because, each.evidence)
        for each in estate.assessment.findings
    ]  # fmt: skip
    assert any(HOSTILE in each["subject"] for each in said["findings"])


def test_what_was_held_against_and_planned_is_there(said: dict[str, Any], estate: Estate) -> None:
    assert said["policy"]["approved_regions"] == ["eu-west-2"]
    assert (said["as_of"], said["profile"]) == (estate.assessment.refresh.finished_at, "internal")
    assert PackScope.of(said["scope"]).is_whole
    assert [each["id"] for each in said["controls"]] == [control.id for control in CONTROLS]
    assert said["refresh"]["content_root"] == estate.assessment.refresh.content_root
    assert said["export"]["purpose"] == "Annual approval"
    steps = estate.store.snapshot(estate.refresh_id).steps()
    assert len(said["steps"]) == len(steps)
    assert ["bedrock.guardrail", "111122223333", "eu-west-2", "gap", 0] in said["steps"]
