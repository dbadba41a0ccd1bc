"""Invocation logs of every shape in gzip objects, and the queries written for Athena run over them by other engines."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import ErrorLevel, exp

from console.collect.invocation_logs import prefix_of
from console.domain.counting import Engine, Question, Row
from console.services.count_queries import query_of
from console.usage.batch import Batch, BatchMaker, settle
from console.usage.counted import held_rows
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS, Dictionary, Query
from console.usage.lines import lines_of
from console.usage.record import Guarded, RecordReader
from console.usage.sums import Sums
from usage_logs import ACCOUNT, CANARIES, EVERYTHING, NOW, PII, SECRET, answered, packed, record

REGION, APPROVED = "eu-west-2", ("eu-west-2", "eu-west-1")
FIRST, LAST = "2026-11-19", "2026-11-21"
_CALLERS = (
    f"arn:aws:sts::{ACCOUNT}:assumed-role/app/jo.bloggs@example.gov.uk",
    f"arn:aws:sts::{ACCOUNT}:assumed-role/app/1732888888123456789",
    f"arn:aws:sts::{ACCOUNT}:assumed-role/batch/i-0123456789abcdef0",
    f"arn:aws:iam::{ACCOUNT}:user/ana",
    "<script>alert(1)</script>",
)
_MODELS = ("anthropic.claude-haiku-4-5-20251001-v1:0", "eu.amazon.nova-lite-v1:0", "a model; DROP TABLE x")
_WORD = {"wordPolicy": {"customWords": [{"match": CANARIES["match"], "action": "NONE", "detected": True}]}}
_ASSESSMENTS: Sequence[Any] = (
    EVERYTHING,
    {"sensitiveInformationPolicy": PII},
    _WORD,
    {},
    {"invocationMetrics": {}},
)


def _body(draw: random.Random) -> object:
    """Return an answer in one of the shapes that Bedrock has, with words that only look like a guardrail's."""
    assessment = draw.choice(_ASSESSMENTS)
    stop = draw.choice(["end_turn", "guardrail_intervened", None])
    side = draw.choice(["inputAssessment", "outputAssessments", "input", "outputs"])
    by_id: Any = {"gr1": [assessment, draw.choice(_ASSESSMENTS)] if draw.random() < 0.4 else assessment}
    trace = {side: [by_id] if side == "outputs" else by_id, "modelOutput": [CANARIES["answer"]]}
    says = {"text": 'a "stopReason": "guardrail_intervened" in words, and a "topicPolicy" : too'}
    shape = draw.randrange(6)
    if shape == 0:
        return {"stopReason": stop, "output": says, "trace": {"guardrail": trace}}
    if shape == 1:
        action = draw.choice(["INTERVENED", "GUARDRAIL_INTERVENED", "NONE"])
        named = draw.choice(["guardrail", "guardrails"])
        return {
            "amazon-bedrock-guardrailAction": action,
            "amazon-bedrock-trace": {named: trace},
            "content": [says],
        }
    if shape == 2:
        return [
            {"contentBlockDelta": says},
            {"messageStop": {"stopReason": stop}},
            {"metadata": {"trace": {"guardrail": trace}}},
        ]
    if shape == 3:
        return [{"chunk": {"amazon-bedrock-guardrailAction": "INTERVENED"}}, {"chunk": says}]
    if shape == 4:
        return {"stopReason": stop, "output": says}
    return {"embedding": [0.1, 0.2]}


