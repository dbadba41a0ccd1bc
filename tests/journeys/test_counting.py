"""AWS counts over logs, asked of the stand-in by the real services, and the answers in a real encrypted store."""

import argparse
import dataclasses
import io
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.base.clock import system_clock
from console.base.settings import CountingSettings
from console.bootstrap import Parts
from console.cli.base import Invocation
from console.cli.commands.usage import add_arguments, run
from console.demo.invocations import PLANTED_WORDS
from console.domain.counting import Asking, Engine, Question
from console.domain.selection import Selection
from console.evidence.usage_reading import HIT
from console.services.child import log_call, working
from console.services.count_queries import BadTableError
from console.services.counting import (
    BadDaysError,
    CountingOffError,
    CountingSetUpError,
    NoSuchLogError,
    NotAcceptedError,
)
from console.services.counting_role import counting
from console.services.deletion.child import RefusedDeedError
from console.services.log_places import LogPlace, log_places
from console.services.standin import Estate
from console.usage.dictionary import Query
from console.usage.record import Guarded
from console.vault.keystore import StoreKeys
from console.views.hits import day_number
from journeys.estates import SETTINGS, Desk, an_estate, new_desk

SHORT = dataclasses.replace(
    SETTINGS,
    aws=dataclasses.replace(SETTINGS.aws, log_days=10, read_seconds=30.0),
    counting=CountingSettings(enabled=True),
)
OF_LOGS = Selection(kinds=("bedrock.invocation_logging",))
MUCH = 2**40
STARTING = ("StartQueryExecution", "StartQuery")
TODAY = system_clock().date()


@pytest.fixture(scope="module")
def department() -> Iterator[Estate]:
    with an_estate(12) as estate:
        yield estate


