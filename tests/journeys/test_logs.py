"""Invocation logs read from the stand-in by a real child process into a real encrypted file."""

import dataclasses
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import stores
from console.demo.invocations import PLANTED_WORDS
from console.domain.selection import Selection
from console.domain.usage import SourceKind
from console.evidence.usage_reading import HIT
from console.services.child import log_call, working
from console.services.job import Event
from console.services.standin import Estate
from journeys.estates import SETTINGS, Desk, an_estate, new_desk
from journeys.granting import enforce

DAYS = 8
"""So many that a Wednesday's damaged object is among them."""
OF_LOGS = Selection(kinds=("bedrock.invocation_logging", "cloudwatch.delivery_metric"))
SHORT = dataclasses.replace(SETTINGS, aws=dataclasses.replace(SETTINGS.aws, log_days=DAYS, read_seconds=30.0))


@pytest.fixture(scope="module")
def department() -> Iterator[Estate]:
    with an_estate(12) as estate:
        yield estate


@pytest.fixture(scope="module")
def refreshed(department: Estate, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store that knows where the logs are, and has read none."""
    desk = new_desk(department, tmp_path_factory.mktemp("logs"), SHORT)
    assert desk.refresh(selection=OF_LOGS)[-1]["state"] == "complete"
    return desk


def copied(refreshed: Desk, folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    store = folder / "evidence.db"
    shutil.copyfile(refreshed.job.store, store)
    return Desk(refreshed.estate, dataclasses.replace(refreshed.job, store=store))


@pytest.fixture
def desk(refreshed: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = copied(refreshed, tmp_path)
    yield desk
    desk.control("DELETE", "policies")


def read(desk: Desk) -> list[Event]:
    with working(log_call(desk.job, desk.estate.environment)) as worker:
        return list(worker.events())


def sums(desk: Desk) -> object:
    """Return all that was counted, by names and not by the store's own numbers."""
    with desk.store() as store:
        usage = store.usage
        settings = {row[0]: row[1:] for row in usage.settings()}
        catches = {row[0]: row[1:] for row in usage.catches()}
        calls = Counter({(day, settings[of], *rest): 1 for day, of, *rest in usage.calls_by_day().tolist()})
        hits = Counter(
            {(day, settings[of], catches[what]): n for day, of, what, n in usage.hits_by_day().tolist()}
        )
        rows = sum(count for _, count in usage.chunks(HIT))
        assert rows == hits.total()
        return calls, hits, rows


def test_logs_read_twice_or_broken_off_by_a_kill_count_once_and_no_word_of_a_prompt_is_kept(
    desk: Desk, refreshed: Desk, tmp_path: Path
) -> None:
    enforce(desk)
    ended = read(desk)[-1]
    assert ended["state"] == "complete"
    assert ended["calls"] > 1_000
    whole = sums(desk)
    again = read(desk)[-1]
    assert (again["calls"], again["hits"]) == (0, 0)
    assert sums(desk) == whole
    with desk.store() as store:
        assert {each.source.kind for each in store.usage.sources()} == {SourceKind.S3, SourceKind.LOGS}
        assert "broken gzip" in {gap.reason for gap in store.usage.gaps()}
    assert PLANTED_WORDS not in "\n".join(everything_in(desk))

    other = copied(refreshed, tmp_path / "killed")
    draw = random.Random(7)
    for _ in range(3):
        with working(log_call(other.job, other.estate.environment)) as worker:
            time.sleep(draw.uniform(0.8, 2.5))
            os.kill(worker.pid, signal.SIGKILL)
    assert read(other)[-1]["state"] == "complete"
    assert sums(other) == whole


def everything_in(desk: Desk) -> set[str]:
    """Return every value in the decrypted file, as text."""
    found = set()
    path, key = desk.job.store, desk.job.key
    for (table,) in stores.sql(path, "SELECT name FROM sqlite_master WHERE type = 'table'", key=key):
        for row in stores.sql(path, f"SELECT * FROM {table}", key=key):  # noqa: S608 - our own tables
            found |= {each.decode("latin-1") if isinstance(each, bytes) else str(each) for each in row}
    return found


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        pytest.param("s3:ListBucket", SourceKind.S3, marks=pytest.mark.nightly),
        ("s3:GetObject", SourceKind.S3),
        ("logs:FilterLogEvents", SourceKind.LOGS),
    ],
)
def test_what_may_not_be_read_is_a_gap_and_the_rest_is_read(
    desk: Desk, action: str, kind: SourceKind
) -> None:
    enforce(desk, without=action)
    assert read(desk)[-1]["state"] == "complete"
    with desk.store() as store:
        sources, gaps = store.usage.sources(), store.usage.gaps()
        read_well = [each for each in sources if not each.problem and each.source.kind is not kind]
        if action == "s3:GetObject":
            assert {gap.reason for gap in gaps if gap.source.kind is kind} == {"denied"}
        else:
            assert {each.problem for each in sources if each.source.kind is kind} <= {"denied", "failed"}
            assert "denied" in {each.problem for each in sources}
        assert read_well
        assert len(store.usage.calls_by_day())


def test_the_program_s_own_logs_say_what_went_wrong_and_nothing_else(refreshed: Desk, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    estate = dataclasses.replace(refreshed.estate, environment={**refreshed.estate.environment, **home})
    desk = dataclasses.replace(copied(refreshed, tmp_path / "store"), estate=estate)
    assert desk.refresh(selection=OF_LOGS)[-1]["event"] == "ended"
    assert read(desk)[-1]["event"] == "ended"
    forged = {
        **estate.environment,
        "AWS_ACCESS_KEY_ID": "AKIAFORGEDFORGED",
        "AWS_SECRET_ACCESS_KEY": "forged-secret",
    }
    wrong = dataclasses.replace(desk, estate=dataclasses.replace(estate, environment=forged))
    assert wrong.refresh(resume=False)[-1]["event"] == "refused"
    logs = sorted((tmp_path / "data").rglob("*.log"))
    assert [file.name for file in logs] == ["refresh.log", "usage.log"]
    said = "\n".join(file.read_text(encoding="utf-8") for file in logs)
    assert "refresh complete" in said
    assert "logs read" in said
    assert "refused COL-" in said
    planted = (
        PLANTED_WORDS,
        desk.job.key.hex(),
        desk.job.signer.raw.hex(),
        *(value for name, value in forged.items() if name.startswith("AWS_") and len(value) > 6),
        *(estate.environment[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
        desk.estate.management_account,
        "arn:",
        str(tmp_path),
    )
    assert [each for each in planted if each in said] == []
