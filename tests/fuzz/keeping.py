"""What fuzzing keeps: inputs outside the checkout, so that a run goes on from where the last ended, and its figures."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from console.base.clock import stamp, system_clock

SEED = int(os.environ.get("FUZZ_SEED", "20261130"))


def kept_inputs() -> Path:
    """Return the folder of inputs that were worth keeping: `FUZZ_CORPUS`, or one in the user's cache."""
    named = os.environ.get("FUZZ_CORPUS")
    return Path(named or platformdirs.user_cache_dir("bedrock-console-fuzz", appauthor=False))


def keep(part: str, reader: str, said: Mapping[str, object]) -> None:
    """Keep the figures of a reader in the file `FUZZ_RESULT`, if it is wanted; those of other readers stay."""
    name = os.environ.get("FUZZ_RESULT")
    if not name:
        return
    file = Path(name)
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    held["seed"] = SEED
    held.setdefault(part, {})[reader] = {"measured": stamp(system_clock())[:10], **said}
    file.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")
