"""The queries that AWS is asked: hand-written files in `resources/sql`, and what is bound to their parameters."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from string import Template

from console.base.errors import ConsoleError
from console.base.paths import resources
from console.collect.invocation_logs import FOLDER
from console.domain.counting import Asking, Engine, Question
from console.services.log_places import LogPlace

_ANSWERED: dict[Engine, tuple[Question, ...]] = {
    Engine.ATHENA: tuple(Question),
    Engine.INSIGHTS: (Question.HITS, Question.RESIDENCY, Question.COVERAGE),
}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_PREFIX = re.compile(r"[\w./=-]*", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,127}", re.ASCII)


class NoSuchQueryError(ConsoleError):
    """An engine cannot answer a question."""

    code = "SVC-040"
    remedy = (
        "Ask Athena, over the log's bucket: CloudWatch Logs Insights cannot look into answers that hold lists, "
        "so it cannot tell which calls had no guardrail."
    )


class BadTableError(ConsoleError):
    """No table can be written down for the logs that were named."""

    code = "SVC-041"
    remedy = (
        "Refresh, so that it is known where the logs are; name one bucket if there are several (`--bucket`)."
    )


def folder() -> Path:
    """Return where the queries are."""
    return resources() / "sql"


def query_of(question: Question, engine: Engine) -> str:
    """Return the query that answers a question; raise `NoSuchQueryError` if this engine has none."""
    if question not in _ANSWERED[engine]:
        raise NoSuchQueryError(f"{question.value} cannot be counted with {engine.value}")
    end = "sql" if engine is Engine.ATHENA else "insights"
    return (folder() / f"{question.value}.{end}").read_text(encoding="utf-8")


def parameters_of(asking: Asking, approved: Sequence[str]) -> list[str]:
    """Return what is bound to the parameters of Athena's query, in their order.

    Objects of the day after are read too: records of an evening may be delivered after midnight.
    """
    first, last = date.fromisoformat(asking.first_day), date.fromisoformat(asking.last_day)
    objects = [f"{first:%Y/%m/%d}", f"{last + timedelta(days=1):%Y/%m/%d}"]
    bound = [asking.account_id, asking.region, *objects, first.isoformat(), last.isoformat()]
    return [*bound, ",".join(approved)] if asking.question is Question.RESIDENCY else bound


def table_of(places: Sequence[LogPlace], database: str) -> str:
    """Return the statement that makes the table over the one bucket that some logs are in.

    Names go into it only if they are made as AWS makes such names; the console itself never runs it.
    """
    found = sorted({(place.bucket, place.prefix.rpartition("AWSLogs/")[0]) for place in places})
    if len(found) != 1:
        raise BadTableError(f"these logs are in {len(found)} places, and a table is over one")
    bucket, prefix = found[0]
    if not (_BUCKET.fullmatch(bucket) and _PREFIX.fullmatch(prefix) and _NAME.fullmatch(database)):
        raise BadTableError("the bucket, its prefix or the database has a name that is not understood here")
    location = f"s3://{bucket}/{prefix}AWSLogs/"
    return Template((folder() / "table.sql").read_text(encoding="utf-8")).substitute(
        database=database,
        location=location,
        template=f"{location}${{log_account}}/{FOLDER}/${{log_region}}/${{log_day}}/",
        accounts=",".join(sorted({place.account_id for place in places})),
        regions=",".join(sorted({place.region for place in places})),
    )
