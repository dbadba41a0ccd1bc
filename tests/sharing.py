"""What takes long is made once for all workers of a run of the tests, and each worker works on a copy."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

_MEASURED = "COVERAGE_PROCESS_"


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a copy, of this worker alone, of a folder that `make` fills for the worker that comes first.

    The others wait for it. A try that fails is made anew by the next.
    """
    whole_run = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder, done = whole_run / f"once-{name}", whole_run / f"once-{name}.done"
    with FileLock(whole_run / f"once-{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return Path(shutil.copytree(folder, factory.mktemp(name), dirs_exist_ok=True))


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a child whose coverage nobody reads: measuring makes Python slower."""
    return {name: value for name, value in environment.items() if not name.startswith(_MEASURED)}


def measured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which a child's coverage is measured as this process's is."""
    own = {name: value for name, value in os.environ.items() if name.startswith(_MEASURED)}
    return {**environment, **own}
