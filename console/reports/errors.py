"""What can go wrong with a pack, said so that an officer or an auditor can act."""

from console.base.errors import ConsoleError


class UnreadablePackError(ConsoleError):
    """There is no pack to verify, or it cannot be read."""

    code = "RPT-001"
    remedy = "Check the path of the pack and of the allowed signers, and that you may read both."


class PackTooLargeError(ConsoleError):
    """A pack would need a form of zip that not every tool reads."""

    code = "RPT-002"
    remedy = "Refresh fewer accounts at a time, and export one pack for each refresh."


class ForeignEvidenceError(ConsoleError):
    """A finding rests on an observation that the refresh does not have."""

    code = "RPT-003"
    remedy = "Judge the refresh again, then export: the findings are of another refresh or another store."
