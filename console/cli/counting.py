"""Having AWS count, from a terminal: the estimate, somebody's consent to it, the query; and the table that it asks."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.base.clock import system_clock
from console.cli.base import DONE, FOUND, Invocation
from console.domain.counting import Asking, Engine, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.services.log_places import LogPlace

_DAYS = 30
_AUTO = "auto"


def counting_arguments(under: Any) -> tuple[ArgumentParser, ...]:  # noqa: ANN401 - argparse's is private
    """Declare the commands; return those that print tables or JSON."""
    count: ArgumentParser = under.add_parser("count", help="have AWS count over a log")
    count.add_argument("question", choices=[each.value for each in Question], help="what is asked")
    count.add_argument("--account", required=True, help="the account whose log it is")
    count.add_argument("--region", default="", help="the Region of the log (default: your home Region)")
    count.add_argument("--from", dest="first", default="", metavar="DAY", help="default: 30 days ago")
    count.add_argument("--to", dest="last", default="", metavar="DAY", help="default: yesterday")
    count.add_argument(
        "--engine",
        choices=[_AUTO, *(each.value for each in Engine)],
        default=_AUTO,
        help="who counts: athena over a bucket, insights over a log group (default: athena where there is a bucket)",
    )
    count.add_argument("--person", required=True, help="who agrees; kept with the answer")
    count.add_argument(
        "--accept-bytes",
        type=int,
        metavar="BYTES",
        help="agree beforehand to so many bytes being read; without it the estimate is shown and you are asked",
    )
    counts: ArgumentParser = under.add_parser("counts", help="what AWS answered so far")
    table: ArgumentParser = under.add_parser("table", help="the statement that makes the table for Athena")
    table.add_argument("--account", nargs="*", default=[], help="only these accounts' logs")
    table.add_argument("--bucket", default="", help="only logs in this bucket")
    return (count, counts)


def count(invocation: Invocation) -> int:
    """Say what an answer takes, ask, and have AWS answer."""
    options, parts = invocation.options, invocation.parts()
    counting = parts.counting
    asking = _asking(invocation)
    agreed = options.accept_bytes
    if agreed is None:
        estimate = counting.estimate(asking)
        who = "Amazon Athena" if asking.engine is Engine.ATHENA else "CloudWatch Logs Insights"
        invocation.err.write(f"{who}, {asking.first_day} to {asking.last_day}: {estimate.words}\n")
        if invocation.ask("Type yes to have it counted: ").strip().lower() != "yes":
            invocation.err.write("Nothing was asked.\n")
            return FOUND
        agreed = estimate.size
    made, problem = counting.ask(asking, options.person, agreed)
    if options.json:
        invocation.out.write(json.dumps({"id": made, "problem": problem}) + "\n")
    else:
        invocation.out.write(f"{made}: {problem or 'answered'}. `bedrock-console usage counts` shows it.\n")
    return FOUND if problem else DONE


def write_table(invocation: Invocation) -> int:
    """Print the statement that makes the table."""
    from console.services.count_queries import table_of  # noqa: PLC0415 - the collectors: not for `--help`

    options = invocation.options
    places = [
        place
        for place in _places(invocation)
        if place.bucket
        and (not options.account or place.account_id in options.account)
        and options.bucket in ("", place.bucket)
    ]
    invocation.out.write(table_of(places, invocation.parts().settings.counting.database))
    return DONE


def _asking(invocation: Invocation) -> Asking:
    from console.services.counting import engine_for  # noqa: PLC0415 - boto3

    options = invocation.options
    region = options.region or invocation.parts().settings.aws.home_region
    today = system_clock().date()
    engine = (
        engine_for(_places(invocation), options.account, region)
        if options.engine == _AUTO
        else Engine(options.engine)
    )
    return Asking(
        question=Question(options.question),
        engine=engine,
        account_id=options.account,
        region=region,
        first_day=options.first or (today - timedelta(days=_DAYS)).isoformat(),
        last_day=options.last or (today - timedelta(days=1)).isoformat(),
    )


def _places(invocation: Invocation) -> "Sequence[LogPlace]":
    from console.services.log_places import log_places  # noqa: PLC0415 - as above

    snapshot = invocation.parts().store.snapshot()
    return log_places(snapshot) if snapshot is not None else []
