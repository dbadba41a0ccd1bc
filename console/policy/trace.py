"""The whole way to a decision: every layer in AWS's order, every statement, and why it did or did not apply."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from console.policy.catalogue import rcp_services
from console.policy.conditions import Entry, holds
from console.policy.context import Missing
from console.policy.document import Policy, Statement
from console.policy.evaluate import Decision, Said, decide, rcps_bind, scps_bind
from console.policy.members import Attached
from console.policy.request import Level, Policies, Request, Result
from console.policy.statements import (
    applies,
    covers_action,
    covers_resource,
    grants_as,
    names,
    names_at_gateway,
)
from console.policy.truth import Truth


class Layer(StrEnum):
    """A layer of the decision, in the order in which AWS asks them."""

    ENDPOINT = "vpce"
    RESOURCE_CONTROL = "rcp"
    SERVICE_CONTROL = "scp"
    RESOURCE = "resource"
    IDENTITY = "identity"
    BOUNDARY = "boundary"
    SESSION = "session"


class Missed(StrEnum):
    """The element for which a statement does not apply."""

    PRINCIPAL = "principal"
    ACTION = "action"
    RESOURCE = "resource"
    CONDITION = "condition"


class Absence(StrEnum):
    """Why a layer had no say."""

    NONE = "none"
    """No such policy stands here."""
    EXEMPT = "exempt"
    """It does not bind this caller, or does not protect this resource."""
    UNSUPPORTED = "unsupported"
    """Resource control policies do not act on this service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTrace:
    """One statement, and what became of it."""

    name: str
    """`POLICY#SID`, or `POLICY#N` with its position from 1."""
    allows: bool
    truth: Truth
    """Whether it applies: true, false, or what must hold."""
    missed: Missed | None
    """Why not; None if it applies or may apply."""
    entry: Entry | None = None
    """The first condition that does not hold."""
    found: tuple[str, ...] | Missing | None = None
    """The request's values of that condition's key, or what stands in their place."""
    named: str = ""
    """How closely an Allow of the resource's policy names the caller; empty elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTrace:
    """One policy, where it is attached, and its statements."""

    name: str
    where: str
    statements: tuple[StatementTrace, ...]
    """In the order of the document."""
    source: str = ""
    """The ARN or id of what holds the policy; empty where that is not said."""
    written: object = field(default=None, compare=False, repr=False)
    """The document as AWS gave it, where it is at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerTrace:
    """One layer: what it says, from which policies; or why it had no say."""

    layer: Layer
    said: Said | None
    absence: Absence | None
    policies: tuple[PolicyTrace, ...]

    @property
    def result(self) -> Result | None:
        """The layer's own verdict; None where it had no say."""
        return self.said.result if self.said else None


@dataclass(frozen=True, slots=True)
class Trace:
    """A decision and the way to it."""

    decision: Decision
    layers: tuple[LayerTrace, ...]


def trace(request: Request, policies: Policies, places: Sequence[Attached] = (), boundary: str = "") -> Trace:
    """Return the decision with every statement.

    `places` says where each identity policy is attached, `boundary` which policy is the permissions boundary.
    """
    decision = decide(request, policies)
    layers = []
    for layer in Layer:
        said = decision.layers.get(layer.value)
        held = tuple(_policies(layer, request, policies, (places, boundary)))
        absence = None if said is not None else _absence(layer, request, policies, is_there=bool(held))
        shown = () if absence is Absence.UNSUPPORTED else tuple(_traced(layer, held, request, policies))
        layers.append(LayerTrace(layer=layer, said=said, absence=absence, policies=shown))
    return Trace(decision, tuple(layers))


