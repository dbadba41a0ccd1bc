import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.base.log import log_to, note, note_error
from console.base.settings import SettingsError

SECRET = "AKIAPLANTED"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    log_to(tmp_path / "log" / "console.log")
    yield tmp_path / "log" / "console.log"
    for handler in logging.getLogger("console").handlers:
        handler.close()
    logging.getLogger("console").handlers.clear()


def test_what_happened_reaches_the_file_and_not_the_terminal(log: Path, capsys) -> None:
    note("refresh ended", facts=3)
    note_error(SettingsError(SECRET))
    said = log.read_text(encoding="utf-8")
    assert "refresh ended facts=3" in said
    assert "refused BAS-001" in said
    assert SECRET not in said
    assert capsys.readouterr() == ("", "")


def test_of_an_error_its_kind_and_place_are_kept_and_not_its_words(log: Path) -> None:
    try:
        int(SECRET)
    except ValueError as error:
        note_error(error)
    note_error(KeyError(SECRET))
    said = log.read_text(encoding="utf-8")
    assert "ValueError\n  test_log.py:" in said
    assert "KeyError" in said
    assert SECRET not in said


def test_without_a_place_for_it_there_is_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log_to(tmp_path / "file" / "console.log")
    note("nothing")
