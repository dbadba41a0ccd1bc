"""The SQL itself: what it may select, and that another engine answers it as the console counts on its own."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from console.domain.counting import NUMBERS, TEXTS, Asking, Engine, Question
from console.services.count_queries import (
    BadTableError,
    NoSuchQueryError,
    folder,
    parameters_of,
    query_of,
    table_of,
)
from console.services.log_places import LogPlace
from console.usage.dictionary import Query
from console.views.hits import day_number
from pushed_down import APPROVED, FIRST, LAST, answer_of, in_duckdb, local_answer, local_sums, write_logs

FIELDS = frozenset(
    {
        *(
            "schematype",
            "schemaversion",
            "timestamp",
            "accountid",
            "identity",
            "region",
            "requestid",
            "operation",
        ),
        *("modelid", "inferenceregion", "input", "output", "log_account", "log_region", "log_day", "$path"),
    }
)
"""The table's columns."""
SCALARS = frozenset(
    {"$.name", "$.type", "$.action", "$.detected", "$.stopReason", '$["amazon-bedrock-guardrailAction"]'}
)
"""What may be taken out of a body as text: names, kinds and what was done."""
RAW = frozenset(
    {
        *("body", "asked", "input", "output", "chunks", "parts", "part", "trace", "guardrail", "side"),
        *("by_guardrail", "one_or_many", "assessment", "entry", "c", "p"),
    }
)
"""Columns and variables that hold, or may hold, words of prompts, answers and matches."""
ATHENA = [each for each in Question if (folder() / f"{each.value}.sql").is_file()]


def raw_outputs(query: str) -> Iterator[str]:
    """Yield what of a query's answer could hold words: whatever is not a name, a count, or taken out as one."""
    (tree,) = sqlglot.parse(query, read="athena")
    assert tree is not None
    wanted = {each.alias_or_name for each in tree.selects}
    yield from wanted - {*(name for names in TEXTS.values() for name in names), *NUMBERS.values()}
    found = {"arn", *wanted}
    for select in tree.find_all(exp.Select):
        if select.find(exp.Star) and not select.find(exp.Count):
            yield "*"
        for each in select.expressions:
            if each.alias_or_name in found:
                yield from (column.name for column in each.find_all(exp.Column) if _is_raw(column))


def _is_raw(column: exp.Column) -> bool:
    names = {part.name for part in column.parts}
    if not names & RAW:
        return False
    above = column.parent
    while above is not None and not isinstance(above, exp.Select):
        if isinstance(above, exp.JSONExtractScalar):
            return _path(above) not in SCALARS
        if isinstance(above, exp.Is):
            return False
        above = above.parent
    return True


def _path(extract: exp.JSONExtractScalar) -> str:
    made = extract.expression.sql("athena").strip("'")
    return '$["amazon-bedrock-guardrailAction"]' if made == "$.amazon-bedrock-guardrailAction" else made


@pytest.mark.parametrize("question", ATHENA)
def test_no_words_are_selected_and_nothing_is_spliced(question: Question) -> None:
    query = query_of(question, Engine.ATHENA)
    assert list(raw_outputs(query)) == []
    (tree,) = sqlglot.parse(query, read="athena")
    assert tree is not None
    (of_table,) = [each for each in tree.find_all(exp.Select) if _reads_table(each)]
    assert {column.parts[0].name for column in of_table.find_all(exp.Column)} <= FIELDS
    assert len(list(tree.find_all(exp.Placeholder))) == len(parameters_of(asking(question), APPROVED))
    for word in ("match", "text", "content", "messages", "naturalLanguage"):
        assert f"$.{word}'" not in query


