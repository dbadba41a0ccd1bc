"""Plant faults in a copy of the tree, one at a time, and hold the narrow tests to finding each of them.

`tests/mutation/faults.toml` lists them: exact edits, each with a sentence that says what it breaks. An edit whose text
is not in the source exactly once is refused, so the list cannot rot. What was measured goes into the help.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FAULTS = ROOT / "tests" / "mutation" / "faults.toml"
MEASURED = ROOT / "tests" / "mutation" / "measured.json"
COPIED = ("console", "tests", "resources", "migrations", "packaging", "pyproject.toml", "README.md")
LONGEST_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One edit."""

    group: str
    number: int
    file: str
    old: str
    new: str
    breaks: str
    tests: tuple[str, ...]

    def planted(self, source: str) -> str:
        """Return a source with the fault in it; raise `ValueError` if the source is another one by now."""
        if source.count(self.old) != 1:
            raise ValueError(f"{self.file} holds this {source.count(self.old)} times, not once: {self.old!r}")
        return source.replace(self.old, self.new)


def read_faults() -> list[Fault]:
    """Return every fault of the list."""
    groups = tomllib.loads(FAULTS.read_text(encoding="utf-8"))
    return [
        Fault(
            group=name,
            number=number,
            file=each["file"],
            old=each["old"],
            new=each["new"],
            breaks=each["breaks"],
            tests=tuple(each.get("tests", group["tests"])),
        )
        for name, group in groups.items()
        for number, each in enumerate(group["fault"], 1)
    ]


def titles() -> Mapping[str, str]:
    """Return the groups' names for people."""
    groups = tomllib.loads(FAULTS.read_text(encoding="utf-8"))
    return {name: group["title"] for name, group in groups.items()}


def found_by(fault: Fault, tree: Path) -> str:
    """Plant a fault, run its tests, take it out again; return the test that found it, or nothing."""
    file = tree / fault.file
    source = file.read_text(encoding="utf-8")
    file.write_text(fault.planted(source), encoding="utf-8")
    try:
        return _first_failure(fault.tests, tree)
    finally:
        file.write_text(source, encoding="utf-8")


def _first_failure(tests: Sequence[str], tree: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n",
        "0",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    command += ["-m", "not nightly", "--no-header", "--tb=line", *tests]
    own = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    own["CI"] = "true"  # Hypothesis then has no deadlines, which a busy machine would miss without any fault
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "the tests did not end"
    if done.returncode == 0:
        return ""
    named = [
        line.split(" ")[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))
    ]
    if not named:
        raise RuntimeError(
            f"pytest ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return named[0]


def copied(to: Path) -> Path:
    """Copy the tree."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, to / name, ignore=shutil.ignore_patterns("__pycache__", "_resources", "_migrations")
            )
        else:
            shutil.copy(source, to / name)
    return to


def measure(faults: Sequence[Fault], tree: Path) -> Iterator[dict[str, Any]]:
    """Yield what came of each fault; the unchanged tree must pass first."""
    for tests in dict.fromkeys(each.tests for each in faults):
        if failed := _first_failure(tests, tree):
            raise RuntimeError(f"{failed} fails without any fault")
    for fault in faults:
        test = found_by(fault, tree)
        print(f"{fault.group} {fault.number}: {test or 'SURVIVED: ' + fault.breaks}", flush=True)
        yield {"group": fault.group, "breaks": fault.breaks, "file": fault.file, "found_by": test}


def page(measured: Mapping[str, Any]) -> str:
    """Return the report in Markdown."""
    said = measured["faults"]
    lost = [each for each in said if not each["found_by"]]
    lines = [
        "# Planted faults",
        "",
        f"Written from what `nox -s mutation` measured on {measured['measured']}. Each fault was planted alone in a",
        "copy of the program, and the test named beside it found it.",
        "",
        f"**{len(said)} faults planted, {len(said) - len(lost)} found, {len(lost)} not found.**",
        "",
    ]
    for name, title in titles().items():
        lines += [f"## {title}", "", "| what the fault breaks | found by |", "| --- | --- |"]
        lines += [
            f"| {each['breaks']} | {_test(each['found_by'])} |" for each in said if each["group"] == name
        ]
        lines.append("")
    return "\n".join(lines)


def _test(named: str) -> str:
    if not named:
        return "**nothing**"
    file, _, test = named.partition("::")
    return (
        f"{Path(file).name}: {test.partition('[')[0].removeprefix('test_').replace('_', ' ')}"
        if test
        else named
    )


def main() -> int:
    """Measure some groups or all, and keep what was measured beside what was before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", help="of which the faults are planted (default: all)")
    parser.add_argument(
        "--unfound", action="store_true", help="plant only what no test found when it was last planted"
    )
    options = parser.parse_args()
    before = measured()
    faults = [
        each
        for each in read_faults()
        if (not options.groups or each.group in options.groups)
        and not (options.unfound and before.get((each.group, each.breaks), {}).get("found_by"))
    ]
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        found = list(measure(faults, copied(Path(folder))))
    survived = [each for each in found if not each["found_by"]]
    print(f"{len(found)} planted, {len(survived)} not found")
    now = before | {(each["group"], each["breaks"]): each for each in found}
    keys = [(each.group, each.breaks) for each in read_faults()]
    said = {
        "measured": datetime.now(UTC).date().isoformat(),
        "faults": [now[key] for key in keys if key in now],
    }
    MEASURED.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return 1 if survived else 0


def measured() -> dict[tuple[str, str], dict[str, Any]]:
    """Return what came of each fault when it was last planted."""
    said = json.loads(MEASURED.read_text(encoding="utf-8"))["faults"] if MEASURED.exists() else []
    return {(each["group"], each["breaks"]): each for each in said}


if __name__ == "__main__":
    sys.exit(main())
