"""`pictures`, as far as it goes without a department; the window's tests draw what it draws."""

import pytest

from unit.cli.running import command


def test_it_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        command("pictures")
    assert refused.value.code == 2
    assert "DIR" in capsys.readouterr().err