def _reads_table(select: exp.Select) -> bool:
    source = select.args.get("from_") or select.args.get("from")
    return source is not None and source.this.name == "bedrock_invocation_logs"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT output.outputbodyjson AS type, count(*) AS hits FROM bedrock_invocation_logs GROUP BY 1",
        "WITH n AS (SELECT json_extract_scalar(body, '$.match') AS type FROM x) SELECT type FROM n",
        "WITH n AS (SELECT body AS arn FROM x) SELECT arn AS caller FROM n",
        "SELECT * FROM bedrock_invocation_logs",
        "SELECT body FROM x",
        "WITH n AS (SELECT json_format(entry) AS policy FROM x) SELECT policy FROM n",
    ],
)
def test_a_query_that_would_select_words_is_caught(query: str) -> None:
    assert list(raw_outputs(query))


@pytest.mark.parametrize("file", sorted(folder().glob("*.insights")), ids=lambda file: file.stem)
def test_insights_returns_counts_by_names(file: Path) -> None:
    question = Question(file.stem)
    (stats,) = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("| stats")]
    columns = set(re.findall(r"(?: as | by |, )(\w+)(?=,|$| by)", stats)) - {"accountId", "modelId"}
    assert columns <= {*TEXTS[question], NUMBERS[question]}
    rest = [
        part for line in file.read_text(encoding="utf-8").splitlines() for part in line.split("@message")[1:]
    ]
    assert all(part.startswith(" like /") for part in rest)
    assert "fields @message" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [7, 11])
def test_another_engine_answers_as_the_console_counts(tmp_path: Path, seed: int) -> None:
    sums = local_sums(write_logs(tmp_path, seed))
    span = Query(
        first_day=day_number(date.fromisoformat(FIRST)), last_day=day_number(date.fromisoformat(LAST))
    )
    connection = in_duckdb(tmp_path)
    for question in ATHENA:
        answer = dict(answer_of(connection, question))
        apart = {row: answer.pop(row) for row in list(answer) if row[0] == "not a record"}
        expected = local_answer(sums, question, span)
        assert answer == expected, question
        assert sum(expected.values()) > 20
        assert bool(apart) is (question is Question.COVERAGE)


def asking(question: Question) -> Asking:
    return Asking(
        question=question,
        engine=Engine.ATHENA,
        account_id="111122223333",
        region="eu-west-2",
        first_day=FIRST,
        last_day=LAST,
    )


def test_what_is_bound_stands_in_the_order_of_the_parameters() -> None:
    bound = parameters_of(asking(Question.RESIDENCY), APPROVED)
    assert bound == [
        *("111122223333", "eu-west-2", "2026/11/19", "2026/11/22"),
        *("2026-11-19", "2026-11-21", "eu-west-2,eu-west-1"),
    ]
    assert parameters_of(asking(Question.HITS), APPROVED) == bound[:-1]


def test_logs_insights_is_not_asked_what_it_cannot_tell() -> None:
    with pytest.raises(NoSuchQueryError, match="unguarded"):
        query_of(Question.UNGUARDED, Engine.INSIGHTS)


PLACE = LogPlace(
    account_id="111122223333",
    region="eu-west-2",
    bucket="logs",
    prefix="models/AWSLogs/111122223333/BedrockModelInvocationLogs/eu-west-2/",
)


def test_the_table_is_over_the_logs_own_names_and_declares_no_more_than_is_counted_by() -> None:
    made = table_of([PLACE], "bedrock_console")
    assert "LOCATION 's3://logs/models/AWSLogs/'" in made
    assert "AWSLogs/${log_account}/BedrockModelInvocationLogs/${log_region}/${log_day}/'" in made
    declared = set(re.findall(r"^ +`?(\w+)`? (?:string|struct)", made, re.MULTILINE))
    assert declared == FIELDS - {"log_account", "log_region", "log_day", "$path"}


@pytest.mark.parametrize(
    "places",
    [
        [],
        [PLACE, dataclasses.replace(PLACE, bucket="others")],
        [dataclasses.replace(PLACE, bucket="x' OR '1")],
        [dataclasses.replace(PLACE, prefix="a'; DROP/AWSLogs/1/")],
    ],
)
def test_no_table_is_written_over_what_is_not_one_place_with_a_plain_name(places: list[LogPlace]) -> None:
    with pytest.raises(BadTableError):
        table_of(places, "bedrock_console")
