"""Having AWS count: the estimate first, then, once somebody agreed to it, the query, and its answer in the ledger."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from console.base.canonical import sha256_hex
from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.base.settings import Settings
from console.collect.counting import (
    CountingSessions,
    Outcome,
    Workgroup,
    bytes_in_bucket,
    bytes_in_group,
    run_in_athena,
    run_in_insights,
    workgroup_of,
)
from console.collect.errors import FAILURES, detail_of, reason_of
from console.collect.own_session import AskCode, nobody_to_ask
from console.collect.runner import BOTOCORE
from console.domain.counting import MOST_ROWS, NUMBERS, TEXTS, Asking, Engine, Question, Row, body_of
from console.domain.deed import DeedKind, Through
from console.domain.evidence import Snapshot
from console.evidence.store import Store
from console.services.count_estimate import GB, LEAST_BILLED, TB, Estimate, price_of
from console.services.count_queries import parameters_of, query_of
from console.services.log_places import LogPlace, log_places
from console.usage.counted import BadCountError, held_rows
from console.vault.signed_record import record_id


class CountingOffError(ConsoleError):
    """This console may not ask AWS to count."""

    code = "SVC-042"
    remedy = (
        "Set `enabled = true` under [counting] in your settings, once the role, the workgroup and the table are "
        "there: `bedrock-console permissions --for counting` and `bedrock-console usage table` write them down."
    )


class NoSuchLogError(ConsoleError):
    """No log of the account and Region is known that the engine can read."""

    code = "SVC-043"
    remedy = "Refresh, and name an account and a Region where invocation logging writes to such a place."


class CountingSetUpError(ConsoleError):
    """The role, the workgroup or the log cannot be used as it is set up."""

    code = "SVC-044"
    remedy = "Have it put right as the message says; nothing was asked and nothing was paid."


class NotAcceptedError(ConsoleError):
    """Nobody agreed to as much as the query would read."""

    code = "SVC-045"
    remedy = "Look at the estimate, and agree to at least as many bytes, or ask about fewer days."


class BadDaysError(ConsoleError):
    """The days are no span of time."""

    code = "SVC-046"
    remedy = "Give two days as YYYY-MM-DD, the first not after the last and neither in the future."


class Counting:
    """Asks AWS; never in the window's process."""

    def __init__(
        self,
        *,
        settings: Settings,
        snapshot: Callable[[], Snapshot | None],
        writing: Callable[[], Store],
        clock: Clock,
        ask_code: AskCode = nobody_to_ask,
    ) -> None:
        self._settings = settings
        self._snapshot = snapshot
        self._writing = writing
        self._clock = clock
        self._stopped = threading.Event()
        aws = replace(settings.aws, reader_role=settings.counting.role)
        self._sessions = CountingSessions(aws, clock, self._stopped, ask_code=ask_code)

    def estimate(self, asking: Asking) -> Estimate:
        """Return what an answer would take; asks AWS, starts no query."""
        place, days = self._checked(asking)
        try:
            with self._sessions.acting_as(self._sessions.identity(asking.account_id)):
                return self._estimated(asking, place, days)
        except FAILURES as error:
            raise CountingSetUpError(
                f"{self._settings.counting.role} in {asking.account_id}: {detail_of(error)}"
            ) from None

    def ask(self, asking: Asking, person: str, accepted: int) -> tuple[str, str]:
        """Have AWS answer, and keep the answer or why there is none; return the answer's id, and that reason.

        `accepted` is up to how many bytes `person` agreed to. Everything that can be refused is, before the query.
        """
        if not person.strip():
            raise NotAcceptedError("nobody said who agrees", remedy="Give your name.")
        query = query_of(asking.question, asking.engine)
        estimate = self.estimate(asking)
        if estimate.size > accepted:
            raise NotAcceptedError(f"{estimate.size:,} bytes would be read, and {accepted:,} were agreed to")
        if estimate.cutoff is not None and estimate.size > estimate.cutoff:
            raise NotAcceptedError(
                f"{estimate.size:,} bytes would be read; the workgroup stops a query after {estimate.cutoff:,}",
                remedy="Ask about fewer days, or have the workgroup's limit raised.",
            )
        with self._writing():
            pass  # refused here, before anything is paid for, if the answer could not be kept
        return self._kept(asking, person, query, (estimate.size, accepted))

    def _kept(self, asking: Asking, person: str, query: str, agreed: tuple[int, int]) -> tuple[str, str]:
        place, days = self._checked(asking)
        self._sessions.calls.forget()
        identity = self._sessions.identity(asking.account_id)
        with self._sessions.acting_as(identity):
            outcome = self._run(asking, place, days, query)
        rows, problem = _held(asking, outcome, self._settings.policy.approved_regions)
        counting = self._settings.counting
        where = (
            {"workgroup": counting.workgroup, "database": counting.database}
            if asking.engine is Engine.ATHENA
            else {"log_group": place.group}
        )
        body: dict[str, Any] = {
            **body_of(asking),
            **where,
            "columns": [*TEXTS[asking.question], NUMBERS[asking.question]],
            "rows": [[*texts, number] for texts, number in rows],
            "problem": problem,
            "query_sha256": sha256_hex(query.encode()),
            "query_id": outcome.query_id,
            "bytes_scanned": outcome.bytes_scanned,
            "bytes_estimated": agreed[0],
            "bytes_agreed": agreed[1],
            "asked_as": identity.arn,
        }
        call = outcome.call or self._sessions.calls.last
        through = Through(call.operation, call.parameters, call.request_id, BOTOCORE)
        body["id"] = record_id("CT", {**body, "request_id": call.request_id, "at": call.observed_at})
        with self._writing() as store:
            store.add_deed(DeedKind.COUNT, person.strip(), body, through=through)
        return str(body["id"]), problem

    def _run(self, asking: Asking, place: LogPlace, days: tuple[date, date], query: str) -> Outcome:
        """Run a query to its end; a failure of AWS is an answer that is not there, with its reason."""
        counting = self._settings.counting
        wait = _Patience(self._stopped, counting.wait_seconds).wait
        try:
            if asking.engine is Engine.INSIGHTS:
                logs = self._sessions.client("logs", asking.region)
                return run_in_insights(logs, query, place.group, days, wait)
            bound = parameters_of(asking, self._settings.policy.approved_regions)
            athena = self._sessions.client("athena", asking.region)
            return run_in_athena(athena, query, bound, (counting.workgroup, counting.database), wait)
        except FAILURES as error:
            return Outcome(query_id="", problem=f"{reason_of(error).value}: {detail_of(error)}")

    def _estimated(self, asking: Asking, place: LogPlace, days: tuple[date, date]) -> Estimate:
        counting = self._settings.counting
        if asking.engine is Engine.INSIGHTS:
            cloudwatch = self._sessions.client("cloudwatch", asking.region)
            size = bytes_in_group(cloudwatch, place.group, *days)
            price = price_of("insights_usd_for_gb", counting.insights_usd_for_gb, size, GB)
            return self._made(asking, size, price)
        group = workgroup_of(self._sessions.client("athena", asking.region), counting.workgroup)
        _check_workgroup(group)
        s3 = self._sessions.client("s3", asking.region)
        size = bytes_in_bucket(s3, (place.bucket, place.prefix), days[0], days[1] + timedelta(days=1))
        price = price_of("athena_usd_for_tb", counting.athena_usd_for_tb, max(size, LEAST_BILLED), TB)
        return self._made(asking, size, price, group)

    def _made(
        self, asking: Asking, size: int, price: Decimal | None, group: Workgroup | None = None
    ) -> Estimate:
        return Estimate(
            asking=asking,
            size=size,
            price=price,
            cutoff=group.cutoff if group else None,
            writes_to=group.output if group else "",
            is_small=size < self._settings.counting.worth_asking_gb * GB,
        )

    def _checked(self, asking: Asking) -> tuple[LogPlace, tuple[date, date]]:
        if not self._settings.counting.enabled:
            raise CountingOffError("asking AWS to count is off in this console's settings")
        snapshot = self._snapshot()
        places = log_places(snapshot) if snapshot is not None else []
        return place_of(places, asking), days_of(asking, self._clock())


