"""The document is held to the parts of NIST's model that it uses: members, states, names, and UUIDs that resolve."""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.domain.finding import Verdict
from console.reports import layout
from unit.reports.estate import CONTROLS, Estate, judge, make_store, refresh
from unit.reports.tampering import PAYLOAD, Made

TOKEN = re.compile(r"[^\W\d][\w.\-]*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
KNOWN = {
    "assessment-results": {"uuid", "metadata", "import-ap", "results", "back-matter"},
    "metadata": {"title", "last-modified", "version", "oscal-version"},
    "result": {"uuid", "title", "description", "start", "end", "reviewed-controls", "observations", "findings"},
    "observation": {
        "uuid", "title", "description", "props", "methods", "types", "subjects", "relevant-evidence", "collected",
    },
    "finding": {"uuid", "title", "description", "target", "related-observations"},
}  # fmt: skip


def document(made: Made) -> dict[str, Any]:
    return json.loads(made.files[f"{PAYLOAD}{layout.OSCAL}"])["assessment-results"]


@pytest.fixture
def said(made: Made) -> dict[str, Any]:
    return document(made)


@pytest.fixture
def result(said: dict[str, Any]) -> dict[str, Any]:
    (only,) = said["results"]
    return only


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Estate]:
    with make_store(tmp_path) as store:
        refresh_id = refresh(store, {})
        yield Estate(store, tmp_path, refresh_id, judge(store, refresh_id))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        assert value, "OSCAL allows no empty list"
        for each in value:
            yield from strings(each)


def uuids(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "uuid")
        for each in value.values():
            yield from uuids(each)
    elif isinstance(value, list):
        for each in value:
            yield from uuids(each)


def test_it_has_the_models_members_and_no_others(said: dict[str, Any], result: dict[str, Any]) -> None:
    assert set(said) == KNOWN["assessment-results"]
    assert set(said["metadata"]) == KNOWN["metadata"]
    assert set(result) == KNOWN["result"]
    for each in result["observations"]:
        assert set(each) == KNOWN["observation"]
        assert each["methods"] == ["TEST"]
    for each in result["findings"]:
        assert set(each) <= KNOWN["finding"]


def test_texts_are_something_without_space_round_them(said: dict[str, Any]) -> None:
    for each in strings(said):
        assert each == each.strip() != ""
        assert each.isprintable()


def test_uuids_are_unique_and_references_resolve(said: dict[str, Any], result: dict[str, Any]) -> None:
    found = list(uuids(said))
    assert len(found) == len(set(found))
    assert {uuid.UUID(each).version for each in found} == {5}
    assert said["import-ap"]["href"].removeprefix("#") == said["back-matter"]["resources"][0]["uuid"]
    observed = {each["uuid"] for each in result["observations"]}
    related = {
        each["observation-uuid"]
        for finding in result["findings"]
        for each in finding.get("related-observations", ())
    }
    assert related == observed


def test_times_and_names_have_their_form(result: dict[str, Any]) -> None:
    for each in (result["start"], result["end"], *(each["collected"] for each in result["observations"])):
        assert MOMENT.fullmatch(each)
    (selection,) = result["reviewed-controls"]["control-selections"]
    named = [each["control-id"] for each in selection["include-controls"]]
    assert named == [control.id for control in CONTROLS]
    for each in (*named, *(each["name"] for o in result["observations"] for each in o["props"])):
        assert TOKEN.fullmatch(each)


def test_a_control_is_satisfied_only_by_passes_and_unknown_is_not_satisfied(
    result: dict[str, Any], estate: Estate
) -> None:
    verdicts: dict[str, set[Verdict]] = {}
    for each in estate.assessment.findings:
        verdicts.setdefault(each.control_id, set()).add(each.verdict)
    for each in result["findings"]:
        status, seen = each["target"]["status"], verdicts[each["target"]["target-id"]]
        if Verdict.FAIL in seen:
            assert (status["state"], status["reason"]) == ("not-satisfied", "fail")
        else:
            assert Verdict.UNKNOWN in seen
            assert (status["state"], status["reason"]) == ("not-satisfied", "other")


def only(estate: Estate, *verdicts: Verdict) -> dict[str, Any]:
    """Export with the findings of some verdicts alone."""
    kept = tuple(each for each in estate.assessment.findings if each.verdict in verdicts)
    changed = replace(estate.assessment, findings=kept)
    name = f"{'-'.join(verdicts).replace(' ', '-')}.zip"
    made = Estate(estate.store, estate.folder, estate.refresh_id, changed).export(name)
    (found,) = document(Made.of(made.path, estate.folder))["results"]
    return found


def test_what_passes_is_satisfied_and_what_applies_nowhere_has_no_finding(estate: Estate) -> None:
    found = only(estate, Verdict.PASS, Verdict.NOT_APPLICABLE)
    assert "observations" not in found
    passed = {each.control_id for each in estate.assessment.findings if each.verdict is Verdict.PASS}
    assert {each["target"]["target-id"] for each in found["findings"]} == passed
    assert {each["target"]["status"]["state"] for each in found["findings"]} == {"satisfied"}
    assert "findings" not in only(estate, Verdict.NOT_APPLICABLE)


def test_evidence_is_named_by_file_and_line(result: dict[str, Any], made: Made) -> None:
    for observation in result["observations"]:
        for each in observation["relevant-evidence"]:
            file = made.files[f"{PAYLOAD}{each['href'].removeprefix('../')}"]
            number, line = re.fullmatch(
                r"Observation (\d+), line (\d+) of the file\.", each["description"]
            ).groups()
            assert f'"sequence":{number},'.encode() in file.splitlines()[int(line) - 1]


def test_an_answer_that_rests_on_nothing_names_no_evidence(bare: Estate, tmp_path: Path) -> None:
    unknown = [each for each in bare.assessment.findings if not each.evidence]
    assert unknown
    (found,) = document(Made.of(bare.export().path, tmp_path))["results"]
    assert all("relevant-evidence" not in each for each in found["observations"])
