"""Every threat on the page names tests, and each of them is there and is run."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "resources" / "help" / "threats.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if re.match(r"\| [STRIDE] \|", line)
]
_NAMED = re.compile(r"\*([^*]+)\* \(`([\w/]+\.py)`\)")


def named_in(text: str) -> list[str]:
    """Return the tests that a text names, by what each shows and its file."""
    return [f"tests/{file}::test_{'_'.join(said.split())}" for said, file in _NAMED.findall(text)]


def test_all_six_kinds_of_threat_are_thought_of() -> None:
    assert {row[0].strip("| ") for row in ROWS} == set("STRIDE")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_each_names_what_holds_and_a_test(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
    assert named_in(row[3])


def test_every_test_that_is_named_is_collected() -> None:
    named = sorted(set(named_in(PAGE)))
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-m", "not nightly", *named]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    collected = {line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line}
    assert set(named) <= collected


def audit_module():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("raise SystemExit(0)", 0),
        ("print('Found 2 known vulnerabilities in 1 package'); raise SystemExit(1)", 1),
        ("raise SystemExit('No module named pip_audit')", 75),
        ("raise OSError('Name or service not known')", 75),
    ],
)
def test_an_audit_that_could_not_be_made_is_said_to_be_none(
    script: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = audit_module()
    tool = (sys.executable, "-c", f"import sys; {script}")
    assert audit.audit(ROOT / "requirements.lock", tool) == code
    assert ("NOT AUDITED" in capsys.readouterr().out) == (code == audit.NOT_AUDITED)
