"""A question to an organisation, and each document reduced to what of it can decide that question."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from console.policy.conditions import holds
from console.policy.context import Context, Value
from console.policy.document import Policy, Statement
from console.policy.evaluate import union
from console.policy.library import Library
from console.policy.members import CALLERS_OWN, CALLERS_TAGS, Member, is_callers
from console.policy.principals import caller_of
from console.policy.request import Request, Result
from console.policy.statements import covers_action, covers_resource
from console.policy.truth import Truth

_ACCOUNT_PART = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """An action on a resource under circumstances."""

    action: str
    resource: str
    """A full ARN, `*` for an action without resource types, or `any`."""
    context: Context = field(default_factory=Context)
    resource_account: str = ""
    """Whose the resource is; empty where it is the caller's own or nobody's, as foundation models are."""
    within: str = ""
    """Where the resource is `any`: a pattern that it fits; empty for any at all."""

    @cached_property
    def shared(self) -> Context:
        """The context with everything that differs from caller to caller unknown."""
        return replace(
            self.context,
            known={key: value for key, value in self.context.known.items() if not is_callers(key)},
            unknown=self.context.unknown | CALLERS_OWN,
            unknown_prefix=CALLERS_TAGS,
        )

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two questions one."""
        known = tuple(sorted(self.context.known.items(), key=lambda item: item[0]))
        rest = (self.context.unknown, self.context.absent, self.context.rest_unknown)
        return (self.action.lower(), self.resource, self.within, self.resource_account, known, rest)

    @property
    def service(self) -> str:
        """The action's service prefix."""
        return self.action.partition(":")[0].lower()

    @property
    def named_account(self) -> str:
        """The account in the resource's ARN."""
        parts = self.resource.split(":", _ACCOUNT_PART + 1)
        return parts[_ACCOUNT_PART] if len(parts) > _ACCOUNT_PART else ""

    @property
    def region(self) -> str:
        """The Region that the request presents; empty where that is left open."""
        found = self.context.look_up("aws:RequestedRegion")
        return found.texts[0] if isinstance(found, Value) else ""

    def request_from(self, account: str, organisation: str) -> Request:
        """Return the question as a request of somebody in an account, of whom nothing else is known."""
        own = {"aws:principalaccount": account, "aws:principalorgid": organisation}
        shared = self.shared
        known = {key: Value((value,), multivalued=False) for key, value in own.items()}
        context = replace(shared, known={**shared.known, **known})
        return Request(
            caller=caller_of(f"arn:aws:iam::{account}:role/unknown", context),
            action=self.action,
            resource=self.resource,
            within=self.within,
            resource_account=self.resource_account or account,
            context=context,
        )

    def request(self, member: Member) -> Request:
        """Return the question as a member's request."""
        context = replace(self.context, known={**self.context.known, **member.keys})
        return Request(
            caller=member.caller,
            action=self.action,
            resource=self.resource,
            within=self.within,
            resource_account=self.resource_account or member.account,
            context=context,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one principal may do."""

    principal: str
    account: str
    result: Result
    truth: Truth
    """True, or what must hold for the request to be allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Somebody about whom a question cannot be answered, and why."""

    account: str
    principal: str
    """Empty for everybody in the account."""
    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Everybody who can, and everybody about whom that is not known."""

    found: tuple[Answer, ...]
    faults: tuple[Fault, ...] = ()


Says = tuple[Truth, Truth]
"""What a document allows and what it denies."""


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A document as far as it concerns a question."""

    policy: Policy
    asks: tuple[str, ...]
    """Keys of the caller's own on which it still hangs."""
    grants: bool
    said: dict[tuple[Value | None, ...], Says] = field(default_factory=dict)
    """What it says, by the values of those keys."""


class Reducer:
    """Reduces each distinct document once to what of it can decide a question."""

    def __init__(self, question: Question, library: Library) -> None:
        self._question = question
        self._library = library
        self._action = question.action.lower()
        self._held: dict[int, Reduced | None] = {}
        self._last: tuple[Member, Request] | None = None

    @property
    def concerned(self) -> Iterator[int]:
        """The documents with a statement that may be about the action."""
        return iter(self._library.concerning(self._action))

    def reduced(self, number: int) -> Reduced | None:
        """Return what is left of a document, None for nothing; raise `PolicyError` where it is a bad one."""
        try:
            return self._held[number]
        except KeyError:
            found = self._held[number] = self._reduce(number)
            return found

    def _reduce(self, number: int) -> Reduced | None:
        positions = self._library.concerning(self._action).get(number)
        if positions is None:
            if self._library.fault(number):
                self._library.statements(number)
            return None
        kept = []
        for statement in self._library.statements(number, positions):
            left = self._left(statement)
            if left is not None:
                kept.append(left)
        if not kept:
            return None
        asks = sorted({key for each in kept for key in _asks(each)})
        policy = Policy(self._library.name(number), tuple(kept))
        return Reduced(policy, tuple(asks), any(each.allows for each in kept))

    def _left(self, statement: Statement) -> Statement | None:
        """Return the statement as one for this question alone, or None if it cannot apply to it."""
        question = self._question
        if not covers_action(statement, self._action):
            return None
        resources = statement.resources
        if resources is not None:
            covered = covers_resource(statement, question.resource, question.shared, question.within)
            if covered is False:
                return None
            resources = None if covered is True else resources
        left = []
        for entry in statement.conditions:
            held = holds(entry, question.shared)
            if held is False:
                return None
            if held is not True:
                left.append(entry)
        return Statement(
            name=statement.name,
            allows=statement.allows,
            actions=("*",),
            but_actions=False,
            resources=resources,
            but_resources=statement.but_resources,
            principals=statement.principals,
            but_principals=statement.but_principals,
            conditions=tuple(left),
            variables=statement.variables,
        )

    def says(self, reduced: Reduced, member: Member) -> Says:
        """Return what a document of a caller's or of its organisation says of a member."""
        values = tuple([member.keys.get(key) for key in reduced.asks]) if reduced.asks else ()
        said = reduced.said.get(values)
        if said is None:
            if self._last is None or self._last[0] is not member:
                self._last = (member, self._question.request(member))
            layer = union((reduced.policy,), self._last[1])
            said = reduced.said[values] = (layer.allow, layer.deny)
        return said


def _asks(statement: Statement) -> Iterator[str]:
    """Yield the caller's own keys that a statement's conditions, values and resources ask for."""
    texts = list(statement.resources or ())
    for entry in statement.conditions:
        if is_callers(entry.key.lower()):
            yield entry.key.lower()
        texts += entry.values
    for text in texts:
        for piece in text.split("${")[1:]:
            key = piece.partition("}")[0].partition(",")[0].strip().lower()
            if is_callers(key):
                yield key
