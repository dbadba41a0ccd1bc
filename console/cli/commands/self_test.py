"""`bedrock-console self-test`: prove that this build is whole, on this machine."""

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from console.base.errors import ConsoleError
from console.base.paths import user_data, user_settings
from console.base.registry import discover
from console.bootstrap import Parts, throw_away_parts
from console.cli.base import DONE, FOUND, Command, Invocation
from console.services import declared

TEACHING = """\
It counts what this build should have, makes an encrypted store, migrates it, refreshes and judges one invented account,
signs and verifies a pack, draws every page without a screen, opens the demonstration, and verifies the store. Nothing
outside a temporary folder is touched and nothing is contacted.
"""


class SelfTestError(ConsoleError):
    """A part of the self-test did not hold."""

    code = "CLI-003"
    remedy = "Install this version again; if it fails again, report the line above."


def add_arguments(_: ArgumentParser) -> None:
    """Declare nothing: the test is the same everywhere."""


def run(invocation: Invocation) -> int:
    """Run every part; 1 if any did not hold."""
    out = invocation.out
    out.write(f"store     {invocation.place.store or user_data()}\n")
    out.write(f"settings  {invocation.place.settings or user_settings()}\n")
    held = True
    with (
        throw_away_parts(invocation.place, environment=invocation.environment) as parts,
        tempfile.TemporaryDirectory() as folder,
    ):
        for name, part in _parts(invocation, parts, Path(folder)):
            try:
                out.write(f"pass      {name}: {part()}\n")
            except ConsoleError as error:
                held = False
                out.write(f"FAIL      {name}: {error} ({error.code})\n")
    return DONE if held else FOUND


def _parts(invocation: Invocation, parts: Parts, folder: Path) -> list[tuple[str, Callable[[], str]]]:
    return [
        ("declarations", lambda: _declarations(invocation)),
        ("migration", lambda: _migration(parts)),
        ("refresh and judge", lambda: _refresh(parts)),
        ("pack", lambda: _pack(parts, folder)),
        ("pages", lambda: _pages(invocation, parts, folder)),
        ("demonstration", _demonstration),
        ("store", lambda: _store(parts)),
    ]


def _declarations(invocation: Invocation) -> str:
    found = {
        **declared.declared(),
        "commands": [command.name for command in discover("console.cli.commands", "COMMAND", Command)],
        "pages": list(invocation.front.pages()),
    }
    missing = declared.missing(found)
    if missing:
        raise SelfTestError(f"this build lacks {', '.join(missing)}")
    return ", ".join(f"{len(names)} {sort}" for sort, names in found.items())


def _migration(parts: Parts) -> str:
    told = parts.about_store()
    return f"an encrypted store (SQLCipher {told.cipher}) brought to schema {told.revision} in {told.revisions} steps"


def _refresh(parts: Parts) -> str:
    parts.exercise()
    latest = parts.latest()
    if latest is None:
        raise SelfTestError("the refresh that was made is not there")
    return f"{len(latest.assessment.findings)} findings, {len(latest.snapshot.gaps())} gap"


def _pack(parts: Parts, folder: Path) -> str:
    from console.reports.verify import verify_pack  # noqa: PLC0415 - not for `--help`

    pack = parts.export_pack(folder / "pack.zip")
    if pack is None:
        raise SelfTestError("there was nothing to pack")
    verification = verify_pack(pack.path, allowed_signers=pack.allowed_signers)
    if not verification.verified:
        wrong = next(each for each in verification.checks if not each.passed)
        raise SelfTestError(f"{wrong.name}: {wrong.detail}")
    return f"{pack.files} files, signed and verified"


def _pages(invocation: Invocation, parts: Parts, folder: Path) -> str:
    pictures = invocation.front.take_pictures(parts, folder / "pictures")
    if len(pictures) < len(invocation.front.pages()):
        raise SelfTestError(f"only {len(pictures)} pictures were drawn")
    return f"{len(pictures)} pictures drawn"


def _demonstration() -> str:
    from console.services.opening import open_demo  # noqa: PLC0415 - not for `--help`

    desk = open_demo()
    if not desk.verification.verified:
        raise SelfTestError(desk.banner)
    return f"verified; {len(desk.found.assessment.findings)} findings of an invented department"


def _store(parts: Parts) -> str:
    report = parts.check_store(full=True)
    if not report.sound:
        wrong = next(each for each in report.checks if not each.passed)
        raise SelfTestError(f"{wrong.name}: {wrong.detail}")
    return f"{report.observations} observations, {report.checkpoints} checkpoint, sound"


COMMAND = Command(
    name="self-test",
    summary="Prove that this build is whole",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
