"""`bedrock-console usage`: read invocation logs, and what guardrails caught, from a terminal."""

import json
import signal
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from console.base.clock import system_clock
from console.cli.base import DONE, FOUND, Command, Invocation
from console.cli.counting import count, counting_arguments, write_table
from console.cli.progress import follow_logs, report_refresh
from console.usage.dictionary import COLUMNS, TIME, Query
from console.views.table import Cell, Table

TEACHING = """\
Invocation logs say who called which model, where it ran and what guardrails caught. They are read from the buckets and
log groups that invocation logging writes to, by the reader role; prompts, answers and matched text are dropped while
they are read, and never stored.

  read       read what is new of every log; a call counts once, however often it is logged
  hits       what guardrails caught, most first, by one or more columns
  coverage   how much of what CloudWatch counted is in the logs, and where nothing arrives
  residency  calls that ran outside the approved Regions, by who called and which model
  gaps       what of the logs could not be read, with the object's name and the place in it
  count      have AWS count over a log too large, or too private, to be read here: says first what it would read
             and cost, and asks. Off until `enabled` under [counting] is set; the role for it is written by
             `permissions --for counting`, and its table by `usage table`
  counts     what AWS answered so far
  table      the statement by which an administrator makes the table for Amazon Athena; nothing is run

  bedrock-console usage read
  bedrock-console usage hits --by policy type --json
  bedrock-console usage count residency --account 111122223333 --from 2026-10-01 --to 2026-10-31 --person "Jo Bloggs"

exit codes: 0 done; 1 nothing to show, or (coverage) a log that is not all there; 2 refused; 3 stopped on request
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what is asked."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="asked")
    read = under.add_parser("read", help="read what is new of every log")
    read.add_argument("--profile", default=SUPPRESS, help="a profile of your AWS configuration")
    read.add_argument("--worker", action="store_true", help=SUPPRESS)
    read.add_argument("--parser", action="store_true", help=SUPPRESS)
    hits = under.add_parser("hits", help="what guardrails caught")
    hits.add_argument(
        "--by",
        nargs="+",
        default=["policy", "type", "action"],
        choices=[each for each in COLUMNS if each != TIME],
        metavar="COLUMN",
        help="columns to count by: " + ", ".join(each for each in COLUMNS if each != TIME),
    )
    hits.add_argument("--words", default="", help="only hits that have each of these words in some column")
    coverage = under.add_parser("coverage", help="how much of what CloudWatch counted is in the logs")
    residency = under.add_parser("residency", help="calls that ran outside the approved Regions")
    gaps = under.add_parser("gaps", help="what of the logs could not be read")
    counting = counting_arguments(under)
    for each in (read, hits, coverage, residency, gaps, *counting):
        each.add_argument("--json", action="store_true", help="print JSON")


def run(invocation: Invocation) -> int:
    """Answer; as a worker, do the job that standard input gives."""
    options = invocation.options
    if options.asked == "read":
        return _read(invocation)
    return {
        "hits": _hits,
        "coverage": _coverage,
        "residency": _residency,
        "gaps": _gaps,
        "count": count,
        "counts": _counts,
        "table": write_table,
    }[options.asked](invocation)


def _read(invocation: Invocation) -> int:
    if invocation.options.parser:
        from console.services.parsing import serve_parsing  # noqa: PLC0415 - in the child alone

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return serve_parsing(sys.stdin.buffer, sys.stdout.buffer)
    if invocation.options.worker:
        from console.services.log_worker import serve_logs  # noqa: PLC0415 - botocore, in the child alone
        from console.services.worker import lower_priority  # noqa: PLC0415 - as above

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        lower_priority()
        return serve_logs(sys.stdin, invocation.out, system_clock)
    call = invocation.parts().log_call()
    if invocation.options.json:
        return report_refresh(call, invocation.out, invocation.err, invocation.ask)
    return follow_logs(call, invocation.err, invocation.ask)


def _hits(invocation: Invocation) -> int:
    from console.views.hits import shown_words  # noqa: PLC0415 - numpy: not for `--help`

    options, latest = invocation.options, invocation.parts().latest()
    if latest is None:
        return _say_nothing(invocation)
    counted = latest.usage().sums.hits_by(Query(words=options.words), *options.by)
    rows: list[dict[str, Cell]] = [
        {
            **{name: shown_words(name, value) for name, value in zip(options.by, values, strict=True)},
            "hits": count,
        }
        for values, count in counted
    ]
    sentence = latest.coverage().sentence
    if options.json:
        _write(invocation, {"coverage": sentence, "hits": rows})
    else:
        titles = [each.replace("_", " ").capitalize() for each in (*options.by, "hits")]
        _draw(invocation, titles, [list(row.values()) for row in rows])
        invocation.out.write(f"{sentence}\n")
    return DONE if rows else FOUND


def _coverage(invocation: Invocation) -> int:
    from console.views.log_coverage import UNUSED, WHOLE, place_table  # noqa: PLC0415 - as above

    latest = invocation.parts().latest()
    if latest is None:
        return _say_nothing(invocation)
    found = latest.coverage()
    _show_table(invocation, place_table(found), "places", found.sentence)
    return DONE if all(row.state in (WHOLE, UNUSED) for row in found.rows) else FOUND


def _residency(invocation: Invocation) -> int:
    from console.views.names import account_names  # noqa: PLC0415 - as above
    from console.views.residency_ledger import away_events, away_rows, away_table  # noqa: PLC0415 - as above

    parts = invocation.parts()
    latest = parts.latest()
    if latest is None:
        return _say_nothing(invocation)
    approved = parts.settings.policy.approved_regions
    names = account_names(latest.snapshot)
    logged = away_rows(latest.usage().sums, approved, names)
    rows = (*logged, *away_events(latest.snapshot, approved, names))
    _show_table(invocation, away_table(rows), "calls", latest.coverage().sentence)
    return DONE if rows else FOUND


def _gaps(invocation: Invocation) -> int:
    latest = invocation.parts().latest()
    if latest is None:
        return _say_nothing(invocation)
    from console.views.log_gaps import gap_rows, gap_table  # noqa: PLC0415 - as above
    from console.views.names import account_names  # noqa: PLC0415 - as above

    usage = latest.usage()
    rows = gap_rows(usage.sources, usage.gaps, account_names(latest.snapshot))
    _show_table(invocation, gap_table(rows), "gaps", f"{usage.objects:,} objects were read.")
    return DONE if rows else FOUND


def _counts(invocation: Invocation) -> int:
    latest = invocation.parts().latest()
    if latest is None:
        return _say_nothing(invocation)
    from console.views.aws_counts import answer_rows, answer_table, count_rows, count_table  # noqa: PLC0415 - as above
    from console.views.names import account_names  # noqa: PLC0415 - as above

    counts, names = latest.duties.counts, account_names(latest.snapshot)
    answers = answer_rows(counts, names)
    _show_table(invocation, answer_table(answers), "answers", "Each answer is in the ledger.")
    if not invocation.options.json:
        table = count_table(count_rows(counts, names))
        _draw(
            invocation,
            [column.title for column in table.columns if column.is_shown],
            [[column.value(row) for column in table.columns if column.is_shown] for row in table.rows],
        )
    return DONE if answers else FOUND


def _say_nothing(invocation: Invocation) -> int:
    invocation.err.write("Nothing has been read yet: `bedrock-console refresh`, then `usage read`.\n")
    return FOUND


def _show_table(invocation: Invocation, table: Table[Any], name: str, sentence: str) -> None:
    if invocation.options.json:
        rows = [{column.id: column.value(row) for column in table.columns} for row in table.rows]
        _write(invocation, {"summary": sentence, name: rows})
        return
    shown = [column for column in table.columns if column.is_shown]
    cells = [[column.value(row) for column in shown] for row in table.rows]
    _draw(invocation, [column.title for column in shown], cells)
    invocation.out.write(f"{sentence}\n")


def _draw(invocation: Invocation, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    grid = Grid(*titles, box=None)
    for row in rows:
        grid.add_row(
            *(
                "not known" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)
                for cell in row
            )
        )
    Console(file=invocation.out, width=160, highlight=False, markup=False).print(grid)


def _write(invocation: Invocation, said: object) -> None:
    invocation.out.write(json.dumps(said, indent=2) + "\n")


COMMAND = Command(
    name="usage",
    summary="Read invocation logs: what guardrails caught, and where models ran",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
