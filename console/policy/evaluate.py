"""The decision: what each layer says, and what they come to together.

The order is AWS's. An explicit deny in any layer that binds the caller ends it. Otherwise every limiting layer
must allow (service control policies at every level, the endpoint's policy), and somebody must grant: the
caller's own policies, within the permissions boundary and the session's policies, or the resource's policy;
from another account both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from console.policy.catalogue import rcp_services
from console.policy.document import Policy, Statement
from console.policy.principals import Kind, Named
from console.policy.request import CAN, Endpoint, Policies, Request, Result
from console.policy.residual import simplify
from console.policy.statements import applies, grants_as, names, names_at_gateway
from console.policy.truth import Truth, conjoin, disjoin, negate

About = Callable[[Statement], bool]
"""Tells whether a statement names the caller."""

_TRUSTED = ("sts:assumerole", "sts:tagsession", "sts:setsourceidentity")
_LIMITS = ("rcp", "scp", "vpce", "boundary", "session")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a layer, or a level of it, says."""

    allow: Truth
    deny: Truth
    allowed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    levels: tuple[tuple[str, "Said"], ...] = ()

    @property
    def result(self) -> Result:
        """The layer's own verdict."""
        return result_of(conjoin((self.allow, negate(self.deny))), self.deny)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer, with what led to it."""

    result: Result
    truth: Truth
    """True, false, or what must hold for the request to be allowed."""
    layers: dict[str, Said] = field(default_factory=dict)
    same_account: bool = True

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The limiting layers that stop what the caller's or the resource's policies would grant."""
        granting = [self.layers[name] for name in ("identity", "resource") if name in self.layers]
        if self.result in CAN or all(layer.allow is False for layer in granting):
            return ()
        limits = ((name, self.layers[name]) for name in _LIMITS if name in self.layers)
        return tuple(name for name, said in limits if said.allow is False or said.deny is True)


def decide(request: Request, policies: Policies) -> Decision:
    """Return AWS's answer to `request` under `policies`."""
    caller = request.caller
    same = caller.account == request.resource_account or not caller.account
    layers = _layers(request, policies)
    denied = disjoin(layer.deny for layer in layers.values())
    limits = [layers[name].allow for name in ("scp", "vpce") if name in layers]
    granted = _granted(request, policies, layers, same=same)
    truth = simplify(conjoin((*limits, granted, negate(denied))))
    return Decision(result=result_of(truth, denied), truth=truth, layers=layers, same_account=same)


def result_of(truth: Truth, denied: Truth) -> Result:
    """Return how a request ends, given whether it is allowed and whether something denies it."""
    if truth is True:
        return Result.ALLOWED
    if truth is False:
        return Result.EXPLICITLY_DENIED if denied is True else Result.IMPLICITLY_DENIED
    return Result.ALLOWED_IF


def scps_bind(request: Request, policies: Policies) -> bool:
    """Tell whether service control policies bind the caller."""
    caller = request.caller
    is_principal = caller.kind not in (Kind.SERVICE, Kind.ANONYMOUS)
    return is_principal and caller.account != policies.management_account and not caller.service_linked


def rcps_bind(request: Request, policies: Policies) -> bool:
    """Tell whether resource control policies protect the resource from the caller; those of Bedrock, never."""
    protected = request.resource_account != policies.management_account
    return protected and not request.caller.service_linked and request.service in rcp_services()


def _layers(request: Request, policies: Policies) -> dict[str, Said]:
    caller = request.caller
    bounded = policies.boundary is not None
    layers: dict[str, Said] = {}

    def named(statement: Statement) -> bool:
        return names(statement, caller, bounded=bounded)

    if caller.kind not in (Kind.SERVICE, Kind.ANONYMOUS):
        layers["identity"] = union(policies.identity, request)
        if policies.boundary:
            layers["boundary"] = union((policies.boundary,), request)
        if policies.session:
            layers["session"] = union(policies.session, request)
        if policies.scps is not None and scps_bind(request, policies):
            levels = [(level.id, union(level.policies, request)) for level in policies.scps]
            layers["scp"] = _joined(levels, allow=conjoin(said.allow for _, said in levels))
    if policies.resource is not None:
        layers["resource"] = union((policies.resource,), request, named)
    if policies.rcps and rcps_bind(request, policies):
        levels = [(level.id, union(level.policies, request, named)) for level in policies.rcps]
        layers["rcp"] = _joined(levels, allow=True)
    if policies.endpoints:
        layers["vpce"] = _through(policies.endpoints, request, named)
    return layers


