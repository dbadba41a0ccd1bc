"""What the organisation's policies stop in an account, asked of the policy engine for whoever acts there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from console.controls.base import Opinion, Question, Verdict
from console.controls.documents import names_somebody, read_policy
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact
from console.policy.context import Context
from console.policy.document import Policy, parse_policy
from console.policy.evaluate import decide
from console.policy.principals import Caller, Kind
from console.policy.request import Level, Policies, Request
from console.policy.truth import All, Any, Formula, Leaf, Not, Truth

READS = (
    "organizations.organization",
    "organizations.root",
    "organizations.child",
    "organizations.policy",
    "organizations.policy_target",
)
"""What says which service control policies bind an account."""
SCP = "SERVICE_CONTROL_POLICY"
_NAMING = ("ArnLike", "ArnEquals", "StringLike", "StringEquals")
_EVERYTHING = parse_policy(
    "everything",
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that nobody in an account should be able to do."""

    words: str
    """As in "stops people who …"."""
    action: str
    resource: str = "*"
    context: Mapping[str, str] = field(default_factory=dict)
    """Keys that the act brings; every other is open."""


@dataclass(frozen=True, slots=True)
class Path:
    """An account, the units above it and the root, with the facts that say so; broken if it ends below a root."""

    ids: tuple[str, ...]
    evidence: tuple[Fact, ...]
    root: Fact | None


@dataclass(frozen=True, slots=True)
class Attached:
    """A service control policy on an account's path."""

    place: str
    name: str
    document: Policy | None
    """None if it is not understood whole."""
    evidence: tuple[Fact, Fact]
    """The policy and its attachment."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """The service control policies that bind an account."""

    path: Path
    attached: tuple[Attached, ...]

    @property
    def not_understood(self) -> str:
        """The names of the policies that are not understood; empty if all are."""
        return ", ".join(each.name for each in self.attached if each.document is None)

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """Every policy on the path with its attachment, and the path."""
        return (*(fact for each in self.attached for fact in each.evidence), *self.path.evidence)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The policies from the root to the account; one that is not understood denies nothing and allows all."""
        return tuple(
            Level(place, tuple(each.document or _EVERYTHING for each in self.attached if each.place == place))
            for place in reversed(self.path.ids)
        )


@dataclass(frozen=True, slots=True)
class Unbound:
    """Why no boundary can be told, and what that comes to."""

    verdict: Verdict
    because: str
    evidence: tuple[Fact, ...]


def stopped(question: Question, acts: Iterable[Act]) -> Iterator[Opinion]:
    """Yield one opinion: whether policies above the account stop every act, but for principals that they name."""
    bound = boundary(question)
    subject = question.scope.account_id
    if isinstance(bound, Unbound):
        evidence = bound.evidence or question.basis
        yield Opinion(subject=subject, verdict=bound.verdict, because=bound.because, evidence=evidence)
        return
    answers = [(act, _answer(bound, subject, act)) for act in acts]
    open_ = [f"{act.words}{_under(truth)}" for act, truth in answers if _exempt(truth) is None]
    exempt = {name for _act, truth in answers for name in _exempt(truth) or ()}
    if open_ and bound.not_understood:
        verdict, because = Verdict.UNKNOWN, f"not understood: {bound.not_understood}"
    elif open_:
        verdict, because = Verdict.FAIL, f"no organisation policy stops people who {'; '.join(open_)}"
    else:
        but = f", except for {', '.join(sorted(exempt))}" if exempt else ""
        words = "; ".join(act.words for act, _truth in answers)
        verdict, because = Verdict.PASS, f"organisation policies stop people who {words}{but}"
    yield Opinion(subject=subject, verdict=verdict, because=because, evidence=bound.evidence)


