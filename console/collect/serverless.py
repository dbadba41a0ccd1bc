"""Policies of OpenSearch Serverless, which are listed by what they hold for; several things may share one."""

from collections.abc import Iterable

from console.collect.base import Client, Found, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload

COLLECTIONS = "opensearchserverless.collection"


def policies(serverless: Client, sort: str, held: Iterable[tuple[str, str]]) -> Found:
    """Yield, once each, the policies of a sort (`access`, `security`) that hold for resources.

    Each resource is named with the type of policy that is asked about.
    """
    listing = "access_policies" if sort == "access" else "security_policies"
    read: set[str] = set()

    def one(name: str) -> Payload:
        type_, _, own = name.partition("/")
        answer = ask(serverless, f"get_{sort}_policy", type=type_, name=own)
        policy: Payload = answer[f"{sort}PolicyDetail"]
        return policy

    def of(place: str) -> Found:
        type_, _, resource = place.partition("/")
        listed = ask_all(
            serverless, f"list_{listing}", f"{sort}PolicySummaries", type=type_, resource=[resource]
        )
        names = [f"{type_}/{policy['name']}" for policy in listed]
        yield from each((name for name in names if name not in read), one)
        read.update(names)

    yield from each_of((f"{type_}/{resource}" for type_, resource in held), of)


def policy_key(payload: Payload) -> str:
    """Name a policy; names are unique within a type."""
    return f"{payload['type']}/{payload['name']}"
