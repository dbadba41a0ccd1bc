"""What can go wrong with a pack, said so that an officer or an auditor can act."""

from console.base.errors import ConsoleError


class UnreadablePackError(ConsoleError):
    """There is no pack to verify, or it cannot be read."""

    code = "RPT-001"
    remedy = "Check the path of the pack and of the allowed signers, and that you may read both."


class PackTooLargeError(ConsoleError):
    """A pack would need a form of zip that not every tool reads."""

    code = "RPT-002"
    remedy = "Make a pack of each unit: choose units or accounts as its scope."


class ForeignEvidenceError(ConsoleError):
    """A finding rests on an observation that the refresh does not have."""

    code = "RPT-003"
    remedy = "Judge the refresh again, then export: the findings are of another refresh or another store."


class NotInScopeError(ConsoleError):
    """A pack was asked for about something that the reading does not have."""

    code = "RPT-004"
    remedy = (
        "Name units and accounts as the Accounts page shows them, controls as `bedrock-console controls` lists them "
        "and claims as `bedrock-console claims` does."
    )


class BadSignerFileError(ConsoleError):
    """A file of signers, a key or a time-stamp cannot be used."""

    code = "RPT-005"
    remedy = "Give the file that is named: `bedrock-console pack sign --help` says which forms are read."


class UnopenablePackError(ConsoleError):
    """A pack's evidence is not what was signed, so it is not shown."""

    code = "RPT-006"
    remedy = (
        "Ask the department for a fresh pack; `bedrock-console pack verify` names every fault of this one."
    )


class NoRedactionError(ConsoleError):
    """There is nothing of that name to disclose."""

    code = "RPT-007"
    remedy = "`redactions.json` in the pack lists what was redacted, and under which names."
