"""`bedrock-console ask exposure`: who has each named capability, account by account."""

from argparse import ArgumentParser

from rich.table import Column, Table

from console.cli.base import DONE, FOUND, Invocation
from console.cli.questions import base
from console.policy.exposure import LONDON, REGIONS, Exposure, capabilities, exposures
from console.views.conditions import condition_in_words
from console.views.exposure import account_of, cell, counts, exposure_as_json, route_in_words
from console.views.text import inert


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the question."""
    parser.add_argument("--account", default="", metavar="ID", help="list the principals of one account")
    parser.add_argument(
        "--direct", action="store_true", help="leave out who can become one of them by a role"
    )
    parser.add_argument(
        "--home", default=LONDON, metavar="REGION", help=f"the Region where data belongs (default: {LONDON})"
    )
    base.add_source(parser)


def run(invocation: Invocation) -> int:
    """Print capabilities by account; with an account named, its principals and the ways to them."""
    options = invocation.options
    asked = base.asked(invocation)
    wanted = capabilities(asked.regions or REGIONS, options.home)
    found = tuple(exposures(asked.organisation, wanted, through_roles=not options.direct))
    faults = tuple(dict.fromkeys(fault for each in found for fault in each.faults))
    if options.json:
        written = [exposure_as_json(each) for each in found]
        if options.account:
            for each in written:
                each["accounts"] = [one for one in each["accounts"] if one["account"] == options.account]
        base.write_json(invocation, {"capabilities": written, "unseen": base.unseen_as_json(asked, faults)})
    else:
        if options.account:
            _write_account(invocation, found, options.account)
        else:
            _write(invocation, found)
        base.write_unseen(invocation, asked, faults)
    return FOUND if asked.unseen or faults else DONE


def _write(invocation: Invocation, found: tuple[Exposure, ...]) -> None:
    counted = [(each, counts(each)) for each in found]
    accounts = sorted({account for _, held in counted for account in held})
    screen = base.screen(invocation)
    for exposure, held in counted:
        table = Table(
            "Account", Column("Principals that can", overflow="fold"), title=exposure.capability.title
        )
        for account in accounts:
            if account in held:
                table.add_row(account, cell(held[account]))
        screen.print(table)
        if not held:
            screen.print("Nobody.")


def _write_account(invocation: Invocation, found: tuple[Exposure, ...], account: str) -> None:
    for exposure in found:
        invocation.out.write(f"{exposure.capability.title}\n")
        for holder in exposure.holders:
            if holder.account == account:
                words = "" if isinstance(holder.truth, bool) else f", if {condition_in_words(holder.truth)}"
                line = f"  {holder.principal} ({', '.join(holder.by)}){words}"
                invocation.out.write(inert(line) + "\n")
        for route in exposure.routes:
            if account_of(route) == account:
                invocation.out.write(inert(f"  by a role: {route_in_words(route)}") + "\n")
