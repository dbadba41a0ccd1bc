"""`bedrock-console claims`: how every claim of the guidance stands, and on what that rests."""

import json
from argparse import ArgumentParser
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from console.base.errors import ConsoleError
from console.cli.base import DONE, FOUND, Command, Invocation
from console.controls.states import ClaimState
from console.services.catalogues import claim_catalogue
from console.views.claims import ClaimReport, ClaimRow, Judged, Unit, claim_report, claims_table, state_counts
from console.views.text import inert

TEACHING = """\
A claim is one sentence of the guidance in the console's own words (see `guidance import` for yours). Its state:

  contradicted    a control fails, and nobody excepted it
  unknown         something that bears on it could not be seen, or the evidence is too old
  unevidenced     nothing speaks against it, and not enough for it
  attested        a person vouches for a document, until a date
  supported       evidence shows it, with an attestation where the claim needs both
  not applicable  there is nothing that it applies to

An organisational unit, and the organisation, stand as the worst of their accounts, in that order.

  bedrock-console claims                          the whole organisation
  bedrock-console claims --ou Workloads           a unit, by name or id
  bedrock-console claims --account 111122223333 --json
  bedrock-console claims S15                      one claim, account by account

exit codes: 0 none is contradicted; 1 some are, or nothing was read yet; 2 refused
"""


class NoSuchPlaceError(ConsoleError):
    """The organisation that was read has no such part, or several of that name."""

    code = "CLI-010"
    remedy = "Name an account's twelve digits, or a unit by its id; the Accounts page shows them."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the part of the organisation."""
    parser.add_argument("id", nargs="?", default="", help="one claim, such as S15, account by account")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--account", default="", metavar="ID", help="one account")
    where.add_argument("--ou", default="", metavar="NAME", help="an organisational unit, by name or id")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(invocation: Invocation) -> int:
    """Say how the claims stand."""
    parts, options = invocation.parts(), invocation.options
    latest = parts.latest()
    if latest is None:
        invocation.err.write("No refresh is stored yet. Run `bedrock-console refresh` first.\n")
        return FOUND
    judged = Judged(
        snapshot=latest.snapshot,
        findings=latest.assessment.findings,
        controls=parts.controls,
        duties=latest.duties,
        policy=latest.assessment.policy,
        asked_at=latest.asked_at,
        earlier=latest.earlier,
    )
    report = claim_report(judged, claim_catalogue())
    unit = _unit(report, options.account or options.ou)
    rows = [row for row in claims_table(report, unit, latest.duties).rows if options.id in ("", row.claim.id)]
    if options.json:
        said = _said(report, unit, rows, latest.asked_at)
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        screen = Console(file=invocation.out, markup=False, highlight=False)
        _print_one(screen, report, unit, rows) if options.id else _print_all(screen, rows)
        counts = ", ".join(f"{count} {state.value}" for state, count in state_counts(report, unit) if count)
        screen.print(f"{inert(unit.name)}, {len(unit.accounts)} accounts: {counts}.")
        if report.stale:
            screen.print(f"Stale: {report.stale}.")
    return FOUND if not rows or any(row.state is ClaimState.CONTRADICTED for row in rows) else DONE


def _unit(report: ClaimReport, named: str) -> Unit:
    unit = report.unit(named) if named else report.units[0]
    if unit is None:
        raise NoSuchPlaceError(f"the organisation that was read has no one part called {named}")
    return unit


def _print_all(screen: Console, rows: list[ClaimRow]) -> None:
    table = Table(
        "State", "Claim", Column("What is claimed", overflow="fold"), Column("Because", overflow="fold")
    )
    for row in rows:
        table.add_row(row.state.value, row.claim.id, row.claim.words, inert(row.because))
    screen.print(table)


def _print_one(screen: Console, report: ClaimReport, unit: Unit, rows: list[ClaimRow]) -> None:
    for row in rows:
        claim = row.claim
        screen.print(f"{claim.id}, {claim.heading}: {claim.words}")
        screen.print(f"Rests on {claim.basis.value}.")
        if claim.reality:
            screen.print(claim.reality)
        table = Table("State", Column("Account", overflow="fold"), Column("Because", overflow="fold"))
        for account in unit.accounts:
            standing = report.standings[account][claim.id]
            name = report.names.get(account, "")
            table.add_row(standing.state.value, inert(f"{name} {account}".strip()), inert(standing.because))
        screen.print(table)


def _said(report: ClaimReport, unit: Unit, rows: list[ClaimRow], asked_at: str) -> dict[str, Any]:
    return {
        "place": {"id": unit.id, "name": unit.name, "kind": unit.kind, "accounts": list(unit.accounts)},
        "asked_at": asked_at,
        "stale": report.stale,
        "states": {state.value: count for state, count in state_counts(report, unit)},
        "claims": [
            {
                "id": row.claim.id,
                "heading": row.claim.heading,
                "words": row.claim.words,
                "basis": row.claim.basis.value,
                "reality": row.claim.reality,
                "state": row.state.value,
                "because": row.because,
                "accounts": {
                    account: {
                        "state": standing.state.value,
                        "because": standing.because,
                        "findings": [
                            {
                                "control": finding.control_id,
                                "verdict": finding.verdict.value,
                                "region": finding.scope.region,
                                "subject": finding.subject,
                                "because": finding.because,
                                "evidence": list(finding.evidence),
                            }
                            for finding in standing.findings
                        ],
                        "excepted": [
                            {
                                "subject": finding.subject,
                                "exception": exception.id,
                                "until": exception.valid_until,
                            }
                            for finding, exception in standing.excepted
                        ],
                        "attestations": [attestation.id for attestation in standing.attestations],
                    }
                    for account in unit.accounts
                    for standing in [report.standings[account][row.claim.id]]
                },
            }
            for row in rows
        ],
    }


COMMAND = Command(
    name="claims",
    summary="Say how each claim of the guidance stands, and why",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
