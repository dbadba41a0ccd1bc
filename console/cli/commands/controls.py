"""`bedrock-console controls`: what this build asks, and how each control came out."""

import json
from argparse import ArgumentParser

from rich.console import Console
from rich.table import Column, Table

from console.cli.base import DONE, FOUND, Command, Invocation
from console.domain.finding import Severity, Verdict
from console.services.catalogues import frameworks
from console.views.controls import catalogue_table
from console.views.text import inert

TEACHING = """\
Every control is a question with its severity, why it is asked, the exact change that puts it right, the claims of the
guidance it bears on, and the entries of frameworks that those serve. Counts are those of the latest refresh.

  bedrock-console controls                     all of them, with their counts
  bedrock-console controls BR-RET-001          one of them whole
  bedrock-console controls --claim S15         those that bear on a claim
  bedrock-console controls --severity critical --json

exit codes: 0 listed; 1 no control matches; 2 refused
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the filters."""
    parser.add_argument("id", nargs="?", default="", help="one control, such as BR-RET-001")
    parser.add_argument("--severity", choices=[each.value for each in Severity])
    parser.add_argument(
        "--claim", default="", metavar="ID", help="only those that bear on a claim, such as S15"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(invocation: Invocation) -> int:
    """List the controls that match; 1 if none does."""
    options = invocation.options
    parts = invocation.parts()
    latest = parts.latest()
    findings = latest.assessment.findings if latest else ()
    rows = [
        row
        for row in catalogue_table(findings, parts.controls, frameworks()).rows
        if options.id in ("", row.control.id)
        and options.severity in (None, row.control.severity.value)
        and (not options.claim or options.claim in row.control.claims)
    ]
    if options.json:
        said = [
            {
                "id": row.control.id,
                "title": row.control.title,
                "severity": row.control.severity.value,
                "reads": list(row.control.reads),
                "rationale": row.control.rationale,
                "remedy": row.control.remedy,
                "claims": list(row.control.claims),
                "frameworks": list(row.entries),
                "references": list(row.control.references),
                "verdicts": {verdict.value: row.counts[verdict] for verdict in Verdict},
            }
            for row in rows
        ]
        invocation.out.write(json.dumps(said, indent=2) + "\n")
        return DONE if rows else FOUND
    screen = Console(file=invocation.out, markup=False, highlight=False)
    if options.id:
        for row in rows:
            control = row.control
            screen.print(f"{control.id}: {control.title} ({control.severity.value})\n")
            screen.print(f"Why: {control.rationale}\n\nTo put right: {control.remedy}\n")
            screen.print(f"Reads: {', '.join(control.reads)}")
            screen.print(f"Claims: {', '.join(control.claims) or 'none'}")
            screen.print(f"Frameworks: {', '.join(row.entries) or 'none'}")
            screen.print("Counts: " + ", ".join(f"{row.counts[each]} {each.value}" for each in Verdict))
    else:
        heads = (Column("Control", no_wrap=True), Column("Severity", no_wrap=True))
        words = (Column("What should be true", overflow="fold"), Column("Claims", overflow="fold"))
        table = Table(*heads, *words, *(Column(head, no_wrap=True) for head in _HEADS))
        for row in rows:
            counts = (str(row.counts[each]) for each in Verdict)
            control = row.control
            table.add_row(
                control.id, control.severity.value, inert(control.title), " ".join(control.claims), *counts
            )
        screen.print(table)
    if not rows:
        invocation.err.write("No control matches.\n")
    return DONE if rows else FOUND


_HEADS = ("Pass", "Fail", "?", "n/a")
"""In the order of verdicts, short enough for a terminal."""

COMMAND = Command(
    name="controls",
    summary="List the controls with their counts, claims and remedies",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
