"""Who can become whom: roles that others may assume, link by link, backwards from those who can do a thing.

A link needs both ends, as every call does: the caller's own policies and its organisation's let it ask for
`sts:AssumeRole`, and the role's trust policy lets it in. The circumstances of such a call are its caller's to
choose (an external id, a session's name, a device), so they are left open: a link may hold "if".
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from console.policy.conditions import holds
from console.policy.context import Context, Value
from console.policy.document import Form, Policy, PolicyError, Principals, Statement
from console.policy.evaluate import result_of, union
from console.policy.library import Library
from console.policy.match import arn_matches, wild
from console.policy.members import Member
from console.policy.principals import Named, how_named
from console.policy.question import Answer, Answers, Fault, Question, Reduced, Reducer
from console.policy.request import ANY_RESOURCE
from console.policy.residual import simplify
from console.policy.scan import Estate, Scan, Side
from console.policy.statements import RESOURCE_KEY, grants_as, names
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate, settle

ASSUME = "sts:AssumeRole"
_FEDERATED = ("sts:assumerolewithsaml", "sts:assumerolewithwebidentity")
_ASSUMING = {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}
_NOT_OF_PEOPLE = ("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:PrincipalServiceName")
_ACCOUNT_PART = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A role that is assumed, and what must hold for it."""

    role: str
    truth: Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How somebody becomes a principal that can: links from the first role assumed to the last."""

    start: str
    """A principal of the organisation, or an outsider in words."""
    is_outsider: bool
    links: tuple[Link, ...]

    @property
    def target(self) -> str:
        """The role that can."""
        return self.links[-1].role

    @property
    def truth(self) -> Truth:
        """What must hold on the whole way; each link is another call, with circumstances of its own."""
        return conjoin(link.truth for link in self.links)


@dataclass(frozen=True, slots=True)
class _Trust:
    """A role's trust policy as far as it is about assuming it."""

    policy: Reduced | None
    fault: str = ""