def _policies(
    layer: Layer, request: Request, policies: Policies, own: tuple[Sequence[Attached], str]
) -> Iterator[tuple[Attached, Policy]]:
    """Yield each policy of a layer with where it is attached."""
    places, boundary = own
    if layer is Layer.IDENTITY:
        for index, policy in enumerate(policies.identity):
            yield places[index] if index < len(places) else Attached("", ""), policy
    elif layer is Layer.SERVICE_CONTROL:
        yield from _of_levels(policies.scps or ())
    elif layer is Layer.RESOURCE_CONTROL:
        yield from _of_levels(policies.rcps)
    elif layer is Layer.BOUNDARY and policies.boundary is not None:
        yield Attached("set as its permissions boundary", boundary), policies.boundary
    elif layer is Layer.SESSION:
        yield from ((Attached("passed with the session", ""), each) for each in policies.session)
    elif layer is Layer.RESOURCE and policies.resource is not None:
        yield Attached("on the resource", request.resource), policies.resource
    elif layer is Layer.ENDPOINT:
        yield from ((Attached("on the endpoint", ""), each.policy) for each in policies.endpoints)


def _of_levels(levels: Iterable[Level]) -> Iterator[tuple[Attached, Policy]]:
    for level in levels:
        for policy in level.policies:
            yield Attached(f"attached to {level.id}", policy.name), policy


def _absence(layer: Layer, request: Request, policies: Policies, *, is_there: bool) -> Absence:
    if layer is Layer.RESOURCE_CONTROL and request.service not in rcp_services():
        return Absence.UNSUPPORTED
    if layer is Layer.SERVICE_CONTROL and policies.scps is not None and not scps_bind(request, policies):
        return Absence.EXEMPT
    if layer is Layer.RESOURCE_CONTROL and is_there and not rcps_bind(request, policies):
        return Absence.EXEMPT
    return Absence.EXEMPT if layer is Layer.IDENTITY and is_there else Absence.NONE


def _traced(
    layer: Layer, held: Iterable[tuple[Attached, Policy]], request: Request, policies: Policies
) -> Iterator[PolicyTrace]:
    gateways = {each.policy.name for each in policies.endpoints if each.is_gateway}
    for place, policy in held:
        at_gateway = layer is Layer.ENDPOINT and policy.name in gateways
        statements = tuple(
            _statement(layer, each, request, bounded=policies.boundary is not None, at_gateway=at_gateway)
            for each in policy.statements
        )
        yield PolicyTrace(
            name=policy.name,
            where=place.where,
            statements=statements,
            source=place.source,
            written=policy.written,
        )


def _statement(
    layer: Layer, statement: Statement, request: Request, *, bounded: bool, at_gateway: bool
) -> StatementTrace:
    missed, entry = _missed(layer, statement, request, bounded=bounded, at_gateway=at_gateway)
    found: tuple[str, ...] | Missing | None = None
    if entry is not None:
        value = request.context.look_up(entry.key)
        found = value if isinstance(value, Missing) else value.texts
    closeness = grants_as(statement, request.caller) if layer is Layer.RESOURCE and statement.allows else None
    return StatementTrace(
        name=statement.name,
        allows=statement.allows,
        truth=False if missed else applies(statement, request),
        missed=missed,
        entry=entry,
        found=found,
        named=closeness.name.lower() if closeness is not None and not missed else "",
    )


def _missed(
    layer: Layer, statement: Statement, request: Request, *, bounded: bool, at_gateway: bool
) -> tuple[Missed | None, Entry | None]:
    """Return the first element for which a statement does not apply, in the order a reader would look."""
    caller = request.caller
    if not covers_action(statement, request.action.lower()):
        return Missed.ACTION, None
    if layer in (Layer.RESOURCE, Layer.RESOURCE_CONTROL, Layer.ENDPOINT):
        about = (
            names_at_gateway(statement, caller) if at_gateway else names(statement, caller, bounded=bounded)
        )
        if not about:
            return Missed.PRINCIPAL, None
    if covers_resource(statement, request.resource, request.context, request.within) is False:
        return Missed.RESOURCE, None
    failed = next((each for each in statement.conditions if holds(each, request.context) is False), None)
    return (Missed.CONDITION, failed) if failed is not None else (None, None)
