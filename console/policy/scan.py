"""One question asked of everybody: only of those whose documents grant, and once of those who are alike.

A test compares each shortcut with the full scan. What concerns an account alike (its service control policies,
the resource's policy) is reduced once for it; what a document says is kept for each set of values of the
caller's keys that it asks for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.policy.catalogue import rcp_services
from console.policy.context import Value
from console.policy.document import Form, Policy, PolicyError
from console.policy.evaluate import decide, must_trust, result_of
from console.policy.library import Library
from console.policy.members import Member, Members
from console.policy.principals import how_named
from console.policy.question import Answer, Fault, Question, Reduced, Reducer, Says
from console.policy.request import CAN, Level, Policies, Result
from console.policy.residual import simplify
from console.policy.truth import Truth, conjoin, disjoin, negate

Verdict = tuple[Result, Truth]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """Everything a scan looks at."""

    library: Library
    members: Members
    resources: Mapping[str, tuple[str, Any]]
    """By ARN: whose a resource is, and its policy."""
    management_account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands around every principal of an account alike."""

    scps: tuple[tuple[str, tuple[Reduced, ...]], ...] | None
    rcps: tuple[tuple[str, tuple[Reduced, ...]], ...]
    asks: tuple[str, ...]
    """The caller's own keys on which the levels hang."""
    likeness: tuple[object, ...]
    said: dict[tuple[Value | None, ...], Says]
    """What the levels of service control policies say, by the values of those keys; shared by accounts alike."""


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on a caller's own side of a question."""

    identity: Truth
    boundary: Truth
    """What the permissions boundary allows; true without one."""
    above: Truth
    """What the service control policies allow; true where none binds."""
    denied: Truth
    """Whether any of them denies."""


