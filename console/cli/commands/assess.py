"""`bedrock-console assess`: judge the latest refresh."""

import json
from argparse import ArgumentParser

from rich.console import Console
from rich.table import Column, Table

from console.cli.base import DONE, FOUND, Command, Invocation
from console.domain.finding import Verdict
from console.services.summary import summarise
from console.views.text import inert

COLUMNS = ("Verdict", "Severity", "Control", "Account", "Region", "Subject", "Because")
_SHOWN = (Verdict.FAIL, Verdict.UNKNOWN)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the form of the answer."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--all", action="store_true", help="list passes and not applicable ones too")


def run(invocation: Invocation) -> int:
    """Judge the latest sealed refresh; 1 if anything failed or nothing was read yet."""
    latest = invocation.parts().judge_latest()
    if latest is None:
        invocation.err.write("No refresh is stored yet. Run `bedrock-console refresh` first.\n")
        return FOUND
    findings = latest.assessment.findings
    summary = summarise(latest.snapshot, findings)
    chosen = [each for each in findings if invocation.options.all or each.verdict in _SHOWN]
    if invocation.options.json:
        summary["listed"] = [
            {
                "control": each.control_id,
                "severity": each.severity.value,
                "verdict": each.verdict.value,
                "account": each.scope.account_id,
                "region": each.scope.region,
                "subject": each.subject,
                "because": each.because,
                "evidence": list(each.evidence),
            }
            for each in chosen
        ]
        invocation.out.write(json.dumps(summary, indent=2) + "\n")
    else:
        table = Table(*(Column(name, overflow="fold") for name in COLUMNS))
        for each in chosen:
            place = (each.scope.account_id, each.scope.region)
            words = (each.verdict.value, each.severity.value, each.control_id, *place)
            table.add_row(*words, inert(each.subject), inert(each.because))
        screen = Console(file=invocation.out, markup=False, highlight=False)
        screen.print(table)
        counts = ", ".join(f"{count} {verdict}" for verdict, count in summary["findings"].items())
        scopes = summary["scopes"]
        screen.print(f"{scopes['read']} of {scopes['planned']} scopes read; findings: {counts}.")
    return FOUND if summary["findings"]["fail"] else DONE


COMMAND = Command(
    name="assess",
    summary="Judge the latest refresh with every control",
    add_arguments=add_arguments,
    run=run,
)
