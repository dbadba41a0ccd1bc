"""Running the command line as a user does, with a window that draws nothing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.bootstrap import Parts
from console.cli.base import Front
from console.cli.main import run

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def take_pictures(parts: Parts, folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True)
    made = folder / "overview.png"
    made.write_bytes(b"picture")
    return (made,)


FRONT = Front(open_window=lambda _: 0, take_pictures=take_pictures, pages=lambda: ("overview",))


def command(
    *arguments: str, store: Path | None = None, answers: Sequence[str] = (PASSPHRASE, PASSPHRASE)
) -> Ran:
    """Run one command; `answers` are typed at prompts, in turn."""
    out, err = io.StringIO(), io.StringIO()
    left = list(answers)
    place = ["--store", str(store)] if store else []
    code = run([*place, *arguments], FRONT, environment={}, streams=(out, err), ask=lambda _: left.pop(0))
    return Ran(code, out.getvalue(), err.getvalue())