def _records(draw: random.Random, count: int) -> Iterator[object]:
    for number in range(count):
        more: dict[str, Any] = {
            "timestamp": f"2026-11-{draw.randrange(18, 23)}T{draw.randrange(24):02}:00:00Z",
            "identity": {"arn": draw.choice(_CALLERS)},
            "modelId": draw.choice(_MODELS),
            "operation": draw.choice(["Converse", "InvokeModel"]),
            "inferenceRegion": draw.choice([None, "", "eu-west-1", "eu-north-1", "us-east-1"]),
        }
        odd = draw.randrange(12)
        if odd == 0:
            yield record(number, input={"inputTokenCount": 3}, output={"outputTokenCount": 1}, **more)
        elif odd == 1:
            yield record(number, **{**more, "schemaType": draw.choice([None, "Other"])})
        elif odd == 2:
            yield record(number, schemaVersion="2.0", **more)
        elif odd == 3:
            asked = {"inputBodyJson": {"guardrailConfig": {"guardrailIdentifier": "gr1"}}}
            yield record(number, input=asked, **more)
        elif odd == 4:
            yield record(number, requestId=None, requestMetadata={"n": str(number)}, **more)
        else:
            made = answered(_body(draw), number, **more)
            yield made
            if odd == 5:
                yield made


def write_logs(folder: Path, seed: int = 7, count: int = 600) -> list[bytes]:
    """Write the objects of some days' logs below a folder; return their contents."""
    draw = random.Random(seed)
    by_day: dict[str, list[object]] = {}
    for each in _records(draw, count):
        stamp = str(each["timestamp"])  # type: ignore[index]
        by_day.setdefault(stamp[:10].replace("-", "/"), []).append(each)
    contents = []
    for day, records in sorted(by_day.items()):
        for part in range(2):
            path = folder / prefix_of(ACCOUNT, REGION, "logs") / day / "10" / f"{part}.json.gz"
            path.parent.mkdir(parents=True, exist_ok=True)
            contents.append(packed(records[part::2]))
            path.write_bytes(contents[-1])
    large = folder / prefix_of(ACCOUNT, REGION, "logs") / "2026/11/20/10/data/body.json.gz"
    large.parent.mkdir(parents=True)
    large.write_bytes(packed([{"messages": [CANARIES["prompt"]]}]))
    return contents


def parameters(question: Question) -> list[str]:
    """Return what is bound: all days' objects but the last day's, which may have records of the day before."""
    bound = [ACCOUNT, REGION, "2026/11/19", "2026/11/22", FIRST, LAST]
    return [*bound, ",".join(APPROVED)] if question is Question.RESIDENCY else bound


def translated(question: Question, engine: str) -> str:
    """Return Athena's query in the SQL of another engine; raises where that has nothing alike."""
    (tree,) = sqlglot.parse(query_of(question, Engine.ATHENA), read="athena")
    assert tree is not None
    if engine == "spark":
        _make_texts_of_json(tree)
    return tree.sql(engine, unsupported_level=ErrorLevel.RAISE)


def _make_texts_of_json(tree: exp.Expression) -> None:
    """Spark keeps JSON as text, reads lists and maps out of it by a function, and answers NULL where it cannot."""
    for node in list(tree.find_all(exp.Try, exp.JSONFormat)):
        node.replace(node.this)
    for cast in list(tree.find_all(exp.Cast)):
        kind = cast.to.sql("spark").lower().replace("json", "string")
        if kind.startswith(("array", "map")):
            said = cast.this.this if isinstance(cast.this, exp.ParseJSON) else cast.this
            read = exp.Anonymous(this="from_json", expressions=[said.copy(), exp.Literal.string(kind)])
            cast.replace(read)
    for node in list(tree.find_all(exp.ParseJSON)):
        node.replace(node.this)


_COLUMNS = {
    "schemaType": "VARCHAR",
    "schemaVersion": "VARCHAR",
    "timestamp": "VARCHAR",
    "accountId": "VARCHAR",
    "identity": "STRUCT(arn VARCHAR)",
    "region": "VARCHAR",
    "requestId": "VARCHAR",
    "operation": "VARCHAR",
    "modelId": "VARCHAR",
    "inferenceRegion": "VARCHAR",
    "input": "STRUCT(inputBodyJson JSON)",
    "output": "STRUCT(outputBodyJson JSON)",
}


