"""Questions to a whole organisation: its policies reduced to the question once, its principals asked one by one.

Three shortcuts, each of which a test compares with the full scan. `relevant` leaves out statements whose `Action`
alone shows that they cannot apply. `_Reducer` matches action, resource and everything that does not hang on the
caller once for each distinct policy. Callers around whom the same reduced policies stand, and who agree in
every key that those still ask for, get one decision together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from console.policy.conditions import holds
from console.policy.context import Context, Value
from console.policy.document import Policy, PolicyError, Statement, parse_policy
from console.policy.evaluate import (
    Decision,
    Level,
    Policies,
    Request,
    Result,
    covers_action,
    covers_resource,
    decide,
)
from console.policy.match import matches, wild
from console.policy.principals import caller_of
from console.policy.truth import Truth

FORMAT = "iam-org-snapshot/1"
CALLERS_OWN = frozenset({"aws:principalarn", "aws:principalaccount", "aws:principalorgid"})
CALLERS_TAGS = "aws:principaltag/"
_ACCOUNT_PART = 4
_ANSWERS_KEPT = 16


@dataclass(frozen=True, kw_only=True)
class Question:
    """An action on a resource under circumstances."""

    action: str
    resource: str
    """A full ARN, or `*` for an action without resource types."""
    context: Context = field(default_factory=Context)

    @cached_property
    def shared(self) -> Context:
        """The context with everything that differs from caller to caller unknown."""
        return replace(
            self.context,
            known={key: value for key, value in self.context.known.items() if not _is_callers(key)},
            unknown=self.context.unknown | CALLERS_OWN,
            unknown_prefix=CALLERS_TAGS,
        )

    resource_account: str = ""
    """Whose the resource is; empty where it is the caller's own or nobody's, as foundation models are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one principal may do."""

    principal: str
    account: str
    result: Result
    truth: Truth
    """True, or what must hold for the request to be allowed."""


class Organisation:
    """An organisation's principals, policies and resources, from a snapshot in `iam-org-snapshot/1`."""

    def __init__(self, snapshot: object) -> None:
        if not isinstance(snapshot, Mapping) or snapshot.get("format") != FORMAT:
            raise PolicyError(f"the organisation is not in the format {FORMAT}")
        try:
            self._organisation: Mapping[str, Any] = snapshot["organisation"]
            self._accounts: Mapping[str, Any] = snapshot["accounts"]
            self._management = str(self._organisation["management_account"])
            self._id = str(self._organisation["id"])
        except KeyError as missing:
            raise PolicyError(f"the organisation lacks {missing}") from None
        self._by_aws: Mapping[str, Any] = snapshot.get("aws_managed_policies", {})
        self._answers: dict[tuple[object, ...], tuple[Answer, ...]] = {}

    @property
    def accounts(self) -> tuple[str, ...]:
        """The ids of all accounts."""
        return tuple(self._accounts)

    @property
    def principals(self) -> Iterator[str]:
        """The ARNs of all users and roles."""
        for held in self._accounts.values():
            yield from (*held["users"], *held["roles"])

    def who_can(self, question: Question) -> tuple[Answer, ...]:
        """Return every principal that may, or may under a condition, do what is asked.

        The last few questions' answers are kept: a snapshot does not change.
        """
        context = question.context
        known = tuple(sorted(context.known.items(), key=lambda item: item[0]))
        rest = (context.unknown, context.absent, context.rest_unknown)
        key = (question.action.lower(), question.resource, question.resource_account, known, rest)
        if key not in self._answers:
            if len(self._answers) >= _ANSWERS_KEPT:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = tuple(self._ask_all(self._owned(question)))
        return self._answers[key]

    def why(self, principal: str, question: Question) -> Decision:
        """Return the whole decision for one principal, with nothing left out beforehand."""
        question = self._owned(question)
        account = principal.split(":")[_ACCOUNT_PART] if principal.count(":") > _ACCOUNT_PART else ""
        held = self._accounts.get(account, {"users": {}, "roles": {}})
        own = held["users"].get(principal) or held["roles"].get(principal)
        if own is None:
            raise PolicyError(f"{principal} is not a principal of this organisation")
        asked = _Asked(self._accounts, self._organisation, self._by_aws, _Whole(), question)
        around = asked.surroundings(account)
        limit = asked.managed(account, own["boundary"]) if own.get("boundary") else None
        caller = _Principal(account, principal, self._id, own)
        return self._decide(question, caller, around, asked.identity(account, own), limit)

    def _owned(self, question: Question) -> Question:
        """Return the question with the resource's account: of its ARN, or of who holds it in the snapshot."""
        if question.resource_account:
            return question
        parts = question.resource.split(":", 5)
        owner = parts[_ACCOUNT_PART] if len(parts) > _ACCOUNT_PART else ""
        holders = (
            account
            for account, held in self._accounts.items()
            if _container(question.resource) in held.get("resources", {})
        )
        return replace(question, resource_account=owner or next(holders, ""))

    def _ask_all(self, question: Question) -> Iterator[Answer]:
        asked = _Asked(self._accounts, self._organisation, self._by_aws, _Reducer(question), question)
        seen: dict[tuple[object, ...], tuple[Result, Truth]] = {}
        kinds: dict[tuple[object, ...], int] = {}
        for account, held in self._accounts.items():
            around = asked.surroundings(account)
            by_resource = around.resource is not None and question.resource_account == account
            kind = (
                around.likeness,
                account == self._management,
                question.resource_account in ("", account),
                around.resource is not None,
            )
            number = kinds.setdefault(kind, len(kinds))
            for arn, own in (*held["users"].items(), *held["roles"].items()):
                identity = asked.identity(account, own)
                if not by_resource and not any(each.grants for each in identity):
                    continue
                caller = _Principal(account, arn, self._id, own)
                boundary = own.get("boundary")
                limit = asked.managed(account, boundary) if boundary else None
                likeness = (number, *map(id, identity), id(limit), *caller.likeness(around, identity, limit))
                answer = seen.get(likeness)
                if answer is None:
                    decision = self._decide(question, caller, around, identity, limit)
                    answer = seen[likeness] = (decision.result, decision.truth)
                if answer[0] in (Result.ALLOWED, Result.ALLOWED_IF):
                    yield Answer(principal=arn, account=account, result=answer[0], truth=answer[1])

    def _decide(
        self,
        question: Question,
        caller: "_Principal",
        around: "_Around",
        identity: Sequence["_Reduced"],
        limit: "_Reduced | None",
    ) -> Decision:
        known = {**question.context.known, **caller.keys()}
        context = replace(question.context, known=known)
        request = Request(
            caller=caller_of(caller.arn, context),
            action=question.action,
            resource=question.resource,
            resource_account=question.resource_account or caller.account,
            context=context,
        )
        return decide(
            request,
            Policies(
                identity=tuple(each.policy for each in identity),
                boundary=limit.policy if limit else None,
                scps=around.scps,
                rcps=around.rcps or (),
                resource=around.resource,
                management_account=self._management,
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Reduced:
    """A policy as far as it concerns a question; one object for equal policies of one name."""

    policy: Policy
    asks: frozenset[str]
    """Keys of the caller's own on which it still hangs."""
    grants: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands around every principal of an account alike."""

    scps: tuple[Level, ...] | None
    rcps: tuple[Level, ...] | None
    resource: Policy | None
    asks: frozenset[str]
    """Keys of the caller's own on which the levels still hang."""
    likeness: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Principal:
    """One user or role, as the snapshot holds it."""

    account: str
    arn: str
    organisation: str
    held: Mapping[str, Any]

    def keys(self) -> dict[str, Value]:
        """Return the caller's own context keys."""
        own = {
            "aws:principalarn": Value((self.arn,), multivalued=False),
            "aws:principalaccount": Value((self.account,), multivalued=False),
            "aws:principalorgid": Value((self.organisation,), multivalued=False),
        }
        for tag, text in self.held.get("tags", {}).items():
            own[f"{CALLERS_TAGS}{tag}".lower()] = Value((str(text),), multivalued=False)
        return own

    def likeness(
        self, around: _Around, identity: Sequence[_Reduced], limit: _Reduced | None
    ) -> tuple[object, ...]:
        """Return all in which this caller may differ from others with the same policies of its own."""
        asks = around.asks
        for each in identity:
            asks |= each.asks
        if limit is not None:
            asks |= limit.asks
        sort = (":user/" in self.arn, ":role/aws-service-role/" in self.arn)
        named = self.arn if around.resource is not None else ""
        if not asks:
            return (*sort, named)
        own = self.keys()
        return (*sort, named, *((key, own.get(key)) for key in sorted(asks)))


class _Whole:
    """Leaves every policy whole."""

    def reduce(self, name: str, raw: object) -> _Reduced:
        policy = parse_policy(name, raw)
        return _Reduced(policy, frozenset(), any(each.allows for each in policy.statements))


class _Reducer:
    """Reduces each distinct policy to what of it can decide a question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._action = question.action.lower()
        self._held: dict[tuple[str, str], _Reduced] = {}

    def reduce(self, name: str, raw: object) -> _Reduced:
        pruned = relevant(raw, self._action)
        key = (name, repr(pruned))
        if key not in self._held:
            kept: tuple[Statement, ...] = ()
            if pruned is not None:
                reduced = (self._reduced(each) for each in parse_policy(name, pruned).statements)
                kept = tuple(each for each in reduced if each is not None)
            asks = frozenset(key for each in kept for key in _asks(each))
            self._held[key] = _Reduced(Policy(name, kept), asks, any(each.allows for each in kept))
        return self._held[key]

    def _reduced(self, statement: Statement) -> Statement | None:
        """Return the statement as one for this question alone, or None if it cannot apply to it."""
        question = self._question
        if not covers_action(statement, self._action):
            return None
        shared = question.shared
        resources = statement.resources
        if resources is not None:
            covered = covers_resource(statement, question.resource, shared)
            if covered is False:
                return None
            resources = None if covered is True else resources
        left = []
        for entry in statement.conditions:
            held = holds(entry, shared)
            if held is False:
                return None
            if held is not True:
                left.append(entry)
        return replace(
            statement, actions=("*",), but_actions=False, resources=resources, conditions=tuple(left)
        )


class _Asked:
    """An organisation's policies, reduced for one question as they are met."""

    def __init__(
        self,
        accounts: Mapping[str, Any],
        organisation: Mapping[str, Any],
        by_aws: Mapping[str, Any],
        reducer: _Reducer | _Whole,
        question: Question,
    ) -> None:
        self._accounts = accounts
        self._organisation = organisation
        self._by_aws = by_aws
        self._reducer = reducer
        self._question = question
        self._managed: dict[tuple[str, str], _Reduced] = {}
        self._groups: dict[tuple[str, str], tuple[_Reduced, ...]] = {}
        self._attached: dict[tuple[str, ...], tuple[_Reduced, ...]] = {}

    def identity(self, account: str, principal: Mapping[str, Any]) -> list[_Reduced]:
        """Return what of a principal's own, managed and groups' policies concerns the question."""
        found = [self.managed(account, arn) for arn in principal["managed"]]
        found += [self._reducer.reduce(name, raw) for name, raw in principal["inline"].items()]
        for group in principal.get("groups", ()):
            found += self._group(account, group)
        return [each for each in found if each.policy.statements]

    def managed(self, account: str, arn: str) -> _Reduced:
        """Return what of a managed policy concerns the question; nothing of it may."""
        key = (account, arn)
        if key not in self._managed:
            documents = self._accounts[account]["managed_policies"]
            if arn not in documents and arn not in self._by_aws:
                raise PolicyError(f"managed policy {arn} is attached in {account} but not in the snapshot")
            raw = documents[arn] if arn in documents else self._by_aws[arn]
            self._managed[key] = self._reducer.reduce(arn.rsplit("/", 1)[-1], raw)
        return self._managed[key]

    def surroundings(self, account: str) -> _Around:
        """Return the policies that stand around every principal of an account alike."""
        owner = self._question.resource_account or account
        scps, scps_reduced = self._chain(account, "scps")
        rcps, rcps_reduced = self._chain(owner, "rcps")
        held = self._accounts.get(owner, {}).get("resources", {})
        raw = held.get(_container(self._question.resource), {}).get("policy")
        name = f"resource {self._question.resource}"
        return _Around(
            scps=scps,
            rcps=rcps,
            resource=self._reducer.reduce(name, raw).policy if raw else None,
            asks=frozenset(
                key for level in (*scps_reduced, *rcps_reduced) for each in level for key in each.asks
            ),
            likeness=(
                tuple(tuple(map(id, level)) for level in scps_reduced),
                tuple(tuple(map(id, level)) for level in rcps_reduced),
            ),
        )

    def _group(self, account: str, arn: str) -> tuple[_Reduced, ...]:
        key = (account, arn)
        if key not in self._groups:
            group = self._accounts[account]["groups"].get(arn)
            if group is None:
                raise PolicyError(f"group {arn} has members in {account} but is not in the snapshot")
            self._groups[key] = tuple(self.identity(account, group))
        return self._groups[key]

    def _chain(
        self, account: str, member: str
    ) -> tuple[tuple[Level, ...] | None, tuple[tuple[_Reduced, ...], ...]]:
        """Return the levels from the root to the account; None for an account outside the organisation."""
        place = self._organisation["accounts"].get(account)
        if place is None:
            return None, ()
        reduced = [self._level(place[member])]
        names = [account]
        parent = place["ou"]
        while parent:
            unit = self._organisation["ous"][parent]
            reduced.append(self._level(unit[member]))
            names.append(parent)
            parent = unit["parent"]
        reduced.reverse()
        levels = (
            Level(name, tuple(each.policy for each in level))
            for name, level in zip(reversed(names), reduced, strict=True)
        )
        return tuple(levels), tuple(reduced)

    def _level(self, attached: Sequence[str]) -> tuple[_Reduced, ...]:
        key = tuple(attached)
        if key not in self._attached:
            documents = self._organisation["policies"]
            reduced = (self._reducer.reduce(each, documents[each]["document"]) for each in key)
            self._attached[key] = tuple(each for each in reduced if each.policy.statements)
        return self._attached[key]


def relevant(raw: object, action: str) -> object:
    """Return the policy with the statements that may concern `action`, or None if none may.

    A statement is left out only if its `Action` alone shows that it cannot apply. Positions in the policy are
    kept as names, so that a trace still names the statement.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("Statement"), list):
        return raw
    kept = [
        each if "Sid" in each else {**each, "Sid": str(index)}
        for index, each in enumerate(raw["Statement"], 1)
        if _may_concern(each, action)
    ]
    return {**raw, "Statement": kept} if kept else None


def _may_concern(statement: object, action: str) -> bool:
    if not isinstance(statement, Mapping):
        return True
    actions = statement.get("Action")
    if isinstance(actions, str):
        return _action_covers(actions, action)
    if isinstance(actions, list) and actions and all(isinstance(each, str) for each in actions):
        return any(_action_covers(each, action) for each in actions)
    return True


@lru_cache(maxsize=65536)
def _action_covers(pattern: str, action: str) -> bool:
    return matches(wild(pattern.lower()), action)


def _container(resource: str) -> str:
    """Return the ARN that carries the resource's policy: of an object, its bucket's."""
    return resource.partition("/")[0] if resource.startswith("arn:aws:s3:::") else resource


def _asks(statement: Statement) -> Iterator[str]:
    """Yield the caller's own keys that a statement's conditions, values and resources ask for."""
    texts = list(statement.resources or ())
    for entry in statement.conditions:
        if _is_callers(entry.key.lower()):
            yield entry.key.lower()
        texts += entry.values
    for text in texts:
        for piece in text.split("${")[1:]:
            key = piece.partition("}")[0].partition(",")[0].strip().lower()
            if _is_callers(key):
                yield key


def _is_callers(key: str) -> bool:
    return key in CALLERS_OWN or key.startswith(CALLERS_TAGS)