class Scan:
    """A question, asked of some or all members of an estate."""

    def __init__(self, estate: Estate, question: Question) -> None:
        self._estate = estate
        holder, raw = estate.resources.get(container(question.resource), ("", None))
        self._owner = question.resource_account or question.named_account or holder
        self._question = replace(question, resource_account=self._owner)
        self._reducer = Reducer(self._question, estate.library)
        self._resource = self._of_resource(raw)
        self._unseen = raw is None
        self._around: dict[str, _Around | str] = {}
        self._above_said: dict[tuple[object, ...], dict[tuple[Value | None, ...], Says]] = {}
        self._decided: dict[tuple[object, ...], Verdict] = {}
        self.faults: list[Fault] = []
        self._trusts = must_trust(question.request(_NOBODY))

    def _of_resource(self, raw: object) -> Reduced | None:
        if raw is None:
            return None
        number = self._estate.library.add(f"resource {self._question.resource}", raw, Form.RESOURCE)
        return Reducer(self._question, self._estate.library).reduced(number)

    def run(self, accounts: Iterable[str] | None = None) -> Iterator[Answer]:
        """Yield who can, in the snapshot's order; those of whom that is not known go to `faults`."""
        if self._trusts and self._unseen:
            reason = (
                f"the policy of {self._question.resource} was not seen, and it alone says whom it lets in"
            )
            self.faults.append(Fault(account=self._owner, principal="", reason=reason))
            return
        by_account = self._estate.members.of_account
        granting = self.granting()
        for account in by_account if accounts is None else accounts:
            members = by_account[account]
            own = self._resource is not None and self._owner in ("", account)
            if self._resource is None and (self._owner not in ("", account) or self._trusts):
                continue
            alive = members if own else [each for each in members if each in granting]
            if not alive:
                continue
            around = self._surroundings(account)
            if isinstance(around, str):
                self.faults.append(Fault(account=account, principal="", reason=around))
                continue
            yield from self._ask(alive, around)

    def granting(self) -> set[Member]:
        """Return the members of whose documents one may grant, and those of whom that is not known."""
        found: set[Member] = set()
        holding = self._estate.members.holding
        for number in self._reducer.concerned:
            if number in holding:
                try:
                    reduced = self._reducer.reduced(number)
                except PolicyError:
                    found.update(holding[number])
                else:
                    if reduced is not None and reduced.grants:
                        found.update(holding[number])
        found.update(self._estate.members.faulty)
        return found

    def _ask(self, members: Iterable[Member], around: _Around) -> Iterator[Answer]:
        for member in members:
            try:
                result, truth = self._verdict(member, around)
            except PolicyError as error:
                self.faults.append(Fault(account=member.account, principal=member.arn, reason=str(error)))
                continue
            if result in CAN:
                yield Answer(principal=member.arn, account=member.account, result=result, truth=truth)

    def _verdict(self, member: Member, around: _Around) -> Verdict:
        if member.fault:
            raise PolicyError(member.fault)
        identity, limit = self._own(member)
        if self._resource is None and not around.rcps:
            return self._plain(member, around, identity, limit)
        likeness = self._likeness(member, around, identity, limit)
        verdict = self._decided.get(likeness)
        if verdict is None:
            verdict = self._decided[likeness] = self._whole(member, around, identity, limit)
        return verdict

    def _plain(
        self, member: Member, around: _Around, identity: Sequence[Reduced], limit: Reduced | None
    ) -> Verdict:
        """Decide where only the caller's own policies and its organisation's have a say."""
        side = self._side(member, around, identity, limit)
        truth = simplify(conjoin((side.identity, side.boundary, side.above, negate(side.denied))))
        return result_of(truth, side.denied), truth

    def side(self, member: Member) -> Side:
        """Return what stands on a member's own side; raise `PolicyError` where that is not known."""
        around = self._surroundings(member.account)
        if member.fault or isinstance(around, str):
            raise PolicyError(member.fault or str(around))
        return self._side(member, around, *self._own(member))

    def _own(self, member: Member) -> tuple[list[Reduced], Reduced | None]:
        identity = [each for each in map(self._reducer.reduced, member.documents) if each is not None]
        return identity, None if member.boundary is None else self._reducer.reduced(member.boundary)

    def _side(
        self, member: Member, around: _Around, identity: Sequence[Reduced], limit: Reduced | None
    ) -> Side:
        says = self._reducer.says
        own = [says(each, member) for each in identity]
        denied = [deny for _, deny in own]
        boundary: Truth = True
        if member.boundary is not None:
            boundary, deny = says(limit, member) if limit is not None else (False, False)
            denied.append(deny)
        above: Truth = True
        if around.scps is not None and not self._is_exempt(member):
            above, deny = self._above(member, around)
            denied.append(deny)
        return Side(disjoin([allow for allow, _ in own]), boundary, above, disjoin(denied))

    def _above(self, member: Member, around: _Around) -> Says:
        """Return what the service control policies above a member say together."""
        keys = member.keys if around.asks else {}
        values = tuple([keys.get(key) for key in around.asks])
        said = around.said.get(values)
        if said is None:
            levels = [[self._reducer.says(each, member) for each in level] for _, level in around.scps or ()]
            said = around.said[values] = (
                conjoin([disjoin([allow for allow, _ in level]) for level in levels]),
                disjoin([deny for level in levels for _, deny in level]),
            )
        return said

    def _is_exempt(self, member: Member) -> bool:
        return member.service_linked or member.account == self._estate.management_account

    def _whole(
        self, member: Member, around: _Around, identity: Sequence[Reduced], limit: Reduced | None
    ) -> Verdict:
        request = self._question.request(member)
        boundary = None
        if member.boundary is not None:
            boundary = limit.policy if limit is not None else Policy("boundary", ())
        policies = Policies(
            identity=tuple(each.policy for each in identity),
            boundary=boundary,
            scps=None if around.scps is None else _levels(around.scps),
            rcps=_levels(around.rcps),
            resource=self._resource.policy if self._resource is not None else None,
            management_account=self._estate.management_account,
        )
        decision = decide(request, policies)
        return decision.result, decision.truth

    def _likeness(
        self, member: Member, around: _Around, identity: Sequence[Reduced], limit: Reduced | None
    ) -> tuple[object, ...]:
        """Return all in which a member may differ from others for this question."""
        asks = {*around.asks, *(key for each in identity for key in each.asks)}
        if limit is not None:
            asks.update(limit.asks)
        named: tuple[object, ...] = ()
        if self._resource is not None:
            asks.update(self._resource.asks)
            caller = self._question.request(member).caller
            named = tuple(
                how_named(caller, each.principals or ()) for each in self._resource.policy.statements
            )
        keys = member.keys
        return (
            around.likeness,
            tuple(map(id, identity)),
            (member.boundary is not None, id(limit)),
            (member.is_role, member.service_linked, named),
            tuple((key, keys.get(key)) for key in sorted(asks)),
        )

    def _surroundings(self, account: str) -> _Around | str:
        """Return what stands around an account's principals, or why that is not known."""
        if account not in self._around:
            try:
                self._around[account] = self._read_surroundings(account)
            except PolicyError as error:
                self._around[account] = str(error)
        return self._around[account]

    def _read_surroundings(self, account: str) -> _Around:
        owner = self._owner or account
        scps = self._chain(account, "scps")
        rcps = self._chain(owner, "rcps") if self._question.service in rcp_services() else None
        rules = [each for _, level in (*(scps or ()), *(rcps or ())) for each in level]
        asks = tuple(sorted({key for each in rules for key in each.asks}))
        alike = tuple(tuple(map(id, level)) for _, level in scps or ())
        return _Around(
            scps=scps,
            rcps=tuple((name, level) for name, level in rcps or () if level),
            asks=asks,
            said=self._above_said.setdefault((alike, asks), {}),
            likeness=(
                scps is not None and alike,
                tuple(tuple(map(id, level)) for _, level in rcps or ()),
                account == self._estate.management_account,
                owner == self._estate.management_account,
                owner == account,
            ),
        )

    def _chain(self, account: str, sort: str) -> tuple[tuple[str, tuple[Reduced, ...]], ...] | None:
        chain = self._estate.members.chain(account, sort)
        if chain is None:
            return None
        return tuple(
            (name, tuple(each for each in map(self._reducer.reduced, level) if each is not None))
            for name, level in chain.levels
        )


def _levels(levels: Iterable[tuple[str, tuple[Reduced, ...]]]) -> tuple[Level, ...]:
    return tuple(Level(name, tuple(each.policy for each in level)) for name, level in levels)


def container(resource: str) -> str:
    """Return the ARN that carries the resource's policy: of an object, its bucket's."""
    head, slash, _ = resource.partition("/")
    return head if slash and head.split(":", 3)[2:3] == ["s3"] else resource


_NOBODY = Member("arn:aws:iam::000000000000:role/nobody", "000000000000", "", {}, (), None)