def _granted(request: Request, policies: Policies, layers: dict[str, Said], *, same: bool) -> Truth:
    """Return whether somebody grants, with the caller's own limits applied where they bind."""
    caller = request.caller
    named = _grants(policies.resource, request)
    by_self, anybody = named.get(Named.SELF, False), disjoin(named.values())
    if caller.kind in (Kind.SERVICE, Kind.ANONYMOUS):
        return by_self
    boundary: Truth = layers["boundary"].allow if "boundary" in layers else True
    session: Truth = (
        layers["session"].allow if "session" in layers else caller.kind is not Kind.FEDERATED_USER
    )
    identity: Truth = layers["identity"].allow
    if caller.kind is Kind.ROOT:
        identity = boundary = True
    own = conjoin((identity, boundary, session))
    if not same:
        return conjoin((own, anybody))
    if must_trust(request):
        own = conjoin((own, anybody))
    limits = (session,) if caller.kind is Kind.FEDERATED_USER else (boundary, session)
    by_role = conjoin((named.get(Named.ROLE, False), *limits))
    return disjoin((own, by_self, named.get(Named.USER, False), by_role))


def must_trust(request: Request) -> bool:
    """Tell whether the resource's policy must itself trust the account, even from inside it."""
    if request.service == "sts":
        return request.action.lower().startswith(_TRUSTED)
    return request.service == "kms" and ":key/" in request.resource


def union(policies: Iterable[Policy], request: Request, about: About | None = None) -> Said:
    """Return what policies acting together say: one allow is enough, one deny too much."""
    said: dict[bool, list[Truth]] = {True: [], False: []}
    by: dict[bool, list[str]] = {True: [], False: []}
    for policy in policies:
        for statement in policy.statements:
            if about is not None and not about(statement):
                continue
            truth = applies(statement, request)
            if truth is not False:
                said[statement.allows].append(truth)
                by[statement.allows].append(statement.name)
    return Said(
        allow=disjoin(said[True]),
        deny=disjoin(said[False]),
        allowed_by=tuple(by[True]),
        denied_by=tuple(by[False]),
    )


def _joined(levels: Sequence[tuple[str, Said]], *, allow: Truth) -> Said:
    """Join levels: any deny denies."""
    return Said(
        allow=allow,
        deny=disjoin(said.deny for _, said in levels),
        allowed_by=tuple(name for _, said in levels for name in said.allowed_by),
        denied_by=tuple(name for _, said in levels for name in said.denied_by),
        levels=tuple(levels),
    )


def _through(endpoints: Sequence[Endpoint], request: Request, named: About) -> Said:
    """Return what the endpoints' policies say together."""

    def at_gateway(statement: Statement) -> bool:
        return names_at_gateway(statement, request.caller)

    passed = [
        (each.policy.name, union((each.policy,), request, at_gateway if each.is_gateway else named))
        for each in endpoints
    ]
    joined = _joined(passed, allow=disjoin(said.allow for _, said in passed))
    return passed[0][1] if len(passed) == 1 else joined


def _grants(policy: Policy | None, request: Request) -> dict[Named, Truth]:
    """Return what the resource's policy allows, by how closely it names the caller."""
    found: dict[Named, list[Truth]] = {}
    for statement in policy.statements if policy else ():
        if statement.allows and (named := grants_as(statement, request.caller)) is not Named.NOT:
            found.setdefault(named, []).append(applies(statement, request))
    return {named: disjoin(truths) for named, truths in found.items()}
