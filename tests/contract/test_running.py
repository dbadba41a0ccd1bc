"""How the tests are run: each once, the long ones first, and what takes long to make made once."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealing import dealt
from sharing import made_once, measured, unmeasured

MODULES = [Path(each) for each in ("journeys/test_a.py", "journeys/test_b.py", "unit/test_c.py")]
BUNDLE = Path("journeys/test_bundle.py")


@given(st.lists(st.sampled_from([*MODULES, BUNDLE]), max_size=60), st.integers(1, 4))
def test_each_test_is_dealt_once_and_the_bundle_s_first(files: list[Path], workers: int) -> None:
    tests = list(enumerate(files))
    order = dealt(tests, workers, lambda each: each[1])
    assert sorted(order) == tests
    assert BUNDLE not in files or order[0][1] == BUNDLE


def test_each_worker_begins_with_what_takes_long() -> None:
    tests = [*[(at, MODULES[2]) for at in range(30)], (30, MODULES[0]), (31, MODULES[1]), (32, BUNDLE)]
    order = dealt(tests, 3, lambda each: each[1])
    assert {order[at][1] for at in (0, 11, 22)} == {MODULES[0], MODULES[1], BUNDLE}


def test_what_was_made_is_not_made_again_and_each_has_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw7")
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        if len(made) == 1:
            (folder / "half").touch()
            raise OSError("in vain")
        (folder / "whole").touch()

    class Factory:
        def __init__(self, name: str) -> None:
            self.own = tmp_path / name
            self.own.mkdir()

        def getbasetemp(self) -> Path:
            return self.own

        def mktemp(self, name: str) -> Path:
            (self.own / name).mkdir()
            return self.own / name

    first, second = Factory("gw7"), Factory("gw8")
    with pytest.raises(OSError, match="in vain"):
        made_once(first, "thing", make)  # type: ignore[arg-type]
    copies = [made_once(each, "thing", make) for each in (first, second)]  # type: ignore[arg-type]
    assert len(made) == 2
    assert copies == [first.own / "thing", second.own / "thing"]
    assert [[file.name for file in each.iterdir()] for each in copies] == [["whole"]] * 2


def test_only_what_is_measured_is_told_to_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_PROCESS_CONFIG", "c")
    assert "COVERAGE_PROCESS_CONFIG" not in unmeasured(os.environ)
    assert measured({"HOME": "h"}) == {"HOME": "h", "COVERAGE_PROCESS_CONFIG": "c"}