def place_of(places: Sequence[LogPlace], asking: Asking) -> LogPlace:
    """Return the log that a question is about; raise `NoSuchLogError` if none is known that the engine can read."""
    for place in places:
        if (place.account_id, place.region) == (asking.account_id, asking.region):
            if place.bucket if asking.engine is Engine.ATHENA else place.group:
                return place
            where = "a bucket" if asking.engine is Engine.ATHENA else "a log group"
            raise NoSuchLogError(f"{asking.account_id} in {asking.region} does not log to {where}")
    raise NoSuchLogError(f"no invocation log of {asking.account_id} in {asking.region} is known")


def engine_for(places: Sequence[LogPlace], account_id: str, region: str) -> Engine:
    """Return who counts where nobody chose: Athena where the log is in a bucket, else Logs Insights."""
    is_in_bucket = any(
        place.bucket for place in places if (place.account_id, place.region) == (account_id, region)
    )
    return Engine.ATHENA if is_in_bucket else Engine.INSIGHTS


def days_of(asking: Asking, now: datetime) -> tuple[date, date]:
    """Return the first and the last day; raise `BadDaysError` if they are no span."""
    try:
        first, last = date.fromisoformat(asking.first_day), date.fromisoformat(asking.last_day)
    except ValueError:
        raise BadDaysError(f"{asking.first_day!r} or {asking.last_day!r} is no day") from None
    if not first <= last <= now.date():
        raise BadDaysError(f"{first} to {last} is no span of days that are past")
    return first, last


class _Patience:
    """Waits between looks, until somebody stops it or the time is up."""

    def __init__(self, stopped: threading.Event, seconds: float) -> None:
        self._stopped = stopped
        self._left = seconds

    def wait(self, seconds: float) -> bool:
        self._left -= seconds
        return self._left <= 0 or self._stopped.wait(seconds)


def _check_workgroup(group: Workgroup) -> None:
    if not group.is_enabled:
        raise CountingSetUpError(f"the workgroup {group.name} is switched off")
    if not group.is_enforced:
        raise CountingSetUpError(
            f"the workgroup {group.name} does not enforce its own settings, so where answers are written and what "
            "they may cost is not held",
            remedy="Have “Override client-side settings” switched on in the workgroup.",
        )
    if not group.output:
        raise CountingSetUpError(f"the workgroup {group.name} names no place for its answers")


def _held(asking: Asking, outcome: Outcome, approved: Sequence[str]) -> tuple[list[tuple[Row, int]], str]:
    """Return an answer's rows as they may be kept, and why they are not all there.

    Logs Insights binds no parameters, so it is asked where every call ran, and what is approved is left out here.
    """
    if outcome.problem or not outcome.rows:
        return [], outcome.problem
    try:
        rows = held_rows(asking.question, outcome.columns, outcome.rows)
    except BadCountError as error:
        return [], f"malformed answer: {error}"
    if asking.question is Question.RESIDENCY:
        rows = [each for each in rows if each[0][-1] not in approved]
    if len(outcome.rows) >= MOST_ROWS[asking.engine]:
        return rows, f"cut off after {len(outcome.rows):,} rows, those with the most first"
    return rows, ""