@pytest.fixture(scope="module")
def refreshed(department: Estate, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store that knows where the logs are; every account has a role that counts, and no more than it needs."""
    desk = new_desk(department, tmp_path_factory.mktemp("counts"), SHORT)
    assert desk.refresh(selection=OF_LOGS)[-1]["state"] == "complete"
    with desk.snapshot() as snapshot:
        for account in {place.account_id for place in log_places(snapshot)}:
            role = f"arn:aws:iam::{account}:role/BedrockConsoleCounter"
            desk.control("POST", "roles", {"arn": role, "trusted": department.management_account})
    return desk


@pytest.fixture
def desk(refreshed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name, value in refreshed.estate.environment.items():
        if name.startswith("AWS_") or name == "NO_PROXY":
            monkeypatch.setenv(name, value)
    store = tmp_path / "evidence.db"
    shutil.copyfile(refreshed.job.store, store)
    refreshed.control(
        "POST", "policies", {"role": "BedrockConsoleCounter", "documents": [counting("counts")]}
    )
    yield Desk(refreshed.estate, dataclasses.replace(refreshed.job, store=store))
    refreshed.control("DELETE", "policies")


def parts_of(desk: Desk, **counting_settings: object) -> Parts:
    settings = dataclasses.replace(
        desk.job.settings, counting=dataclasses.replace(desk.job.settings.counting, **counting_settings)
    )
    return Parts(
        store_path=desk.job.store,
        settings=settings,
        keys=StoreKeys(desk.job.key, desk.job.signer),
        environment=desk.estate.environment,
    )


def places(desk: Desk) -> list[LogPlace]:
    """Return the logs whose bucket is there: of one it was never made."""
    buckets = {each["record"]["Name"] for each in desk.control("GET", "held?held=s3.bucket")}
    with desk.snapshot() as snapshot:
        return [each for each in log_places(snapshot) if each.bucket in buckets]


def asking(desk: Desk, question: Question, engine: Engine = Engine.ATHENA, days: int = 1) -> Asking:
    """Ask about days on which no object is damaged: Athena gives up at one."""
    last = TODAY - timedelta(days=1)
    while any((last - timedelta(days=each)).weekday() == 2 for each in range(days)):
        last -= timedelta(days=1)
    place = next(each for each in places(desk) if engine is Engine.ATHENA or each.group)
    return Asking(
        question=question,
        engine=engine,
        account_id=place.account_id,
        region=place.region,
        first_day=(last - timedelta(days=days - 1)).isoformat(),
        last_day=last.isoformat(),
    )


def test_each_question_is_answered_as_the_logs_answer_it_when_they_are_read(desk: Desk) -> None:
    parts = parts_of(desk)
    wanted = {each: asking(desk, each, days=3) for each in Question}
    for each in wanted.values():
        made, problem = parts.counting.ask(each, "Jo Bloggs", MUCH)
        assert (made[:3], problem) == ("CT-", "")
    with working(log_call(desk.job, desk.estate.environment)) as worker:
        assert list(worker.events())[-1]["state"] == "complete"
    parts.close()
    latest = parts.latest()
    assert latest is not None
    counts = {each.asking.question: dict(each.rows) for each in latest.duties.counts}
    one = wanted[Question.HITS]
    span = Query(
        first_day=day_number(TODAY.fromisoformat(one.first_day)),
        last_day=day_number(TODAY.fromisoformat(one.last_day)),
        chosen={"account": frozenset({one.account_id})},
    )
    sums = latest.usage().sums
    by_what = {row[1:4]: number for row, number in counts[Question.HITS].items() if row[3] is not None}
    assert by_what == dict(sums.hits_by(span, "policy", "type", "action"))
    assert sum(counts[Question.COVERAGE].values()) == sums.calls(span) > 100
    none = sum(number for row, number in counts[Question.UNGUARDED].items() if row[0] == "none")
    assert none == sums.calls(span, (Guarded.NONE_SEEN,)) > 0
    assert {row[4] for row in counts[Question.RESIDENCY]}.isdisjoint(SHORT.policy.approved_regions)
    parts.close()


def test_an_answer_opens_to_its_call_and_no_word_of_a_prompt_is_in_it(desk: Desk) -> None:
    parts = parts_of(desk)
    parts.counting.ask(asking(desk, Question.HITS), "Jo Bloggs", MUCH)
    with desk.store() as store:
        assert store.usage.chunks(HIT) == []
    parts.close()
    (count,) = parts.latest().duties.counts  # type: ignore[union-attr]
    seen = parts.observation(count.sequence)
    assert seen.provenance.operation == "athena:StartQueryExecution"
    assert seen.provenance.caller == "Jo Bloggs"
    assert len(seen.provenance.request_id) > 10
    said = json.loads(seen.provenance.parameters)
    assert said["ExecutionParameters"][0] == f"'{count.asking.account_id}'"
    assert count.asking.account_id not in said["QueryString"]
    body = json.dumps(seen.payload)  # type: ignore[union-attr]
    assert "BedrockConsoleCounter" in body
    assert PLANTED_WORDS not in body
    parts.close()


def test_logs_insights_counts_where_a_log_group_is(desk: Desk) -> None:
    parts = parts_of(desk)
    one = asking(desk, Question.COVERAGE, Engine.INSIGHTS)
    estimate = parts.counting.estimate(one)
    assert estimate.size > 0
    assert "not known" in estimate.words
    _, problem = parts.counting.ask(one, "Jo", MUCH)
    _, other = parts.counting.ask(dataclasses.replace(one, question=Question.RESIDENCY), "Jo", MUCH)
    assert (problem, other) == ("", "")
    parts.close()
    counts = parts.latest().duties.counts  # type: ignore[union-attr]
    assert sum(number for _, number in counts[0].rows) > 20
    assert {row[4] for row, _ in counts[1].rows}.isdisjoint(SHORT.policy.approved_regions)
    parts.close()


def started(desk: Desk) -> int:
    return sum(each["operation"] in STARTING for each in desk.control("GET", "requests"))


def test_nothing_is_asked_before_somebody_agreed_to_what_it_takes(desk: Desk) -> None:
    parts, one, before = parts_of(desk), asking(desk, Question.HITS), started(desk)
    estimate = parts.counting.estimate(one)
    assert estimate.price is not None
    assert "stops a query after 10.0 GB" in estimate.words
    assert "s3://counts-" in estimate.words
    with pytest.raises(NotAcceptedError, match="were agreed to"):
        parts.counting.ask(one, "Jo", estimate.size - 1)
    with pytest.raises(NotAcceptedError, match="who agrees"):
        parts.counting.ask(one, " ", MUCH)
    with pytest.raises(CountingOffError):
        parts_of(desk, enabled=False).counting.estimate(one)
    with pytest.raises(NoSuchLogError):
        parts.counting.estimate(dataclasses.replace(one, region="eu-west-3"))
    for first, last in (
        (one.last_day, "2020-01-01"),
        ("yesterday", one.last_day),
        (one.first_day, "2999-01-01"),
    ):
        with pytest.raises(BadDaysError):
            parts.counting.estimate(dataclasses.replace(one, first_day=first, last_day=last))
    with pytest.raises(CountingSetUpError, match="not found"):
        parts_of(desk, workgroup="none").counting.estimate(one)
    with pytest.raises(CountingSetUpError, match="NoSuchRole"):
        parts_of(desk, role="NoSuchRole").counting.estimate(one)
    assert started(desk) == before
    parts.close()


def test_an_answer_that_does_not_come_is_kept_with_the_reason(desk: Desk) -> None:
    parts, one = parts_of(desk), asking(desk, Question.HITS)
    damaged = TODAY - timedelta(days=1)
    while damaged.weekday() != 2:
        damaged -= timedelta(days=1)
    accounts = sorted({place.account_id for place in places(desk)})
    problems = set()
    for account in accounts[:4]:
        day = damaged.isoformat()
        other = dataclasses.replace(one, account_id=account, first_day=day, last_day=day)
        problems.add(parts.counting.ask(other, "Jo", MUCH)[1])
    assert any(each.startswith("failed: HIVE_CURSOR_ERROR") for each in problems)
    without = [
        {**each, "Action": [name for name in each["Action"] if name != "athena:StartQueryExecution"]}
        for each in counting("counts")["Statement"]
    ]
    documents = [{"Version": "2012-10-17", "Statement": without}]
    desk.control("POST", "policies", {"role": "BedrockConsoleCounter", "documents": documents})
    assert parts.counting.ask(one, "Jo", MUCH)[1].startswith("denied: ")
    impatient = parts_of(desk, wait_seconds=0.1)
    desk.control("POST", "policies", {"role": "BedrockConsoleCounter", "documents": [counting("counts")]})
    assert impatient.counting.ask(one, "Jo", MUCH)[1] == "stopped before it ended"
    parts.close()
    counts = parts.latest().duties.counts  # type: ignore[union-attr]
    assert [each.is_whole for each in counts[-2:]] == [False, False]
    parts.close()


def test_the_window_has_a_child_ask_which_refuses_in_its_own_words(desk: Desk) -> None:
    parts, one = parts_of(desk), asking(desk, Question.COVERAGE)
    said = {name: str(getattr(one, name)) for name in ("account_id", "region", "first_day", "last_day")}
    said |= {"question": one.question.value, "engine": one.engine.value}
    estimate = json.loads(parts.deed("count_estimate", said))
    assert estimate["bytes"] > 0
    with pytest.raises(RefusedDeedError, match="were agreed to"):
        parts.deed("count", {**said, "person": "Jo", "agreed_bytes": "1"})
    parts.close()


def said(parts: Parts, *words: str, answer: str = "") -> tuple[int, str, str]:
    """Run the command as in a terminal, with an answer typed at its question."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    unused: Any = None
    invocation = Invocation(
        options=parser.parse_args(words),
        place=unused,
        parts=lambda: parts,
        front=unused,
        environment={},
        ask=lambda _: answer,
        out=out,
        err=err,
    )
    return run(invocation), out.getvalue(), err.getvalue()


def test_the_command_says_what_it_takes_asks_counts_and_shows(desk: Desk) -> None:
    parts, one = parts_of(desk), asking(desk, Question.COVERAGE)
    words = ["count", "coverage", "--account", one.account_id, "--person", "Jo"]
    words += ["--from", one.first_day, "--to", one.last_day]
    before = started(desk)
    code, out, err = said(parts, *words, answer="no")
    assert (code, out, started(desk)) == (1, "", before)
    assert "Amazon Athena" in err
    assert "USD" in err
    code, out, _ = said(parts, *words, answer="yes")
    assert (code, out[:3]) == (0, "CT-")
    code, out, _ = said(parts, *words, "--accept-bytes", str(MUCH), "--engine", "insights", "--json")
    assert (code, json.loads(out)["problem"]) == (0, "")
    parts.close()
    code, out, _ = said(parts, "counts", "--json")
    assert (code, [row["state"] for row in json.loads(out)["answers"]]) == (0, ["answered"] * 2)
    code, out, _ = said(parts, "counts")
    assert "Calls in the log, by day" in out
    code, out, _ = said(parts, "table", "--account", one.account_id)
    assert code == 0
    assert "CREATE EXTERNAL TABLE" in out
    assert one.account_id in out
    with pytest.raises(BadTableError):
        said(parts, "table")
    parts.close()
