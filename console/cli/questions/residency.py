"""`bedrock-console ask residency`: could data leave, by whom, through which profile, and what stops it."""

from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from console.bootstrap import settings_at
from console.cli.base import DONE, FOUND, Invocation
from console.cli.questions import base
from console.policy.bedrock import Circumstances
from console.policy.residency import Passage
from console.services.ask import Asked, Unseen
from console.services.effects import Residency, residency
from console.services.enquiry import UNHURRIED
from console.views.residency import crossing_as_json, crossings_in_words, stop_as_json, stop_in_words
from console.views.text import inert


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the question."""
    parser.add_argument("--account", default="", metavar="ID", help="ask about one account only")
    parser.add_argument(
        "--approved",
        action="append",
        default=[],
        metavar="REGION",
        help="a Region where data may be (default: those in your settings)",
    )
    base.add_circumstances(parser)
    base.add_model_call(parser)
    base.add_source(parser)


def run(invocation: Invocation) -> int:
    """Print every account's profiles; 1 if data could leave, or that is not known of some account."""
    options = invocation.options
    asked = base.asked(invocation)
    approved = tuple(options.approved) or _approved(invocation)
    how = Circumstances(
        context=base.context_of(options, rest_unknown=True),
        guardrail=options.guardrail,
        bearer_token=options.bearer_token,
    )
    answer = residency(asked, approved, how, UNHURRIED, options.account)
    found = answer.crossings
    unread = [_written(answer, each) for each in _unread(asked, options.account)]
    if options.json:
        said = {
            "approved": list(approved),
            "crossings": [crossing_as_json(each) for each in found],
            "accounts_not_read": unread,
            "unseen": base.unseen_as_json(asked),
            "profiles_unseen": [
                {"account": each.account, "reason": each.reason} for each in asked.profiles_unseen
            ],
        }
        base.write_json(invocation, said)
    else:
        for account, those in groupby(found, key=lambda each: each.account):
            invocation.out.write(f"{account}\n")
            for line in crossings_in_words(those):
                invocation.out.write(inert(f"  {line}") + "\n")
        _write_unread(invocation, asked, unread)
    return FOUND if answer.could_leave or unread or asked.unseen or asked.profiles_unseen else DONE


def _approved(invocation: Invocation) -> tuple[str, ...]:
    return settings_at(invocation.place, environment=invocation.environment).policy.approved_regions


def _unread(asked: Asked, account: str) -> list[Unseen]:
    """Return the accounts whose principals were not read."""
    read = {*asked.organisation.accounts, "*"}
    return [each for each in asked.unseen if each.account not in read and account in ("", each.account)]


def _written(answer: Residency, unseen: Unseen) -> dict[str, Any]:
    """Return what can be said of an account whose principals were not read: what is stopped for everybody."""
    profiles = [
        {
            "profile": each.profile,
            "outside": list(each.outside),
            "passage": each.passage.value,
            "stops": [stop_as_json(stop) for stop in each.stops],
            "words": [stop_in_words(stop) for stop in each.stops],
        }
        for each in answer.ceilings
        if each.account == unseen.account
    ]
    return {"account": unseen.account, "reason": unseen.reason, "profiles": profiles}


def _write_unread(invocation: Invocation, asked: Asked, unread: list[dict[str, Any]]) -> None:
    for each in unread:
        invocation.out.write(inert(f"{each['account']}: principals not read ({each['reason']})") + "\n")
        for profile in each["profiles"]:
            said = "stopped for everybody" if profile["passage"] == Passage.STOPPED.value else "not known"
            invocation.out.write(inert(f"  {profile['profile']}: {said}") + "\n")
            for line in profile["words"]:
                invocation.out.write(inert(f"    {line}") + "\n")
    for unseen in asked.unseen:
        if unseen.account == "*":
            invocation.out.write(inert(f"Not known: {unseen.reason}") + "\n")
    for unseen in asked.profiles_unseen:
        line = f"Profiles not read: {unseen.account}: {unseen.reason}"
        invocation.out.write(inert(line) + "\n")