class Becoming:
    """The links between an estate's principals, found as they are asked for."""

    def __init__(self, estate: Estate, question: Question | None = None) -> None:
        self._estate = estate
        self.question = question or Question(
            action=ASSUME,
            resource=ANY_RESOURCE,
            context=Context.of(_ASSUMING, absent=_NOT_OF_PEOPLE, rest_unknown=True),
        )
        self._scan = Scan(estate, self.question)
        self._sides: dict[Member, Side | None] = {}
        self._unknown: dict[Member, str] = {}
        self._left: tuple[Member, ...] = ()
        """Of those, the ones that the present walk has not reached."""
        self._memo: dict[tuple[object, ...], tuple[dict[Named, Truth], Truth]] = {}
        self._perimeter: dict[tuple[object, ...], Truth] = {}
        self._rules = Reducer(self.question, estate.library)

    def routes(self, targets: Iterable[str], heed: Callable[[], object] = lambda: None) -> tuple[Route, ...]:
        """Return the shortest way for everybody else, and for outsiders, to become one of `targets`.

        Everybody is reached once, so circles of roles end by themselves. `heed` is called before each role; what it
        raises ends the search.
        """
        self._left = self._assumers
        after: dict[str, Link] = {}
        first = tuple(dict.fromkeys(targets))
        reached = set(first)
        waiting = deque(arn for arn in first if arn in self._estate.members.by_arn)
        outside: dict[str, Link] = {}
        order: list[str] = []
        while waiting:
            heed()
            role = self._estate.members.by_arn[waiting.popleft()]
            if not role.is_role:
                continue
            self._left = tuple(each for each in self._left if each.arn not in reached)
            for member, truth in self._into(role, reached):
                reached.add(member.arn)
                after[member.arn] = Link(role.arn, truth)
                order.append(member.arn)
                waiting.append(member.arn)
            for outsider, truth in self._outsiders(role):
                if self._is_open(truth):
                    outside.setdefault(outsider, Link(role.arn, truth))
        inside = [Route(start=arn, is_outsider=False, links=_links(after[arn], after)) for arn in order]
        others = [
            Route(start=each, is_outsider=True, links=_links(link, after)) for each, link in outside.items()
        ]
        return (*inside, *others)

    def assumers(self, accounts: Iterable[str] | None = None) -> Answers:
        """Return everybody, of the named accounts or of all, who may assume some role; in the snapshot's order."""
        self._left = self._assumers
        held: dict[str, list[Truth]] = {}
        sure: set[str] = set()
        for role in (each for each in self._estate.members.by_arn.values() if each.is_role):
            for member, truth in self._into(role, sure):
                held.setdefault(member.arn, []).append(truth)
                if truth is True:
                    sure.add(member.arn)
        members = self._estate.members
        asked = members.of_account if accounts is None else accounts
        found, faults = [], []
        for member in (each for account in asked for each in members.of_account[account]):
            truth = True if member.arn in sure else simplify(disjoin(held.get(member.arn, ())))
            if truth is not False:
                result = result_of(truth, denied=False)
                found.append(Answer(principal=member.arn, account=member.account, result=result, truth=truth))
            elif member in self._unknown:
                reason = self._unknown[member]
                faults.append(Fault(account=member.account, principal=member.arn, reason=reason))
        for arn, reason in self.faults.items():
            faults.append(Fault(account=_account(arn), principal=arn, reason=f"its trust policy: {reason}"))
        return Answers(tuple(found), tuple(faults))

    def _into(self, role: Member, reached: set[str]) -> Iterator[tuple[Member, Truth]]:
        """Yield everybody not yet reached who may assume a role."""
        trust = self._trusts[role.arn]
        if trust.policy is None:
            return
        for member in self._candidates(role, trust.policy):
            if member.arn not in reached:
                truth = self._link(member, role, trust.policy)
                if truth is not False:
                    yield member, truth

    def _candidates(self, role: Member, trust: Reduced) -> Iterator[Member]:
        members = self._estate.members
        seen: set[Member] = set()
        for statement in trust.policy.statements:
            if not statement.allows:
                continue
            for found in self._named(statement, role):
                if found not in seen:
                    seen.add(found)
                    yield found
        if any(each.allows and each.but_principals for each in trust.policy.statements):
            yield from (each for each in members.by_arn.values() if each not in seen)

    def _named(self, statement: Statement, role: Member) -> Iterator[Member]:
        members = self._estate.members
        for kind, value in () if statement.but_principals else statement.principals or ():
            if kind != "AWS":
                continue
            if value == "*":
                yield from members.of_account[role.account]
                yield from self._left
            elif value in members.by_arn:
                yield members.by_arn[value]
            else:
                yield from members.of_account.get(_account(value), ())

    @cached_property
    def _assumers(self) -> tuple[Member, ...]:
        """Everybody whose own policies grant assuming some role."""
        granting = self._scan.granting()
        everybody = self._estate.members.by_arn.values()
        sides = ((each, self._side(each)) for each in everybody if each in granting)
        return tuple(each for each, side in sides if side is not None and side.identity is not False)

    def _link(self, member: Member, role: Member, trust: Reduced) -> Truth:
        """Return whether a member may assume a role, by the rules of `evaluate.decide`."""
        side = self._side(member)
        if side is None:
            return False
        same = member.account == role.account
        if not same and side.identity is False:
            return False
        named, refused = self._let_in(member, trust)
        anybody = disjoin(named.values())
        own = conjoin((side.identity, side.boundary, anybody))
        granted = own
        if same:
            by_role = conjoin((named.get(Named.ROLE, False), side.boundary))
            granted = disjoin((own, named.get(Named.SELF, False), named.get(Named.USER, False), by_role))
        if granted is False or refused is True:
            return False
        denied = disjoin((side.denied, refused, self._shut_out(member, role)))
        return simplify(_on(role.arn, conjoin((side.above, granted, negate(denied)))))

    def _side(self, member: Member) -> Side | None:
        if member not in self._sides:
            try:
                self._sides[member] = self._scan.side(member)
            except PolicyError as error:
                self._sides[member] = None
                self._unknown[member] = str(error)
        return self._sides[member]

    def _let_in(self, member: Member, trust: Reduced) -> tuple[dict[Named, Truth], Truth]:
        """Return what a trust policy allows, by how closely it names the member, and what it denies."""
        caller = member.caller
        bounded = member.boundary is not None
        statements = trust.policy.statements
        key = (
            id(trust),
            tuple(how_named(caller, each.principals or ()) for each in statements),
            bounded,
            tuple(member.keys.get(each) for each in trust.asks),
        )
        if key not in self._memo:
            request = self.question.request(member)
            refused = union((trust.policy,), request, lambda each: names(each, caller, bounded=bounded))
            granted: dict[Named, list[Truth]] = {}
            for statement in statements:
                named = grants_as(statement, caller) if statement.allows else Named.NOT
                if named is not Named.NOT:
                    said = union((_only(trust, statement),), request)
                    granted.setdefault(named, []).append(said.allow)
            self._memo[key] = ({named: disjoin(each) for named, each in granted.items()}, refused.deny)
        return self._memo[key]

    def _shut_out(self, member: Member, role: Member) -> Truth:
        """Return whether resource control policies around the role keep the member out."""
        if role.account == self._estate.management_account or member.service_linked:
            return False
        chain = self._estate.members.chain(role.account, "rcps")
        numbers = tuple(each for _, level in chain.levels for each in level) if chain else ()
        rules = [each for each in map(self._rules.reduced, numbers) if each is not None]
        if not rules:
            return False
        asks = sorted({key for each in rules for key in each.asks})
        likeness = (numbers, tuple(member.keys.get(key) for key in asks))
        if likeness not in self._perimeter:
            caller = member.caller
            said = union(
                [each.policy for each in rules],
                self.question.request(member),
                lambda each: names(each, caller, bounded=False),
            )
            self._perimeter[likeness] = said.deny
        return self._perimeter[likeness]

    @cached_property
    def _trusts(self) -> dict[str, _Trust]:
        """Every role's trust policy, opened once for equal ones."""
        library = Library()
        numbers = {
            member.arn: library.add("trust policy", member.held.get("trust") or _NOBODY, Form.RESOURCE)
            for member in self._estate.members.by_arn.values()
            if member.is_role
        }
        reducer = Reducer(self.question, library)
        found: dict[int, _Trust] = {}
        for number in set(numbers.values()):
            try:
                found[number] = _Trust(reducer.reduced(number))
            except PolicyError as error:
                found[number] = _Trust(None, str(error))
        return {arn: found[number] for arn, number in numbers.items()}

    @property
    def faults(self) -> Mapping[str, str]:
        """Roles whose trust policy is not understood, so that who may assume them is not known."""
        return {arn: each.fault for arn, each in self._trusts.items() if each.fault}

    def _outsiders(self, role: Member) -> Iterator[tuple[str, Truth]]:
        """Yield those outside the organisation whom a role's trust policy lets in."""
        raw: Any = role.held.get("trust") or _NOBODY
        library = Library()
        number = library.add("trust policy", raw, Form.RESOURCE)
        try:
            statements = library.statements(number)
        except PolicyError:
            return
        for statement in statements:
            if statement.allows and not statement.but_principals:
                yield from self._outside(statement.principals or (), statement)

    def _is_open(self, truth: Truth) -> bool:
        """Tell whether somebody who is not of this organisation can meet a condition."""
        ours = Leaf(
            "StringEquals",
            "aws:PrincipalOrgID",
            (self._organisation,),
            variables=False,
            source="organisation",
        )
        return simplify(conjoin((truth, negate(ours)))) is not False

    @cached_property
    def _organisation(self) -> str:
        return next((each.organisation for each in self._estate.members.by_arn.values()), "")

    def _outside(self, principals: Principals, statement: Statement) -> Iterator[tuple[str, Truth]]:
        for kind, value in principals:
            if kind == "Federated":
                yield f"whoever signs in through {value}", _open(statement, "")
            elif kind == "AWS":
                account = _account(value)
                if value != "*" and account not in self._estate.members.of_account:
                    yield value, _open(statement, value)
                elif value == "*":
                    yield "anybody with an AWS account", _open(statement, "")


