"""Questions to a whole organisation, answered from documents that are opened once and from answers kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from console.base.memory import without_collection
from console.policy.becoming import ASSUME, Becoming, Route
from console.policy.bedrock import Profile, is_profile
from console.policy.catalogue import rcp_services
from console.policy.document import Form, PolicyError
from console.policy.evaluate import Decision, decide, result_of
from console.policy.library import Library
from console.policy.members import Chain, Member, Members
from console.policy.question import Answer, Answers, Fault, Question
from console.policy.request import ANY_RESOURCE, Level, Policies, Request
from console.policy.residual import simplify
from console.policy.scan import Estate, Scan, container
from console.policy.trace import Trace, trace
from console.policy.truth import conjoin

FORMAT = "iam-org-snapshot/1"
PROFILES = "inference_profiles"
"""Beside the members of the format: by account, each profile's ARN with the ARNs of its models."""
_ANSWERS_KEPT = 64


class Organisation:
    """An organisation's principals, policies and resources, from a snapshot in `iam-org-snapshot/1`."""

    def __init__(self, snapshot: object) -> None:
        if not isinstance(snapshot, Mapping) or snapshot.get("format") != FORMAT:
            raise PolicyError(f"the organisation is not in the format {FORMAT}")
        self.snapshot: Mapping[str, Any] = snapshot
        """The document itself; not to be changed."""
        try:
            organisation: Mapping[str, Any] = snapshot["organisation"]
            self.management_account = str(organisation["management_account"])
            self.id = str(organisation["id"])
            self._accounts: Mapping[str, Any] = snapshot["accounts"]
        except (KeyError, TypeError) as missing:
            raise PolicyError(f"the organisation lacks {missing}") from None
        self._answers: dict[tuple[object, ...], Answers] = {}
        self._heed: Callable[[], object] = _go_on

    @property
    def accounts(self) -> tuple[str, ...]:
        """The ids of all accounts."""
        return tuple(self._accounts)

    @cached_property
    def estate(self) -> Estate:
        """The organisation with every document opened; made at the first question."""
        library = Library()
        try:
            with without_collection():
                members = Members(self.snapshot, library)
        except (KeyError, TypeError, AttributeError) as missing:
            raise PolicyError(f"the organisation is not in the format {FORMAT}: {missing}") from None
        resources = {
            arn: (account, held.get("policy"))
            for account, raw in self._accounts.items()
            for arn, held in raw.get("resources", {}).items()
        }
        roles = (each for each in members.by_arn.values() if each.is_role)
        resources.update({each.arn: (each.account, each.held.get("trust")) for each in roles})
        return Estate(
            library=library,
            members=members,
            resources=resources,
            management_account=self.management_account,
        )

    @property
    def places(self) -> Mapping[str, Mapping[str, Any]]:
        """The root, the units and the accounts by id, each with the policies attached to it."""
        organisation = self.snapshot["organisation"]
        return {**organisation["ous"], **organisation["accounts"]}

    @contextmanager
    def heeding(self, heed: Callable[[], object]) -> Iterator[None]:
        """Call `heed` between accounts and roles while questions are answered; what it raises ends them."""
        self._heed = heed
        try:
            yield
        finally:
            self._heed = _go_on

    def _heeded(self, those: Iterable[str]) -> Iterator[str]:
        for each in those:
            self._heed()
            yield each

    @cached_property
    def becoming(self) -> Becoming:
        """Who can become whom."""
        return Becoming(self.estate)

    def routes(self, targets: Iterable[str]) -> tuple[Route, ...]:
        """Return how everybody else can become one of `targets`."""
        with without_collection():
            return self.becoming.routes(targets, self._heed)

    def profiles(self, account: str) -> tuple[Profile, ...]:
        """Return the inference profiles seen in an account; a member of the document that the format leaves open."""
        held = self.snapshot.get(PROFILES, {}).get(account, {})
        return tuple(Profile(arn=arn, models=tuple(models)) for arn, models in held.items())

    def profile(self, arn: str) -> Profile | None:
        """Return an inference profile by its ARN; None if it was not seen."""
        parts = arn.split(":", 5)
        held = self.snapshot.get(PROFILES, {}).get(parts[4], {}) if is_profile(arn) else {}
        return Profile(arn=arn, models=tuple(held[arn])) if arn in held else None

    @property
    def principals(self) -> tuple[str, ...]:
        """The ARNs of all users and roles."""
        return tuple(self.estate.members.by_arn)

    def member(self, principal: str) -> Member:
        """Return a user or role; raise `PolicyError` for a stranger."""
        found = self.estate.members.by_arn.get(principal)
        if found is None:
            raise PolicyError(f"{principal} is not a principal of this organisation")
        return found

    def who_can(self, question: Question) -> Answers:
        """Return every principal that may, or may under a condition, do what is asked.

        The last few questions' answers are kept: a snapshot does not change.
        """
        key = question.key
        if key not in self._answers:
            if len(self._answers) >= _ANSWERS_KEPT:
                del self._answers[next(iter(self._answers))]
            estate = self.estate
            with without_collection():
                everybody = self._heeded(estate.members.of_account)
                self._answers[key] = _asked_of_everybody(estate, question, everybody)
        return self._answers[key]

    def who_can_in(self, account: str, question: Question) -> Answers:
        """Return the same of one account's principals."""
        return _asked_of_everybody(self.estate, question, [account])

    def who_can_all(self, questions: Sequence[Question], account: str = "") -> Answers:
        """Return every principal that may do all that is asked, of one account or of all."""
        ask = partial(self.who_can_in, account) if account else self.who_can
        return who_can_each(ask(question) for question in questions)

    def why(self, principal: str, question: Question) -> Decision:
        """Return the whole decision for one principal, with nothing left out beforehand."""
        return decide(*self.resolve(principal, question))

    def trace(self, principal: str, question: Question) -> Trace:
        """Return the decision for one principal with every statement that stands around it."""
        request, policies = self.resolve(principal, question)
        member = self.member(principal)
        places = self.estate.members.places(member)
        boundary = str(member.held.get("boundary") or "")
        return trace(request, policies, [places[each] for each in member.documents], boundary)

    def resolve(self, principal: str, question: Question) -> tuple[Request, Policies]:
        """Return one principal's request, and every policy that applies to it."""
        member = self.member(principal)
        if member.fault:
            raise PolicyError(member.fault)
        library, members = self.estate.library, self.estate.members
        holder, raw = self.estate.resources.get(container(question.resource), ("", None))
        owner = question.resource_account or question.named_account or holder
        request = replace(question, resource_account=owner).request(member)
        resource = f"resource {question.resource}"
        protected = question.service in rcp_services()
        above = members.chain(request.resource_account, "rcps") if protected else None
        return request, Policies(
            identity=tuple(library.policy(each) for each in member.documents),
            boundary=None if member.boundary is None else library.policy(member.boundary),
            scps=self._levels(members.chain(member.account, "scps")),
            rcps=self._levels(above) or (),
            resource=None if raw is None else library.policy(library.add(resource, raw, Form.RESOURCE)),
            management_account=self.management_account,
        )

    def levels_above(self, account: str) -> tuple[Level, ...]:
        """Return the levels of service control policies above an account; none outside the organisation."""
        return self._levels(self.estate.members.chain(account, "scps")) or ()

    def _levels(self, chain: Chain | None) -> tuple[Level, ...] | None:
        if chain is None:
            return None
        policy = self.estate.library.policy
        return tuple(Level(name, tuple(map(policy, level))) for name, level in chain.levels)