def in_duckdb(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return an engine with the table that `table.sql` declares, over the objects below a folder."""
    connection = duckdb.connect()
    declared = ", ".join(f"\"{name}\": '{kind}'" for name, kind in _COLUMNS.items())
    plain = ", ".join(f'"{name}"' for name in _COLUMNS if name not in ("input", "output"))
    connection.execute(
        f"""
        CREATE VIEW bedrock_invocation_logs AS SELECT {plain},
          struct_pack(inputbodyjson := CAST(input.inputBodyJson AS VARCHAR)) AS input,
          struct_pack(outputbodyjson := CAST(output.outputBodyJson AS VARCHAR)) AS output,
          filename AS "$path",
          regexp_extract(filename, 'AWSLogs/([0-9]+)/', 1) AS log_account,
          regexp_extract(filename, 'InvocationLogs/([^/]+)/', 1) AS log_region,
          regexp_extract(filename, '/([0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}})/', 1) AS log_day
        FROM read_json('{folder}/**/*.json.gz', format='newline_delimited', filename=true,
          ignore_errors=true, columns={{{declared}}})
        """  # noqa: S608 - a folder of the test's own
    )
    return connection


def answer_of(connection: duckdb.DuckDBPyConnection, question: Question) -> list[tuple[Row, int]]:
    """Run a question's query, translated, and hold its answer as the console does."""
    found = connection.execute(translated(question, "duckdb"), parameters(question))
    columns = [each[0] for each in found.description or ()]
    rows = [tuple(None if cell is None else str(cell) for cell in row) for row in found.fetchall()]
    return held_rows(question, columns, rows)


def local_sums(contents: Sequence[bytes]) -> Sums:
    """Return what the console counts itself of the same objects."""
    maker = BatchMaker(RecordReader(SECRET, NOW))
    for content in contents:
        maker.add(lines_of(content))
    batch: Batch = maker.batch
    settled = settle(batch, {}, APPROVED)
    settings = Dictionary(SETTING_COLUMNS, [(at, *each) for at, each in enumerate(batch.settings)])
    catches = Dictionary(CATCH_COLUMNS, [(at, *each) for at, each in enumerate(batch.catches)])
    return Sums(settings, catches, settled.calls, settled.hits)


def local_answer(sums: Sums, question: Question, span: Query) -> dict[Row, int]:
    """Return the local answer in the form of AWS's."""
    if question is Question.HITS:
        return _local_hits(sums, span)
    found: dict[Row, int] = {}
    if question is Question.UNGUARDED:
        for state, guarded in (("none", Guarded.NONE_SEEN), ("untold", Guarded.UNTOLD)):
            for name, count in sums.calls_by(
                span, "account", "identity", "model", "profile", "operation", guarded=(guarded,)
            ):
                account, caller, model, profile, operation = name
                found[state, account, caller, profile or model, operation] = count
    elif question is Question.RESIDENCY:
        for name, count in sums.calls_by(span, "account", "identity", "model", "profile", "region", "ran_in"):
            account, caller, model, profile, region, ran_in = name
            if ran_in not in APPROVED:
                found[account, caller, profile or model, region, ran_in] = count
    else:
        for day in range(span.first_day or 0, (span.last_day or 0) + 1):
            here = Query(first_day=day, last_day=day)
            for (account, region), count in sums.calls_by(here, "account", "region"):
                found["counted", _iso(day), account, region] = count
    return found


def _local_hits(sums: Sums, span: Query) -> dict[Row, int]:
    found: dict[Row, int] = {}
    for day, by_policy in sums.hits_by_day(span, "policy").items():
        for policy, count in by_policy.items():
            found[_iso(day), policy, None, None, None, None] = count
    for (policy, kind, action), count in sums.hits_by(span, "policy", "type", "action"):
        found[None, policy, kind, action, None, None] = count
    for (account, caller), count in sums.hits_by(span, "account", "identity"):
        found[None, None, None, None, account, caller] = count
    return found


def _iso(day: int) -> str:
    from console.views.hits import day_of  # noqa: PLC0415 - one use

    return day_of(day).isoformat()
