"""What a control concluded about one subject."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from console.domain.scope import Scope


class Verdict(StrEnum):
    """The four conclusions; there is no fifth and no default."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    """Not seen; never counted as a pass."""
    NOT_APPLICABLE = "not applicable"


class Severity(StrEnum):
    """How much a failure matters to the approval's conditions."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Identity(NamedTuple):
    """By what a finding is the same one in another refresh: no number of an observation, no time, no wording."""

    control_id: str
    account_id: str
    region: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One control's conclusion about one subject, with the observations it rests on."""

    control_id: str
    severity: Severity
    subject: str
    """What it is about: an ARN or AWS's id, or the kind of fact that is missing."""
    scope: Scope
    verdict: Verdict
    because: str
    """The reason with the observed value in it; a sentence without a full stop."""
    evidence: tuple[int, ...] = ()
    """Sequence numbers of the facts and gaps it rests on; never empty for pass, fail and unknown."""

    @property
    def identity(self) -> Identity:
        """What stays the same from refresh to refresh."""
        return Identity(self.control_id, self.scope.account_id, self.scope.region, self.subject)
