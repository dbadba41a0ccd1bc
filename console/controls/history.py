"""Findings through time: since when each is as it is, what changed between two readings, and the trend; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.domain.finding import Finding, Identity, Verdict

_WORST = {
    each: rank
    for rank, each in enumerate((Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One finding's course through the readings that were kept."""

    first_seen: str
    """When the refresh ended that first had it; RFC 3339, UTC."""
    last_seen: str
    verdict: Verdict
    """Its newest."""
    since: str
    """When the refresh ended from which on it has its newest verdict without a break.

    A reading in which its place could not be seen is no break: nothing says that it was otherwise.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one refresh came to."""

    refresh_id: int
    finished_at: str
    counts: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finding that is not what it was; one side is None where it was not there."""

    identity: Identity
    before: Finding | None
    after: Finding | None


@dataclass(slots=True)
class History:
    """Courses and readings, grown one assessment at a time, oldest first."""

    courses: dict[Identity, Course] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def add(self, refresh_id: int, finished_at: str, findings: Sequence[Finding]) -> None:
        """Follow every finding into one more reading."""
        found = by_identity(findings)
        unseen = {
            (each.control_id, each.scope.account_id, each.scope.region)
            for each in findings
            if each.verdict is Verdict.UNKNOWN
        }
        last = self.readings[-1].finished_at if self.readings else ""
        for identity, finding in found.items():
            self.courses[identity] = _followed(self.courses.get(identity), finding.verdict, finished_at, last)
        for identity, course in self.courses.items():
            if identity not in found and identity[:3] in unseen and course.last_seen == last:
                self.courses[identity] = replace(course, last_seen=finished_at)
        counts = Counter(each.verdict for each in findings)
        self.readings.append(
            Reading(
                refresh_id=refresh_id,
                finished_at=finished_at,
                counts={verdict: counts[verdict] for verdict in Verdict},
            )
        )


def by_identity(findings: Iterable[Finding]) -> dict[Identity, Finding]:
    """Return findings by what stays the same; of two with one identity the worse, so that none hides a failure."""
    found: dict[Identity, Finding] = {}
    for each in findings:
        held = found.get(each.identity)
        if held is None or _WORST[each.verdict] < _WORST[held.verdict]:
            found[each.identity] = each
    return found


def changes(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Change, ...]:
    """Return what is not as it was, in the order of identities; another reason with the same verdict is no change."""
    old, new = by_identity(before), by_identity(after)
    found = (
        Change(identity=identity, before=old.get(identity), after=new.get(identity))
        for identity in sorted(old.keys() | new.keys())
    )
    return tuple(
        each
        for each in found
        if each.before is None or each.after is None or each.before.verdict is not each.after.verdict
    )


def _followed(course: Course | None, verdict: Verdict, finished_at: str, last: str) -> Course:
    if course is None:
        return Course(first_seen=finished_at, last_seen=finished_at, verdict=verdict, since=finished_at)
    same = course.verdict is verdict and course.last_seen == last
    return Course(
        first_seen=course.first_seen,
        last_seen=finished_at,
        verdict=verdict,
        since=course.since if same else finished_at,
    )
