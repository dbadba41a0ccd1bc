"""What this build declares, compared with what it should: a module that a packager dropped is a failed self-test.

The documents that describe the declarations are written from them, so they cannot fall behind.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from console.base.paths import resources
from console.collect.base import Collector, Reach
from console.controls.base import Control
from console.services.assess import discover_controls
from console.services.refresh import discover_collectors

DECLARATIONS = "declarations.json"
_WHERE = {
    Reach.ORGANISATION: "once, in the account that may read AWS Organizations",
    Reach.ACCOUNT: "in every account",
    Reach.REGION: "in every enabled Region of every account",
}


def declared() -> dict[str, list[str]]:
    """Return the names of the collectors and controls that this build found, sorted."""
    return {
        "collectors": sorted(collector.kind for collector in discover_collectors()),
        "controls": sorted(control.id for control in discover_controls()),
    }


def expected() -> dict[str, list[str]]:
    """Return what a whole build has, commands and pages among it."""
    listed: dict[str, list[str]] = json.loads((resources() / DECLARATIONS).read_text(encoding="utf-8"))
    return listed


def missing(found: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what a whole build has and `found` lacks, one phrase each."""
    return [
        f"{sort[:-1]} {name}"
        for sort, names in expected().items()
        for name in names
        if name not in set(found.get(sort, ()))
    ]


def controls_page(controls: Sequence[Control]) -> str:
    """Return the catalogue of controls, in Markdown."""
    lines = ["# Controls", "", "What each control asks, and of which evidence. Written from the code.", ""]
    for control in controls:
        lines += [
            f"## {control.id}: {control.title}",
            "",
            f"Severity: {control.severity.value}. Reads: {', '.join(f'`{kind}`' for kind in control.reads)}.",
            "",
            control.rationale,
            "",
            f"To put right: {control.remedy}",
            "",
        ]
    return "\n".join(lines)


def evidence_page(collectors: Sequence[Collector]) -> str:
    """Return the catalogue of evidence, in Markdown."""
    lines = ["# Evidence", "", "What is read, where, and with which permissions. Written from the code.", ""]
    lines += ["| kind | what it is | where | permissions |", "| --- | --- | --- | --- |"]
    for each in collectors:
        actions = ", ".join(f"`{action}`" for action in each.actions)
        lines.append(f"| `{each.kind}` | {each.title} | {_WHERE[each.reach]} | {actions} |")
    return "\n".join(lines) + "\n"
