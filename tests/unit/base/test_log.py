import logging
from pathlib import Path

from console.base.log import log_to


def test_a_warning_reaches_the_file_and_not_the_terminal(tmp_path: Path, capsys) -> None:
    log_to(tmp_path / "log" / "console.log")
    logging.getLogger("console.somewhere").warning("the tide is %s", "high")
    assert "the tide is high" in (tmp_path / "log" / "console.log").read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")
    for handler in logging.getLogger("console").handlers:
        handler.close()
    logging.getLogger("console").handlers.clear()
