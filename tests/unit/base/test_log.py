import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from console.base.log import log_to, note, note_error
from console.base.settings import SettingsError

SECRET = "AKIAPLANTED"


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


def test_a_log_that_goes_elsewhere_closes_the_file_it_leaves(log: Path, tmp_path: Path) -> None:
    note("here")
    (left,) = (
        each for each in logging.getLogger("console").handlers if isinstance(each, RotatingFileHandler)
    )
    log_to(tmp_path / "elsewhere" / "console.log")
    note("there")
    assert left.stream is None
    assert "there" not in log.read_text(encoding="utf-8")


@pytest.mark.usefixtures("log")
def test_without_a_place_for_it_there_is_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log_to(tmp_path / "file" / "console.log")
    note("nothing")
