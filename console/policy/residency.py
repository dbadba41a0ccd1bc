"""Whether data could leave: for each inference profile, where a call may be routed, by whom, and what stops it."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.policy.bedrock import Circumstances, Profile, calls_through
from console.policy.document import PolicyError
from console.policy.evaluate import union
from console.policy.organisation import Organisation, who_can_each
from console.policy.question import Answer, Answers, Fault, Question
from console.policy.request import Level, Request, Result
from console.policy.residual import simplify
from console.policy.statements import applies
from console.policy.truth import Truth


class Passage(StrEnum):
    """Whether a call may go through."""

    OPEN = "open"
    """Somebody can, whatever the circumstances."""
    OPEN_IF = "open-if"
    """Somebody can, if a condition holds."""
    STOPPED = "stopped"
    """Nobody can."""
    NOT_KNOWN = "not-known"
    """Nobody of whom it is known can, and not everybody is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A statement of a service control policy that stops a call."""

    statement: str
    """`POLICY#SID`; empty where no policy at the level allows the call."""
    level: str
    truth: Truth
    """True if it stops everybody that service control policies bind; else when, or whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One authorisation of a call."""

    action: str
    resource: str
    region: str
    passage: Passage
    who: int
    """How many principals have it."""
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One account, one inference profile."""

    account: str
    profile: Profile
    outside: tuple[str, ...]
    """The Regions, or `unspecified`, to which a call may be routed and which are not approved."""
    passage: Passage
    legs: tuple[Leg, ...]
    answers: tuple[Answer, ...]
    """Who can make the whole call."""
    faults: tuple[Fault, ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The statements that stop the call, each once."""
        return tuple(dict.fromkeys(stop for leg in self.legs for stop in leg.stops))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """What can be said of a profile of an account whose principals were not read: what is stopped for everybody."""

    account: str
    reason: str
    profile: str
    destinations: tuple[str, ...]
    outside: tuple[str, ...]
    passage: Passage
    stops: tuple[Stop, ...]


def crossings(
    organisation: Organisation,
    account: str,
    profiles: Iterable[Profile],
    approved: Sequence[str],
    how: Circumstances,
) -> Iterator[Crossing]:
    """Yield whether calls through each profile can be made from an account, and by whom.

    Profiles share authorisations, such as that of a model in a Region; each is asked for once.
    """
    asked: dict[Hashable, tuple[Answers, Leg]] = {}
    for profile in profiles:
        found = []
        for question in calls_through(profile, how):
            if question.key not in asked:
                answers = organisation.who_can_in(account, question)
                stops = _stops(organisation, account, question)
                asked[question.key] = (answers, _leg(question, answers.found, answers.faults, stops))
            found.append(asked[question.key])
        legs = [leg for _, leg in found]
        faults = dict.fromkeys(fault for answers, _ in found for fault in answers.faults)
        whole = who_can_each(answers for answers, _ in found)
        closed = any(leg.passage is Passage.STOPPED for leg in legs)
        yield Crossing(
            account=account,
            profile=profile,
            outside=tuple(each for each in profile.destinations if each not in approved),
            passage=Passage.STOPPED if closed else _passage(whole.found, tuple(faults)),
            legs=tuple(legs),
            answers=whole.found,
            faults=tuple(faults),
        )


def ceiling(
    organisation: Organisation, account: str, profile: Profile, how: Circumstances
) -> tuple[Passage, tuple[Stop, ...]]:
    """Return what service control policies alone say, for an account whose principals are not known."""
    stops = tuple(
        dict.fromkeys(
            stop
            for question in calls_through(profile, how)
            for stop in _stops(organisation, account, question)
        )
    )
    closed = any(stop.truth is True for stop in stops)
    return (Passage.STOPPED if closed else Passage.NOT_KNOWN), stops


def _leg(
    question: Question, found: Sequence[Answer], faults: Sequence[Fault], stops: tuple[Stop, ...]
) -> Leg:
    passage = _passage(found, faults)
    if passage is Passage.NOT_KNOWN and any(stop.truth is True for stop in stops):
        passage = Passage.STOPPED
    return Leg(
        action=question.action,
        resource=question.resource,
        region=question.region,
        passage=passage,
        who=len(found),
        stops=stops,
    )


def _passage(found: Sequence[Answer], faults: Sequence[Fault]) -> Passage:
    if any(each.result is Result.ALLOWED for each in found):
        return Passage.OPEN
    if found:
        return Passage.OPEN_IF
    return Passage.NOT_KNOWN if faults else Passage.STOPPED


def _stops(organisation: Organisation, account: str, question: Question) -> tuple[Stop, ...]:
    """Return the statements of service control policies that keep a caller of the account from a call."""
    if account == organisation.management_account:
        return ()
    try:
        levels = organisation.levels_above(account)
    except PolicyError:
        return ()
    request = question.request_from(account, organisation.id)
    return tuple(stop for level in levels for stop in _at(level, request))


def _at(level: Level, request: Request) -> Iterator[Stop]:
    said = union(level.policies, request)
    if said.allow is False:
        yield Stop(statement="", level=level.id, truth=True)
    for policy in level.policies:
        for statement in policy.statements:
            truth = False if statement.allows else simplify(applies(statement, request))
            if truth is not False:
                yield Stop(statement=statement.name, level=level.id, truth=truth)
