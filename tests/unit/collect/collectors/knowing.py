"""A collector asked with knowledge of a test's own, where the department has nothing of the sort."""

from collections.abc import Sequence

from console.collect.runner import Collected, Needed, collect
from console.domain.evidence import Fact, Payload, Provenance
from console.domain.scope import GLOBAL, Scope
from standin_process import LONDON
from unit.collect.collectors.asking import COLLECTORS, Asking

NOWHERE = Provenance(
    operation="",
    parameters="{}",
    request_id="",
    caller="",
    observed_at="2026-11-23T09:14:00.000Z",
    botocore="",
)


def read_knowing(asking: Asking, kind: str, scope: Scope, **known: Sequence[Payload]) -> Collected:
    """Run a collector that knows nothing but this; two underscores in a name stand for the dot of a kind."""
    collector = COLLECTORS[kind]
    told = {name.replace("__", "."): payloads for name, payloads in known.items()}
    facts = {
        name: [
            Fact(kind=name, key=str(index), scope=scope, payload=payload, provenance=NOWHERE)
            for index, payload in enumerate(told.get(name, ()))
        ]
        for name in collector.needs
    }
    client = asking.sessions.client(collector.service, LONDON if scope.region == GLOBAL else scope.region)
    identity = asking.sessions.identity(scope.account_id)
    with asking.sessions.acting_as(identity):
        return collect(collector, client, scope, identity.arn, asking.sessions.calls, Needed(facts=facts))


def neighbours(asking: Asking, kind: str) -> tuple[Scope, str]:
    """Return a scope in which a kind is read, and another account than the scope's."""
    scope = asking.somewhere(kind).scope
    other = next(each for each in asking.scopes(kind) if each.account_id != scope.account_id)
    return scope, other.account_id
