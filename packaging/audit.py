"""Ask PyPI's advisories about every locked dependency, by its exact version and hash.

That needs the network and the program `pip-audit`, which is no part of the locks. Where either is missing nothing was
audited, and that is said and ends with another code than a clean audit: what was not looked at is not safe.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
CLEAN, FOUND, NOT_AUDITED = 0, 1, 75
TOOL = (sys.executable, "-m", "pip_audit")
_FOUND = "known vulnerabilit"


def audit(lock: Path, tool: Sequence[str] = TOOL) -> int:
    """Audit one lock; return `CLEAN`, `FOUND` or `NOT_AUDITED`, and print why."""
    command = [
        *tool,
        "--requirement",
        str(lock),
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = f"{done.stdout}{done.stderr}".strip()
    if done.returncode == 0:
        print(f"{lock.name}: {said or 'nothing is known against any of it'}")
        return CLEAN
    if _FOUND in said:
        print(f"{lock.name}: {said}")
        return FOUND
    print(
        f"{lock.name}: NOT AUDITED. It needs the network and pip-audit (`pip install pip-audit`): {said[-300:]}"
    )
    return NOT_AUDITED


def main() -> int:
    """Audit every lock; what was found counts more than what could not be asked."""
    results = {audit(ROOT / name) for name in LOCKS}
    return FOUND if FOUND in results else NOT_AUDITED if NOT_AUDITED in results else CLEAN


if __name__ == "__main__":
    sys.exit(main())
