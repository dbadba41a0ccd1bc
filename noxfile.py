"""The developer's one command: `nox` runs what a change must pass; `nox --list` shows the rest.

Sessions use the environment they are started from (`python3 packaging/run.py test` makes it).
"""

import os
import sys
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["style", "types", "imports", "tests"]
nox.options.stop_on_first_error = True

PYTHON = sys.executable
ROOT = Path(__file__).parent
CODE = ("console", "tests", "packaging", "migrations", "noxfile.py")
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "random"}
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "pycache")}
"""Tests start hundreds of Pythons: modules are compiled once, and beside the environment, not in the tree."""


def run(session: nox.Session, *command: str, **environment: str) -> None:
    """Run a module of this environment's Python."""
    session.run(
        PYTHON, "-m", *command, env={**os.environ, **OFFSCREEN, **COMPILED, **environment}, external=True
    )


@nox.session
def style(session: nox.Session) -> None:
    """Check rules and format."""
    run(session, "ruff", "check", *CODE)
    run(session, "ruff", "format", "--check", *CODE)


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    run(session, "mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check the layers."""
    session.run(str(Path(PYTHON).with_name("lint-imports")), external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests but the nightly ones, in random order, with a coverage report.

    Three at once on two cores: many wait for a child process or a time-out.
    """
    chosen = session.posargs or ["-m", "not nightly", "-n", "3", "--dist", "worksteal"]
    run(session, "coverage", "erase")
    run(session, "coverage", "run", "-m", "pytest", *chosen)
    if not session.posargs:
        run(session, "coverage", "combine", "--quiet")
        run(session, "coverage", "report", "--skip-covered", "--skip-empty")
        exact = (Path(__file__).parent / "tests" / "exact_coverage.txt").read_text(encoding="utf-8").split()
        run(
            session,
            "coverage",
            "report",
            f"--include={','.join(exact)}",
            "--fail-under=100",
            "--show-missing",
        )


@nox.session
def nightly(session: nox.Session) -> None:
    """Run the slow proofs, the campaign and the planted faults among them; show properties ten times the examples."""
    chosen = ["-m", "nightly or hypothesis", "--ignore=tests/campaign", *session.posargs]
    run(session, "pytest", *chosen, HYPOTHESIS_PROFILE="nightly")
    for each in ("campaign", "mutation", "fuzz", "audit"):
        session.notify(each)


@nox.session
def campaign(session: nox.Session) -> None:
    """Kill, starve and disturb everything that writes, keep what came of it, and write its table into the help."""
    chosen = {"CAMPAIGN_FORM": "long", "CAMPAIGN_SEED": os.environ.get("CAMPAIGN_SEED", "20261130")}
    result = str(ROOT / "tests" / "campaign" / "measured.json")
    arguments = session.posargs or ["-n", "0", "-p", "no:randomly", "tests/campaign"]
    run(session, "pytest", *arguments, CAMPAIGN_RESULT=result, **chosen)
    session.run(PYTHON, "packaging/documents.py", external=True)


@nox.session
def mutation(session: nox.Session) -> None:
    """Plant faults in a copy of the tree, one at a time, and hold the tests to finding each."""
    session.run(PYTHON, "packaging/mutation.py", *session.posargs, external=True)
    session.run(PYTHON, "packaging/documents.py", external=True)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Feed anything to whatever reads files of others, each reader for so many seconds, and write what came of it.

    Inputs are made up, and then guided by coverage if `atheris` is there. Both go on from where the last run ended
    (`FUZZ_CORPUS`). `nox -s fuzz -- 600` gives each ten minutes of each, in place of two.
    """
    seconds = session.posargs[0] if session.posargs else "120"
    kept = {"FUZZ_SECONDS": seconds, "FUZZ_RESULT": str(ROOT / "tests" / "fuzz" / "measured.json")}
    run(session, "pytest", "-n", "0", "-p", "no:randomly", "tests/fuzz", **kept)
    guided = (PYTHON, "tests/fuzz/guided.py", "--seconds", seconds)
    session.run(*guided, env={**os.environ, **kept}, external=True, success_codes=[0, 75])
    session.run(PYTHON, "packaging/documents.py", external=True)


@nox.session
def audit(session: nox.Session) -> None:
    """Ask PyPI's advisories about every locked dependency; needs the network, and `pip-audit`."""
    session.run(PYTHON, "packaging/audit.py", external=True, success_codes=[0, 75])


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Print figures beside the machine's floor; `nox -s benchmarks -- store refresh` runs some of them."""
    folder = ROOT / "tests" / "benchmarks"
    names = [path.stem.removeprefix("bench_") for path in sorted(folder.glob("bench_*.py"))]
    chosen = [name for name in session.posargs if name in names]
    rest = [argument for argument in session.posargs if argument not in names]
    for name in chosen or names:
        session.log(f"benchmark {name}")
        environment = {**os.environ, **OFFSCREEN, "PYTHONPATH": str(ROOT / "tests")}
        session.run(PYTHON, str(folder / f"bench_{name}.py"), *rest, env=environment, external=True)


@nox.session
def documents(session: nox.Session) -> None:
    """Write the generated documents anew: control catalogue, permissions, command help."""
    session.run(PYTHON, "packaging/documents.py", external=True)


@nox.session
def pictures(session: nox.Session) -> None:
    """Draw the help's pictures anew, on the invented department."""
    kept = ROOT / "resources" / "help" / "pictures"
    with TemporaryDirectory() as folder:
        run(session, "console", "pictures", folder)
        for picture in sorted(kept.glob("*.png")):
            copyfile(Path(folder) / picture.name, picture)


@nox.session
def build(session: nox.Session) -> None:
    """Build the wheel, install it elsewhere and run its self-test."""
    session.run(PYTHON, "packaging/selftest.py", *session.posargs, external=True)


@nox.session
def bundle(session: nox.Session) -> None:
    """Build what laptops without Python take, into `dist`; `-- --twice` builds again and says what differs."""
    session.run(PYTHON, "packaging/bundle.py", *session.posargs, external=True)
