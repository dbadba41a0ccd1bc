"""What holds for the claims, for everything that names one, and for every framework."""

import re
from pathlib import Path

import pytest

from console.base.settings import PolicySettings
from console.controls.base import Control, assess_all
from console.controls.claims import serving
from console.controls.frameworks import Framework
from console.services.assess import discover_controls
from console.services.catalogues import claim_catalogue, frameworks
from unit.ui.estate import snapshot

CATALOGUE = claim_catalogue()
IDS = [claim.id for claim in CATALOGUE.claims]
HASH = re.compile(r"[0-9a-f]{64}")
ROOT = Path(__file__).resolve().parents[2]


def test_there_is_a_claim_for_each_sentence() -> None:
    assert [f"S{number:02d}" for number in range(1, 40)] == IDS


def test_a_claim_carries_our_words_and_a_hash() -> None:
    for claim in CATALOGUE.claims:
        assert claim.words.endswith("."), claim.id
        assert claim.heading, claim.id
        assert HASH.fullmatch(claim.line_sha256), claim.id
        assert not claim.reality or claim.reality.endswith("."), claim.id
    lines = [claim.line_sha256 for claim in CATALOGUE.claims] + list(CATALOGUE.other_lines)
    assert len(set(lines)) == len(lines)
    assert HASH.fullmatch(CATALOGUE.text_sha256)
    assert HASH.fullmatch(CATALOGUE.file_sha256)


def test_a_claim_is_found_by_its_id() -> None:
    assert CATALOGUE.claim("S15") is not None
    assert CATALOGUE.claim("S99") is None


@pytest.mark.parametrize("control", discover_controls(), ids=lambda control: control.id)
def test_a_control_bears_on_claims_that_are_there(control: Control) -> None:
    assert set(control.claims) <= set(IDS)
    assert len(set(control.claims)) == len(control.claims)


def test_controls_are_found_by_claim() -> None:
    found = serving(discover_controls())
    assert "BR-RET-001" in {control.id for control in found["S22"]}


@pytest.mark.parametrize("framework", frameworks(), ids=lambda framework: framework.id)
def test_a_framework_says_by_what_right_it_is_here(framework: Framework) -> None:
    assert framework.version
    assert framework.licence
    assert framework.source.startswith("https://")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", framework.retrieved)
    assert framework.scope.endswith(".")
    if "Open Government" in framework.licence:
        assert "Open Government Licence v3.0" in framework.attribution
        assert framework.attribution.startswith("© Crown copyright")
    ids = [entry.id for entry in framework.entries]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("framework", frameworks(), ids=lambda framework: framework.id)
def test_an_entry_is_mapped_to_claims_that_are_there(framework: Framework) -> None:
    for entry in framework.entries:
        assert set(entry.claims) <= set(IDS), entry.id
        assert entry.title, entry.id


def test_all_that_was_asked_for_is_there() -> None:
    assert {each.id: len(each.entries) for each in frameworks()} == {
        "ai-playbook": 10,
        "csa-aicm": 18,
        "cyber-essentials": 6,
        "dsit-ai-cyber": 13,
        "iso-27001": 93,
        "iso-27018": 3,
        "ncsc-caf": 41,
        "ncsc-csp": 19,
        "uk-gdpr": 17,
    }


def test_a_title_of_our_own_is_short() -> None:
    ours = [each for each in frameworks() if "short titles" in each.licence]
    assert len(ours) == 3
    for framework in ours:
        assert all(len(entry.title.split()) <= 8 for entry in framework.entries)


def test_findings_have_one_identity_each_so_that_they_can_be_followed() -> None:
    findings = list(assess_all(discover_controls(), snapshot(), PolicySettings()))
    assert len({each.identity for each in findings}) == len(findings)
    again = list(assess_all(discover_controls(), snapshot(), PolicySettings()))
    assert [each.identity for each in again] == [each.identity for each in findings]
