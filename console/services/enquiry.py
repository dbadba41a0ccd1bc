"""Questions as an officer asks them in the window: slow over a large organisation, so they say how far they are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from console.base.memory import pass_over_what_is_there, without_collection
from console.policy.becoming import Route
from console.policy.bedrock import Circumstances
from console.policy.calling import authorisations
from console.policy.context import Context
from console.policy.exposure import REGIONS, Exposure, capabilities, exposures
from console.policy.organisation import Organisation
from console.policy.question import Answers, Question
from console.policy.request import ANY_RESOURCE
from console.policy.trace import Trace
from console.services.ask import Asked, Unseen

_MANY = 5_000
"""Principals, from which on what a question leaves behind is a burden to the collector of garbage."""


class Pace(Protocol):
    """Asked whether to stop, and told how far the work is."""

    def __call__(self) -> bool:
        """Tell whether the work was stopped."""
        ...

    def tell(self, words: str, done: int = 0, of: int = 0) -> None:
        """Hear what is being done, and how much of how much is."""
        ...


class _Unhurried:
    """Never stops and hears nothing."""

    def __call__(self) -> bool:
        return False

    def tell(self, words: str, done: int = 0, of: int = 0) -> None:
        """Hear nothing."""


UNHURRIED: Pace = _Unhurried()


class Given(StrEnum):
    """What is said of a key of the request."""

    IS = "is"
    ABSENT = "is not given"
    OPEN = "is left open"


@dataclass(frozen=True, slots=True)
class KeySaid:
    """A key of the request, and what is said of it."""

    name: str
    given: Given
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSaid:
    """A call as an officer describes it."""

    action: str
    resource: str = ANY_RESOURCE
    keys: tuple[KeySaid, ...] = ()
    rest: Given = Given.OPEN
    """What is said of every other key: open, or not given."""
    guardrail: str = ""
    bearer_token: str = ""

    @property
    def circumstances(self) -> Circumstances:
        """The call as the policy engine is asked about it; several values of one key are a list."""
        values: dict[str, list[str]] = {}
        for key in self.keys:
            if key.given is Given.IS:
                values.setdefault(key.name, []).append(key.value)
        context = Context.of(
            {name: said[0] if len(said) == 1 else said for name, said in values.items()},
            unknown=[key.name for key in self.keys if key.given is Given.OPEN],
            absent=[key.name for key in self.keys if key.given is Given.ABSENT],
            rest_unknown=self.rest is Given.OPEN,
        )
        return Circumstances(
            action=self.action, context=context, guardrail=self.guardrail, bearer_token=self.bearer_token
        )


class StoppedError(Exception):
    """A question was stopped by whoever asked it."""


@dataclass(frozen=True, slots=True)
class WhoCan:
    """Who can make a call, and who can become one of them."""

    questions: tuple[Question, ...]
    """Every authorisation that the call needs."""
    answers: Answers
    routes: tuple[Route, ...]
    unseen: tuple[Unseen, ...]
    """Whom, and the policies of which of the named resources, the answer leaves out."""


@contextmanager
def paced(organisation: Organisation, pace: Pace) -> Iterator[Callable[[], None]]:
    """Let whoever asks stop within the block, between accounts and roles and where the yielded function is called."""

    def heed() -> None:
        if pace():
            raise StoppedError

    with organisation.heeding(heed), without_collection():
        heed()
        try:
            yield heed
        finally:
            if len(organisation.principals) >= _MANY:
                pass_over_what_is_there()


def who_can(asked: Asked, call: CallSaid, pace: Pace, *, through_roles: bool) -> WhoCan:
    """Return everybody who can make a call."""
    organisation = asked.organisation
    questions = authorisations(organisation, call.resource, call.circumstances)
    unseen = asked.about(each.resource for each in questions).unseen
    with paced(organisation, pace):
        steps = len(questions) + through_roles
        for done, question in enumerate(questions):
            pace.tell(f"Asking everybody: {question.action}", done, steps)
            organisation.who_can(question)
        answers = organisation.who_can_all(questions)
        routes: tuple[Route, ...] = ()
        if through_roles:
            pace.tell("Following the roles that others may take on", len(questions), steps)
            routes = organisation.routes(each.principal for each in answers.found)
    return WhoCan(tuple(questions), answers, routes, unseen)


def who_has(asked: Asked, pace: Pace) -> tuple[Exposure, ...]:
    """Return who has each named capability by their own policies."""
    wanted = capabilities(asked.regions or REGIONS)
    found: list[Exposure] = []
    with paced(asked.organisation, pace):
        for done, capability in enumerate(wanted):
            pace.tell(f"Asking everybody: {capability.title}", done, len(wanted))
            found.extend(exposures(asked.organisation, (capability,), through_roles=False))
    return tuple(found)


def with_routes(asked: Asked, direct: Sequence[Exposure], pace: Pace) -> tuple[Exposure, ...]:
    """Return the same with who can become one of them; following roles takes longer than all that was asked before."""
    found: list[Exposure] = []
    with paced(asked.organisation, pace):
        for done, each in enumerate(direct):
            pace.tell(f"Following roles: {each.capability.title}", done, len(direct))
            routes = asked.organisation.routes(holder.principal for holder in each.holders)
            found.append(replace(each, routes=routes))
    return tuple(found)


def ways_into(asked: Asked, principal: str, pace: Pace) -> tuple[Route, ...]:
    """Return how everybody else, inside and outside, can become a principal."""
    with paced(asked.organisation, pace):
        pace.tell("Following the roles that lead to it")
        return asked.organisation.routes((principal,))


def traced(asked: Asked, principal: str, question: Question) -> tuple[Trace, tuple[Unseen, ...]]:
    """Return the way to a decision for one principal, and what was not seen that may have a say in it."""
    account = asked.organisation.member(principal).account
    unseen = asked.about((question.resource,)).unseen
    trace = asked.organisation.trace(principal, question)
    others = {each.account for each in asked.unseen} - {"*", account}
    return trace, tuple(each for each in unseen if each.account not in others)
