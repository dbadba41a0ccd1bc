"""Exceptions: failures that an approver accepts for a time; they stay failures that everybody sees; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from console.controls.attestation import Ending
from console.domain.finding import Finding, Verdict

ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedException:
    """One exception."""

    id: str
    control_id: str
    account_id: str
    """An account's id, or `*` for every account."""
    region: str
    """A Region's code, or `*` for every Region."""
    subject: str
    """A pattern of the subject in which `*` and `?` stand for anything."""
    reason: str
    approver: str
    granted_by: str
    """Who wrote it down."""
    granted_at: str
    valid_until: str
    """A date; the last day on which it counts."""
    ending: Ending | None = None
    sequence: int = 0

    @property
    def evidence(self) -> tuple[int, ...]:
        """The ledger's entries that it consists of."""
        return (self.sequence, self.ending.sequence) if self.ending else (self.sequence,)

    @property
    def words(self) -> str:
        """Say until when and by whom."""
        return f"excepted until {self.valid_until} by {self.approver}"

    def counts(self, today: date) -> bool:
        """Tell whether it holds on a day."""
        return self.ending is None and today.isoformat() <= self.valid_until

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding lies in its scope; only a failure can be excepted, what is unknown cannot."""
        return (
            finding.verdict is Verdict.FAIL
            and finding.control_id == self.control_id
            and self.account_id in (ANY, finding.scope.account_id)
            and self.region in (ANY, finding.scope.region)
            and fnmatchcase(finding.subject, self.subject)
        )


class Exempting:
    """The exceptions that hold on a day, found by control."""

    def __init__(self, exceptions: Iterable[GrantedException], today: date) -> None:
        self._by_control: dict[str, list[GrantedException]] = {}
        for each in exceptions:
            if each.counts(today):
                self._by_control.setdefault(each.control_id, []).append(each)

    def of(self, finding: Finding) -> GrantedException | None:
        """Return the exception of a failure that lasts longest; None if nobody excepted it."""
        held: Sequence[GrantedException] = [
            each for each in self._by_control.get(finding.control_id, ()) if each.covers(finding)
        ]
        return max(held, key=lambda each: (each.valid_until, each.sequence)) if held else None
