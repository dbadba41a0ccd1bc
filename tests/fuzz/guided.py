"""The coverage-guided fuzzer over the same readers: `python tests/fuzz/guided.py --seconds 120`, or one `--target`.

It needs `atheris` (the extra `fuzz`), which is no part of the locks; without it nothing is fuzzed, and that is said.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

NOT_FUZZED = 75
_LONGEST_INPUT = 40_000
_MOST_MEGABYTES = 3_000
_SLOW_SECONDS = 20
TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]


def one(name: str, seconds: int, corpus: Path) -> None:
    """Fuzz one reader in this process, which ends with it."""
    import atheris  # noqa: PLC0415 - an extra

    with atheris.instrument_imports(include=["console"]):
        from fuzz.targets import TARGETS, answered  # noqa: PLC0415 - instrumented
    target = TARGETS[name]
    for at, seed in enumerate(target.seeds()):
        (corpus / f"seed-{at}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST_INPUT}",
        f"-rss_limit_mb={_MOST_MEGABYTES}",
        f"-timeout={_SLOW_SECONDS}",
        f"-artifact_prefix={corpus.parent}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda content: answered(target, content))
    atheris.Fuzz()


def every(names: Sequence[str], seconds: int) -> int:
    """Fuzz each reader in a process of its own; return how many were found wanting."""
    failed = 0
    for name in names:
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
            corpus = Path(folder) / "corpus"
            corpus.mkdir()
            command = [
                sys.executable,
                __file__,
                "--target",
                name,
                "--seconds",
                str(seconds),
                "--corpus",
                str(corpus),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            said = [line for line in done.stderr.splitlines() if line.startswith(("Done ", "stat::", "#"))]
            print(
                f"{name}: {'nothing found' if done.returncode == 0 else 'FOUND'}; {said[-1] if said else ''}"
            )
            if done.returncode:
                failed += 1
                print(f"{done.stdout[-1500:]}\n{done.stderr[-2500:]}")
                for found in Path(folder).glob("*-*"):
                    if found.is_file():
                        print(f"{found.name}: {found.read_bytes()[:2000]!r}")
    return failed


def main() -> int:
    """Fuzz one reader or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", help="one reader (default: each in turn)")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader (default: 60)")
    parser.add_argument("--corpus", type=Path, help="where inputs are kept; for the program itself")
    options = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("NOT FUZZED with guidance: it needs atheris (`pip install atheris`)")
        return NOT_FUZZED
    if options.target and options.corpus:
        one(options.target, options.seconds, options.corpus)
        return 0
    from fuzz.targets import TARGETS  # noqa: PLC0415 - slow to import

    return 1 if every([options.target] if options.target else list(TARGETS), options.seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
