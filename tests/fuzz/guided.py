"""The coverage-guided fuzzer over the same readers: `python tests/fuzz/guided.py --seconds 120`, or one `--target`.

Each reader has a process of its own, which is ended when its time is over. It goes on from the inputs that earlier runs
kept (`FUZZ_CORPUS`, or a folder in the user's cache). It needs `atheris` (the extra `fuzz`), which is no part of the
locks; without it nothing is fuzzed, and that is said.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NOT_FUZZED = 75
_LEAST_INPUT = 40_000
_MOST_MEGABYTES = 3_000
_SLOW_SECONDS = 60
_START_SECONDS = 240
"""What a process may take beside its time: to instrument the program, read kept inputs, and end the last one."""
_STATUS = re.compile(
    r"^#(\d+)\s+(?:DONE|pulse|REDUCE|NEW|INITED|RELOAD).*?cov: (\d+).*?corp: (\d+)/", re.MULTILINE
)
TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from fuzz.keeping import SEED, keep, kept_inputs  # noqa: E402 - after the path is known


def one(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one reader in this process, which ends with it."""
    import atheris  # noqa: PLC0415 - an extra

    with atheris.instrument_imports(include=["console"]):
        from fuzz.targets import TARGETS, answered  # noqa: PLC0415 - instrumented
    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = target.seeds()
    for at, seed in enumerate(seeds):
        (corpus / f"seed-{at}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={max(_LEAST_INPUT, *(len(seed) + 4_096 for seed in seeds))}",
        f"-rss_limit_mb={_MOST_MEGABYTES}",
        f"-timeout={_SLOW_SECONDS}",
        f"-seed={SEED % 2**32}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]

    def read(content: bytes) -> None:
        answered(target, content)

    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


@dataclass(frozen=True)
class Guided:
    """What came of one reader."""

    inputs: int
    """Inputs that were tried."""
    edges: int
    """Branches of the program that some input took, as the fuzzer counts them."""
    kept: int
    """Inputs that each took a way of its own."""
    found: tuple[str, ...]
    """What was wrong; empty if nothing was."""


def guided(name: str, seconds: int) -> Guided:
    """Fuzz one reader in a process of its own."""
    folder = kept_inputs() / name
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.glob("*-*"))
    log = folder / "log"
    command = [sys.executable, __file__, "--child", "--target", name, "--seconds", str(seconds)]
    found = []
    with log.open("wb") as stream:
        try:
            code = subprocess.run(
                command,
                stdout=stream,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=seconds + _START_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            found.append(f"did not end within {seconds + _START_SECONDS} s")
            code = 0
    said = log.read_text(encoding="utf-8", errors="replace")
    if code:
        found += [str(each) for each in sorted(set(folder.glob("*-*")) - before)] or [f"ended with {code}"]
        print(said[-4000:])
    told = _STATUS.findall(said)
    inputs, edges, kept = (int(each) for each in told[-1]) if told else (0, 0, 0)
    if not inputs and not found:
        found.append("tried nothing")
    return Guided(inputs, edges, kept, tuple(found))


def main() -> int:
    """Fuzz one reader or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", help="one reader (default: each in turn)")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader (default: 60)")
    parser.add_argument("--child", action="store_true", help="for the program itself")
    options = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("NOT FUZZED with guidance: it needs atheris (`pip install atheris`)")
        return NOT_FUZZED
    if options.child:
        one(options.target, options.seconds, kept_inputs() / options.target)
        return 0
    from fuzz.targets import TARGETS  # noqa: PLC0415 - slow to import

    failed = 0
    for name in [options.target] if options.target else TARGETS:
        came = guided(name, options.seconds)
        failed += bool(came.found)
        words = "; ".join(came.found) or "nothing found"
        print(
            f"{name}: {came.inputs:,} inputs, {came.edges:,} branches, {came.kept:,} kept: {words}",
            flush=True,
        )
        said = {"seconds": options.seconds, "inputs": came.inputs, "branches": came.edges, "kept": came.kept}
        keep("guided", name, {**said, "found": list(came.found)})
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