def boundary(question: Question) -> Boundary | Unbound:
    """Return the service control policies on the account's path, or why they are not known or do not bind."""
    organisation = tuple(question.facts("organizations.organization"))
    if not question.management_account:
        return Unbound(
            Verdict.UNKNOWN, "AWS did not say which account is the management account", organisation
        )
    if question.scope.account_id == question.management_account:
        because = "service control policies do not bind the management account"
        return Unbound(Verdict.FAIL, because, organisation)
    path = _path(question)
    if path.root is None:
        return Unbound(Verdict.UNKNOWN, "the account's place in the organisation is not known", path.evidence)
    if not _is_enabled(path.root):
        because = "service control policies are not enabled at the organisation's root"
        return Unbound(Verdict.FAIL, because, (path.root,))
    return Boundary(path, tuple(_attached(question, path)))


def _path(question: Question) -> Path:
    """Walk from the account up to a root; each place has one parent, and a circle is no path."""
    above = {said(fact.payload, "Id"): fact for fact in question.facts("organizations.child")}
    roots = {fact.key: fact for fact in question.facts("organizations.root")}
    ids = [question.scope.account_id]
    evidence: list[Fact] = []
    while ids[-1] not in roots:
        link = above.get(ids[-1])
        parent = said(link.payload, "ParentId") if link else None
        if link is None or parent is None or parent in ids:
            return Path(tuple(ids), tuple(evidence), None)
        ids.append(parent)
        evidence.append(link)
    root = roots[ids[-1]]
    return Path(tuple(ids), (*evidence, root), root)


def _attached(question: Question, path: Path) -> Iterator[Attached]:
    policies = {
        said(summary, "Id"): fact
        for fact in question.facts("organizations.policy")
        if said(summary := part(fact.payload, "PolicySummary"), "Type") == SCP
    }
    for target in question.facts("organizations.policy_target"):
        policy = policies.get(said(target.payload, "PolicyId"))
        place = said(target.payload, "TargetId")
        if policy is not None and place in path.ids:
            name = said(part(policy.payload, "PolicySummary"), "Name") or policy.key
            document = read_policy(name, policy.payload.get("Content"))
            yield Attached(place, name, document, (policy, target))


def _is_enabled(root: Fact) -> bool:
    return any(
        said(each, "Type") == SCP and said(each, "Status") == "ENABLED"
        for each in listed(root.payload, "PolicyTypes")
    )


def _answer(bound: Boundary, account: str, act: Act) -> Truth:
    """Decide the act for an administrator of whom nothing else is known."""
    arn = f"arn:aws:iam::{account}:role/somebody"
    request = Request(
        caller=Caller(arn=arn, kind=Kind.ROLE, account=account, role_arn=arn, name="somebody"),
        action=act.action,
        resource=act.resource,
        resource_account=account,
        context=Context.of(act.context, rest_unknown=True),
    )
    return decide(request, Policies(identity=(_EVERYTHING,), scps=bound.levels)).truth


def _exempt(truth: Truth) -> tuple[str, ...] | None:
    """Return whom alone the act is left to; None if others can do it, perhaps under a condition."""
    if truth is False:
        return ()
    if truth is True:
        return None
    if isinstance(truth, Any):
        parts = [_exempt(each) for each in truth.parts]
        return None if None in parts else tuple(name for each in parts for name in each or ())
    if isinstance(truth, All):
        return next((found for each in truth.parts if (found := _exempt(each)) is not None), None)
    if isinstance(truth, Leaf) and truth.key.lower() == "aws:principalarn" and _is_naming(truth):
        return truth.values
    return None


def _is_naming(leaf: Leaf) -> bool:
    return leaf.operator in _NAMING and all(names_somebody(value) for value in leaf.values)


def _under(truth: Truth) -> str:
    if isinstance(truth, bool):
        return ""
    return f" (under a condition on {', '.join(sorted(set(_keys(truth))))})"


def _keys(formula: Formula) -> Iterator[str]:
    if isinstance(formula, Leaf):
        yield formula.key
    elif isinstance(formula, Not):
        yield formula.part.key
    else:
        for each in formula.parts:
            yield from _keys(each)
