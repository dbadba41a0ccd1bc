"""What this build declares, compared with what it should: a module that a packager dropped is a failed self-test.

The documents that describe the declarations (the control catalogue, the reader role's permissions) are written from
them, so they cannot fall behind.
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


def reader_permissions(collectors: Sequence[Collector]) -> str:
    """Return the IAM policy that the reader role needs in every account, in JSON."""
    member = [each for each in collectors if each.reach is not Reach.ORGANISATION]
    return _policy({"ReadForBedrockConsole": _actions(member)})


def caller_permissions(collectors: Sequence[Collector], reader_role: str) -> str:
    """Return the IAM policy that the officer's own role needs, in JSON."""
    organisation = [each for each in collectors if each.reach is Reach.ORGANISATION]
    member = [each for each in collectors if each.reach is not Reach.ORGANISATION]
    assume = {"Action": "sts:AssumeRole", "Resource": f"arn:aws:iam::*:role/{reader_role}"}
    statements = {"ReadOrganisation": _actions(organisation), "ReadOwnAccount": _actions(member)}
    return _policy(statements, {"Sid": "AssumeReader", "Effect": "Allow", **assume})


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


def _actions(collectors: Iterable[Collector]) -> list[str]:
    return sorted({action for collector in collectors for action in collector.actions})


def _policy(statements: Mapping[str, list[str]], *more: Mapping[str, str]) -> str:
    listed: list[Mapping[str, object]] = [
        {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": "*"}
        for sid, actions in statements.items()
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": [*listed, *more]}, indent=2) + "\n"
