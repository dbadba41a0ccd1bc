"""An invented department, read and judged, for commands that show what the console does without AWS."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from console.base.clock import system_clock
from console.base.errors import ConsoleError
from console.bootstrap import Parts, throw_away_parts
from console.cli.base import DONE, Invocation
from console.cli.progress import follow_logs, follow_refresh
from console.services import standin
from console.services.latest import Latest
from console.services.log_places import log_places
from console.services.pretend import pretend, pretend_counts, pretend_deletions

ACCOUNTS = 12
SEED = 7
ORGANISATION = "An invented department (demonstration)"
_LOG_DAYS = 10
"""A third of what is read otherwise, so that nobody waits for an invention."""
_TRIAGED = 3


class DemoRefreshError(ConsoleError):
    """The demo estate could not be refreshed."""

    code = "CLI-001"
    remedy = "Run it again; if it is refused again, the message above says why."


@contextmanager
def invented(invocation: Invocation, accounts: int, seed: int) -> Iterator[tuple[Parts, Latest]]:
    """Start the department behind a stand-in for AWS, read it, and let people have done something about it.

    All of it is thrown away at the end.
    """
    invocation.err.write(f"Starting an invented department of {accounts} accounts …\n")
    with (
        standin.started(accounts=accounts, seed=seed, environment=invocation.environment) as estate,
        throw_away_parts(invocation.place, environment=estate.environment, log_days=_LOG_DAYS) as parts,
    ):
        counting = replace(parts.settings.counting, enabled=True)
        parts.settings = replace(parts.settings, organisation_name=ORGANISATION, counting=counting)
        if (
            follow_refresh(parts.refresh_call(resume=True), invocation.err, invocation.ask) != DONE
            or (latest := parts.latest()) is None
        ):
            raise DemoRefreshError("the invented department could not be refreshed")
        if follow_logs(parts.log_call(), invocation.err, invocation.ask) != DONE:
            raise DemoRefreshError("the invented department's invocation logs could not be read")
        pretend(parts.office, latest.assessment.findings, system_clock(), _caught(parts))
        pretend_deletions(parts.deed, latest.snapshot, system_clock())
        for account in sorted({place.account_id for place in log_places(latest.snapshot)}):
            standin.make_role(estate, account, counting.role)
        pretend_counts(parts.deed, latest.snapshot, system_clock())
        yield parts, latest


def _caught(parts: Parts) -> list[tuple[str, str]]:
    """Return the newest requests in which guardrails caught something, each with its account."""
    latest = parts.latest()
    if latest is None:
        return []
    rows = latest.usage().hit_rows()
    newest = [rows.row(at) for at in range(len(rows) - 1, max(len(rows) - _TRIAGED - 1, -1), -1)]
    return [(row.request_id, row.setting[0]) for row in newest]
