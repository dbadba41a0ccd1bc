"""The same queries on a distributed engine: partial counts of several executors come together as one reader's do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.domain.counting import Question
from console.usage.counted import held_rows
from console.usage.dictionary import Query
from console.views.hits import day_number
from pushed_down import FIRST, LAST, local_answer, local_sums, parameters, translated, write_logs

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(900), pytest.mark.filterwarnings("ignore")]
_SCHEMA = (
    "schemaType STRING, schemaVersion STRING, `timestamp` STRING, accountId STRING, identity STRUCT<arn: STRING>, "
    "region STRING, requestId STRING, operation STRING, modelId STRING, inferenceRegion STRING, "
    "input STRUCT<inputBodyJson: STRING>, output STRUCT<outputBodyJson: STRING>"
)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two executors, each a process of its own."""
    session = pytest.importorskip("pyspark.sql").SparkSession
    made = (
        session.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()


def table_of(spark: Any, folder: Path) -> None:
    frame = spark.read.schema(_SCHEMA).option("recursiveFileLookup", "true").json(str(folder))
    frame.createOrReplaceTempView("lines")
    spark.sql(
        """
        SELECT *, input_file_name() AS `$path`,
          regexp_extract(input_file_name(), 'AWSLogs/([0-9]+)/', 1) AS log_account,
          regexp_extract(input_file_name(), 'InvocationLogs/([^/]+)/', 1) AS log_region,
          regexp_extract(input_file_name(), '/([0-9]{4}/[0-9]{2}/[0-9]{2})/', 1) AS log_day
        FROM lines
        """
    ).createOrReplaceTempView("bedrock_invocation_logs")


@pytest.mark.parametrize("question", Question)
def test_two_executors_answer_as_the_console_counts(spark: Any, tmp_path: Path, question: Question) -> None:
    sums = local_sums(write_logs(tmp_path))
    table_of(spark, tmp_path)
    frame = spark.sql(translated(question, "spark"), args=parameters(question))
    rows = [tuple(None if cell is None else str(cell) for cell in row) for row in frame.collect()]
    answer = dict(held_rows(question, frame.columns, rows))
    answer = {row: count for row, count in answer.items() if row[0] != "not a record"}
    span = Query(
        first_day=day_number(date.fromisoformat(FIRST)), last_day=day_number(date.fromisoformat(LAST))
    )
    assert answer == local_answer(sums, question, span)