def _asked_of_everybody(estate: Estate, question: Question, accounts: Iterable[str]) -> Answers:
    """Return who can, of the named accounts."""
    if (
        question.action.lower() == ASSUME.lower()
        and question.resource == ANY_RESOURCE
        and not question.within
    ):
        return Becoming(estate, question).assumers(accounts)
    scan = Scan(estate, question)
    found = tuple(scan.run(accounts))
    return Answers(found, tuple(scan.faults))


def _go_on() -> None:
    """Stop nothing."""


def who_can_each(answers: Iterable[Answers]) -> Answers:
    """Return who is in each of some answers; those after the one that leaves nobody are not asked for."""
    faults: dict[Fault, None] = {}
    left: dict[str, Answer] | None = None
    for some in answers:
        faults.update(dict.fromkeys(some.faults))
        found = {each.principal: each for each in some.found}
        left = found if left is None else _both(left, found)
        if not left:
            break
    return Answers(tuple((left or {}).values()), tuple(faults))


def _both(these: Mapping[str, Answer], those: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return what holds of those who are in both answers; one circumstance may rule the other out."""
    both: dict[str, Answer] = {}
    for principal, answer in these.items():
        other = those.get(principal)
        if other is not None:
            truth = simplify(conjoin((answer.truth, other.truth)))
            if truth is not False:
                both[principal] = replace(answer, truth=truth, result=result_of(truth, denied=False))
    return both
