"""The CloudTrail trails that record an account: its own, and the organisation's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.controls.base import Question
from console.domain.evidence import Fact, Gap

TRAIL = "cloudtrail.trail"
STATUS = "cloudtrail.trail_status"
SELECTORS = "cloudtrail.event_selectors"


@dataclass(frozen=True, slots=True)
class Trail:
    """A trail with what was read beside it."""

    fact: Fact
    status: Fact | None
    selectors: Fact | None

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """The facts that were found."""
        return tuple(each for each in (self.fact, self.status, self.selectors) if each is not None)


def trails(question: Question) -> list[Trail]:
    """Return the account's own trails, then the organisation's trails of other accounts."""
    return own_trails(question) + list(_gather(question, _of_organisation(question)))


def own_trails(question: Question) -> list[Trail]:
    """Return the trails that are listed in the question's own scope."""
    return list(_gather(question, question.facts(TRAIL)))


def unseen(question: Question, *kinds: str) -> tuple[Gap, ...]:
    """Return what could not be read where an organisation's trail would be: in the management account."""
    account = question.management_account
    if account == question.scope.account_id:
        return ()
    return tuple(
        gap for kind in kinds for gap in question.beyond(kind).gaps if gap.scope.account_id == account
    )


def evidence_of(found: Iterable[Trail], gaps: Iterable[Gap] = ()) -> tuple[Fact | Gap, ...]:
    """Return all that was read of the trails, and what was not."""
    return (*(fact for trail in found for fact in trail.evidence), *gaps)


def lack_of_record(trail: Trail) -> tuple[bool, str] | None:
    """Return why a trail does not record every Region, and whether that is certain; None if it does."""
    if trail.fact.payload.get("IsMultiRegionTrail") is not True:
        return True, "is not multi-Region"
    if trail.status is None:
        return False, "has no status that was read"
    logging = trail.status.payload.get("IsLogging")
    if logging is not True:
        return (True, "is not logging") if logging is False else (False, "does not say whether it is logging")
    error = trail.status.payload.get("LatestDeliveryError")
    return (True, f"is logging, but its last delivery failed: {error}") if error else None


def _of_organisation(question: Question) -> Iterator[Fact]:
    for fact in question.beyond(TRAIL).facts:
        if (
            fact.scope.account_id != question.scope.account_id
            and fact.payload.get("IsOrganizationTrail") is True
        ):
            yield fact


def _gather(question: Question, found: Iterable[Fact]) -> Iterator[Trail]:
    for fact in found:
        yield Trail(fact, _beside(question, STATUS, fact), _beside(question, SELECTORS, fact))


def _beside(question: Question, kind: str, trail: Fact) -> Fact | None:
    """Return the fact of a declared kind with the trail's own key and scope, if it could be read."""
    if not question.reads(kind):
        return None
    found = question.at(kind, trail.scope, trail.key)
    return found if isinstance(found, Fact) else None
