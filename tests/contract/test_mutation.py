"""The list of faults that are planted fits the source it is planted in."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROUPS = {"policy", "controls", "runner", "ledger", "verify", "actuate"}


def loaded():
    spec = importlib.util.spec_from_file_location("mutation", ROOT / "packaging" / "mutation.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MUTATION = loaded()
FAULTS = MUTATION.read_faults()


def test_there_are_a_dozen_of_each() -> None:
    assert Counter(each.group for each in FAULTS) == dict.fromkeys(GROUPS, 12)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.group}-{fault.number}")
def test_it_can_be_planted_and_says_what_it_breaks(fault) -> None:
    source = (ROOT / fault.file).read_text(encoding="utf-8")
    planted = fault.planted(source)
    assert planted != source
    compile(planted, fault.file, "exec")
    assert fault.breaks.endswith(".")
    assert [each for each in fault.tests if not (ROOT / each).exists()] == []


def test_a_source_that_has_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="0 times, not once"):
        FAULTS[0].planted("another source")


def test_what_was_measured_is_of_these_faults_and_each_was_found() -> None:
    measured = json.loads(MUTATION.MEASURED.read_text(encoding="utf-8"))["faults"]
    assert {(each["group"], each["breaks"]) for each in measured} == {
        (each.group, each.breaks) for each in FAULTS
    }
    assert [each["breaks"] for each in measured if not each["found_by"]] == []
