"""What one principal can do: every action that AWS publishes for a service, on whichever resource."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.policy.catalogue import Action, action, actions_of
from console.policy.context import Context
from console.policy.evaluate import decide
from console.policy.organisation import Organisation
from console.policy.question import Question
from console.policy.request import ANY_RESOURCE, CAN, Result
from console.policy.truth import Truth


@dataclass(frozen=True, slots=True)
class Power:
    """An action that a principal can do."""

    action: Action
    result: Result
    truth: Truth
    """True, or what must hold; the key `resource` says on which resources."""


def powers(
    organisation: Organisation, principal: str, services: Iterable[str], context: Context
) -> Iterator[Power]:
    """Yield every action of the services that a principal can do by its own policies."""
    for service in services:
        for name in actions_of(service):
            published = action(name)
            if published is None:
                continue
            resource = ANY_RESOURCE if published.resource_types else "*"
            question = Question(action=name, resource=resource, context=context)
            decision = decide(*organisation.resolve(principal, question))
            if decision.result in CAN:
                yield Power(published, decision.result, decision.truth)
