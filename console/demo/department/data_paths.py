"""What data passes through and is kept in: made last, so that each bucket and key that something names is there."""

import json
import re
from collections.abc import Iterator

from console.demo.department.buckets import account_block, buckets_of, copies_of
from console.demo.department.draw import Draw
from console.demo.department.encryption_keys import keys_of
from console.demo.department.kept import log_streams_of, objects_of
from console.demo.department.log_groups import log_groups_of
from console.demo.department.networks import networks_of
from console.demo.department.plan import DUBLIN, LONDON, VIRGINIA, Plan
from console.demo.department.site import Site
from console.demo.department.watching import watching_of
from console.demo.estate import Account, Estate, Region
from console.demo.messages import Payload

_BUCKETS = re.compile(
    r'(?:s3://|arn:aws:s3:::|"(?:bucket|(?!vector)\w*[bB]ucketName)": ")([a-z0-9][a-z0-9.-]+)'
)
_FUNCTIONS = re.compile(r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+")
_TURNS, _UNBOUND = 8, 5
"""Of so many functions one is open to everybody, and one to Bedrock on anybody's behalf."""
_KEYS = re.compile(r"arn:aws:kms:[a-z0-9-]+:\d{12}:key/[0-9a-f-]{36}")


def add_data_paths(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add networks, logs, buckets, keys and what watches them to every account."""
    for number, member in enumerate(plan.everyone):
        account = estate.accounts[member.id]
        sites = [
            Site(
                draw=draw,
                member=member,
                region=code,
                built=region,
                uses_models=bool(account.models_in_use),
                number=number,
            )
            for code, region in account.regions.items()
        ]
        for site in sites:
            for made in (networks_of(site), log_groups_of(site), watching_of(site, plan)):
                site.built.held.update(made)
        _add_buckets(sites)
        for site in sites:
            site.built.held.update(keys_of(site, _keys(account, site)))
            site.built.held["lambda.function_policy"] = _function_policies(site)
            site.built.held["s3.object"] = objects_of(site)
            site.built.held["logs.log_stream"] = log_streams_of(site)
        account.held["s3control.public_access_block"] = account_block(sites[0])


def _add_buckets(sites: list[Site]) -> None:
    """Put each named bucket into the Region that names it first, but for some that went astray."""
    names: dict[str, list[str]] = {site.region: [] for site in sites}
    placed: set[str] = set()
    for site in sites:
        for name in sorted(set(_named(_BUCKETS, site.built)) - placed):
            placed.add(name)
            if place := _place(site, name):
                names[place].append(name)
    for site in sites:
        site.built.held.update(buckets_of(site, names[site.region]))
    copies = [copy for site in sites for copy in copies_of(site, names[site.region])]
    next(each for each in sites if each.region == DUBLIN).built.held["s3.bucket"] += copies


def _place(site: Site, name: str) -> str:
    """Return where a bucket is: a few archives of trails are in Virginia, a few buckets were deleted."""
    if name.startswith("trail-archive-") and site.region == LONDON and site.turn(6, 1):
        return VIRGINIA
    if name.startswith("large-payloads-") and site.turn(9, 4):
        return ""
    return site.region


def _keys(account: Account, site: Site) -> list[str]:
    """Return the keys of a Region that anything in the account names."""
    named = {arn for region in account.regions.values() for arn in _named(_KEYS, region)}
    return sorted(arn for arn in named if arn.split(":")[3:5] == [site.region, site.member.id])


def _function_policies(site: Site) -> list[Payload]:
    """Return who may call each function: Bedrock for us; a few can be called by whoever likes, a few by nobody."""
    found = []
    for number, arn in enumerate(sorted(set(_named(_FUNCTIONS, site.built)))):
        turn = (site.number + number) % _TURNS
        principal: str | Payload = "*" if turn == 1 else {"Service": "bedrock.amazonaws.com"}
        statement: Payload = {
            "Effect": "Allow",
            "Principal": principal,
            "Action": "lambda:InvokeFunction",
            "Resource": arn,
        }
        if turn not in (1, _UNBOUND):
            statement["Condition"] = {"StringEquals": {"aws:SourceAccount": site.member.id}}
        document = {"Version": "2012-10-17", "Statement": [statement]}
        if (site.number + number) % 4:
            found.append(
                {"FunctionArn": arn, "Policy": json.dumps(document), "RevisionId": site.key(arn)[-36:]}
            )
    return found


def _named(pattern: re.Pattern[str], region: Region) -> Iterator[str]:
    """Yield what something in a Region names, but for whatever CloudTrail has of Regions as a whole."""
    everything = [region.logging, region.trails, region.guardrails, region.held]
    yield from pattern.findall(json.dumps(everything, sort_keys=True))
