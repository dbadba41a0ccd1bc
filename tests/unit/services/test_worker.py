import io
import json
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.base.settings import AwsSettings, PolicySettings, Settings
from console.domain.refresh import Progress, RefreshState
from console.services.child import LostWorkerError, WorkerCall, read_event, worker_call, working
from console.services.job import BadJobError, Job
from console.services.worker import ABANDONED, REFUSED, Events, heed, serve
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from fakes import gap

JOB = Job(
    store=Path("evidence.db"),
    key=StoreKey(b"\x07" * 32),
    signer=SigningKey(b"\x09" * 32),
    settings=Settings(
        aws=AwsSettings(threads=3), policy=PolicySettings(approved_regions=("a", "b")), organisation_name="D"
    ),
    resume=True,
)


def progress(done: int = 1) -> Progress:
    return Progress(
        done=done,
        planned=2,
        accounts_done=0,
        accounts=1,
        accounts_planned=1,
        calls=3,
        gaps=0,
        elapsed_seconds=0.5,
        doing="x",
    )


def test_a_job_survives_its_line() -> None:
    assert Job.read(JOB.line()) == JOB
    assert "\n" not in JOB.line()


def test_a_job_does_not_show_its_keys() -> None:
    call = worker_call(JOB, {"AWS_SECRET_ACCESS_KEY": "hidden"})
    assert "0707" not in repr(JOB) + repr(call)
    assert "hidden" not in repr(call)
    assert not any("0707" in argument for argument in call.arguments)


@pytest.mark.parametrize("line", ["", "nonsense", "{}", '{"store": 1}', "[]"])
def test_what_is_no_job_is_refused(line: str) -> None:
    with pytest.raises(BadJobError):
        Job.read(line)
    out = io.StringIO()
    assert serve(io.StringIO(line), out, lambda: datetime(2026, 1, 1, tzinfo=UTC)) == REFUSED
    assert read_event(out.getvalue())["code"] == "SVC-002"


def test_a_store_that_is_not_there_is_refused_with_a_remedy(tmp_path: Path) -> None:
    out = io.StringIO()
    line = Job(
        store=tmp_path / "none.db", key=JOB.key, signer=JOB.signer, settings=JOB.settings, resume=False
    ).line()
    left = threading.Event()
    serve(io.StringIO(line), out, lambda: datetime(2026, 1, 1, tzinfo=UTC), abandon=lambda _: left.set())
    event = read_event(out.getvalue())
    assert event["event"] == "refused"
    assert event["remedy"]


def test_many_threads_write_whole_lines() -> None:
    out = io.StringIO()
    events = Events(out)
    threads = [
        threading.Thread(target=lambda: [events.missed(gap("k")) for _ in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = out.getvalue().splitlines()
    assert len(lines) == 400
    assert all(read_event(line)["reason"] == "denied" for line in lines)


def test_progress_is_not_said_more_often_than_a_person_can_read() -> None:
    out = io.StringIO()
    events = Events(out)
    for done in range(1000):
        events.progressed(progress(done))
    events.ended(4, RefreshState.CANCELLED)
    lines = out.getvalue().splitlines()
    assert len(lines) < 100
    assert read_event(lines[0])["planned"] == 2
    assert json.loads(lines[-1]) == {"event": "ended", "refresh_id": 4, "state": "cancelled"}


def test_cancel_ends_the_refresh_and_the_end_of_input_abandons_it() -> None:
    cancelled, codes, heard = threading.Event(), [], []
    heed(io.StringIO("noise\ncancel\n"), cancelled, heard.append, codes.append)
    assert cancelled.is_set()
    assert codes == []
    assert heard == ["noise\n"]
    heed(io.StringIO(""), threading.Event(), heard.append, codes.append)
    assert codes == [ABANDONED]


@pytest.mark.parametrize("line", ["", "x", "[]", "{}", '{"event": "made up"}', '{"event": "ended"}'])
def test_what_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own error is one
        read_event(line)


def test_a_worker_that_dies_without_a_word_is_said_to_have(tmp_path: Path) -> None:
    call = WorkerCall(
        program=sys.executable, arguments=("-c", "raise SystemExit(7)"), job_line="{}", environment=os.environ
    )
    with working(call) as worker, pytest.raises(LostWorkerError, match="code 7") as caught:
        list(worker.events())
    assert "goes on from what was read" in caught.value.remedy
