"""What must hold for every file that is kept."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
TOP_LEVEL = {
    ".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
    "console", "migrations", "noxfile.py", "packaging", "pyproject.toml", "requirements-dev.lock",
    "requirements.lock", "resources", "tests",
}  # fmt: skip


def kept() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return []
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_there_are_locks() -> None:
    assert [lock.name for lock in LOCKS] == ["requirements-dev.lock", "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    requirements = re.findall(r"^[a-z0-9][^\n]*==", text, re.MULTILINE)
    assert requirements
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_locks_agree_on_versions() -> None:
    versions = [dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock.read_text(), re.MULTILINE)) for lock in LOCKS]
    developer, runtime = versions
    assert runtime.items() <= developer.items()


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(each for group in project["optional-dependencies"].values() for each in group),
    ]
    for requirement in wanted:
        if requirement.startswith("bedrock-console"):
            continue
        (line,) = {line.strip() for line in text.splitlines() if line.strip().startswith(f'"{requirement}"')}
        assert re.search(r"#\s*\w+", line), f"{requirement} has no reason beside it"


def test_qt_is_pinned_to_a_release_that_does_not_abort() -> None:
    for lock in LOCKS:
        assert re.search(r"^pyside6-essentials==6\.11\.3", lock.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_top_level_holds_what_it_should() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in kept()} <= TOP_LEVEL


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    pattern = re.compile(rb"(?<![\w.])/(?:home|root|Users)/[a-z]\w+/|[A-Z]:\\\\Users\\\\\w+")
    assert [str(path) for path in kept() if pattern.search(path.read_bytes())] == []


def test_no_file_is_large() -> None:
    assert [str(path) for path in kept() if path.stat().st_size > 2 * 2**20] == []
