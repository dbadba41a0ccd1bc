"""Write the documents that are generated from the code; a test compares them with what this would write."""

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "packaging")]

from guide import guide  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402 - after the path is known

import mutation  # noqa: E402 - after the path is known
from campaign import report  # noqa: E402
from console.base.registry import discover  # noqa: E402
from console.base.setting import catalogue, shown  # noqa: E402
from console.cli.base import Command  # noqa: E402
from console.cli.main import PROGRAM, build_parser  # noqa: E402
from console.services import declared  # noqa: E402
from console.services.assess import discover_controls  # noqa: E402
from console.services.permissions import as_json, grant_of  # noqa: E402
from console.services.refresh import discover_collectors  # noqa: E402
from console.services.rollout import as_cloudformation, as_terraform  # noqa: E402
from console.ui.page import discover_pages  # noqa: E402
from console.ui.pictures import settle  # noqa: E402
from console.ui.preferences import Preferences  # noqa: E402
from console.ui.theme import Look  # noqa: E402
from console.ui.window import Window  # noqa: E402
from fuzz import report as fuzz_report  # noqa: E402
from journeys import faults  # noqa: E402

WIDTH = 100


def documents() -> dict[str, str]:
    """Return every generated document by its path in the checkout."""
    collectors, controls = discover_collectors(), discover_controls()
    grant = grant_of(collectors)
    names = {
        **declared.declared(),
        "commands": sorted(command.name for command in commands()),
        "pages": sorted(page.name for page in discover_pages()),
    }
    made = {
        "resources/declarations.json": json.dumps(names, indent=2) + "\n",
        "resources/help/controls.md": declared.controls_page(controls),
        "resources/help/evidence.md": declared.evidence_page(collectors),
        "resources/help/permissions/policies.json": as_json(grant),
        "resources/help/permissions/cloudformation.json": as_cloudformation(grant),
        "resources/help/permissions/terraform.tf.json": as_terraform(grant),
        "resources/help/commands.md": commands_page(),
        "resources/help/settings.md": settings_page(),
        "resources/help/campaign.md": report.page(report.measured()),
        "resources/help/fuzz.md": fuzz_report.page(fuzz_report.measured()),
        "resources/help/mutation.md": mutation.page(
            json.loads(mutation.MEASURED.read_text(encoding="utf-8"))
        ),
        "README.md": _between("README.md", "faults", faults.table()),
    }
    return {**made, "resources/help/guide.html": guide(made)}


def drawn_documents() -> dict[str, str]:
    """Return the documents for which the window has to be walked through; the window's own tests compare them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from unit.ui import auditing, estate, walking  # noqa: PLC0415 - draws

    application = QApplication.instance() or QApplication([])
    look = Look(application)
    look.wear("light")
    pages = discover_pages()
    audits = []
    for page in pages:
        window = Window(estate.FakeDesk(), pages, look, Preferences(None), estate.clock)
        window.show()
        settle(window)
        audits.append((auditing.audit(walking.shown(window, page.name)), page.title))
        window.close()
    return {"resources/help/accessibility.md": auditing.document(audits, look.themes)}


def _between(name: str, mark: str, text: str) -> str:
    """Return a document with the part between two marks replaced."""
    before, _, rest = (ROOT / name).read_text(encoding="utf-8").partition(f"<!-- {mark} -->\n")
    _, _, after = rest.partition(f"<!-- end of {mark} -->\n")
    return f"{before}<!-- {mark} -->\n{text}\n<!-- end of {mark} -->\n{after}"


def commands() -> tuple[Command, ...]:
    """Return every command."""
    return discover("console.cli.commands", "COMMAND", Command)


def commands_page() -> str:
    """Return the help of every command, in Markdown."""
    parser = build_parser(commands())
    lines = ["# Commands", "", "Written from the code.", "", "```", _help(parser), "```", ""]
    (under,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))  # noqa: SLF001
    for name, each in sorted(under.choices.items()):
        lines += [f"## {PROGRAM} {name}", "", "```", _help(each), "```", ""]
    return "\n".join(lines)


def settings_page() -> str:
    """Return every setting, in Markdown."""
    lines = ["# Settings", "", "Every setting, what it is for and what it may be. Written from the code.", ""]
    section: str | None = None
    for key, each in catalogue().items():
        if each.section != section:
            section = each.section
            lines += [f"## [{section}]" if section else "## Outside any section", ""]
        lines += [f"### {each.words}", "", each.help, ""]
        default = shown(each.default) or "nothing"
        taken = (
            f" Where nobody set it, the variable `{each.environment}` is taken." if each.environment else ""
        )
        lines += [f"`{key}`: {each.allowed}. Default: {default}.{taken}", ""]
    return "\n".join(lines)


def _help(parser: argparse.ArgumentParser) -> str:
    formatter = parser.formatter_class
    parser.formatter_class = lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=WIDTH)  # type: ignore[assignment]
    try:
        return parser.format_help().rstrip()
    finally:
        parser.formatter_class = formatter


def main() -> int:
    """Write every generated document anew."""
    for made in (drawn_documents, documents):  # the guide has what was drawn as a chapter
        write(made())
    return 0


def write(texts: dict[str, str]) -> None:
    """Write documents into the checkout."""
    for name, text in texts.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {name}")


if __name__ == "__main__":
    sys.exit(main())