_NOBODY = {"Version": "2012-10-17", "Statement": []}


def _open(statement: Statement, arn: str) -> Truth:
    """Return what a trust statement asks of an outsider of whom nothing else is known."""
    known = {key.lower(): Value((value,), multivalued=False) for key, value in _ASSUMING.items()}
    if arn.count(":") > _ACCOUNT_PART:
        known["aws:principalaccount"] = Value((_account(arn),), multivalued=False)
    return conjoin(holds(entry, Context(known, rest_unknown=True)) for entry in statement.conditions)


def _links(first: Link, after: Mapping[str, Link]) -> tuple[Link, ...]:
    links = [first]
    while links[-1].role in after:
        links.append(after[links[-1].role])
    return tuple(links)


def _only(trust: Reduced, statement: Statement) -> Policy:
    return Policy(trust.policy.name, (statement,))


def _account(principal: str) -> str:
    return principal.split(":")[_ACCOUNT_PART] if principal.count(":") > _ACCOUNT_PART else principal


def _on(role: str, truth: Truth) -> Truth:
    """Return a truth with the resource that was left open filled in."""

    def decide(leaf: Leaf) -> Truth:
        if leaf.key != RESOURCE_KEY:
            return leaf
        if any(arn_matches(wild(each), role) for each in leaf.values):
            return True
        return leaf if leaf.variables and any("${" in each for each in leaf.values) else False

    return settle(truth, decide)
