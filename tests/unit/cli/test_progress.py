"""A refresh followed in a terminal, in a file and by a machine; the child is a real process."""

import io
import json
from typing import Any

import pytest

from console.cli.base import DONE, INTERRUPTED, REFUSED
from console.cli.progress import follow_refresh, report_refresh
from console.services.child import WorkerCall
from unit.ui.estate import FakeDesk


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def child(*part: str) -> WorkerCall:
    """Return the call of a child that plays a part."""
    made = FakeDesk(worker=(*part, "clean")).refresh_call(resume=True)
    return WorkerCall(
        program=made.program,
        arguments=made.arguments,
        job_line=made.job_line,
        environment=made.environment,
    )


def nobody(prompt: str) -> str:
    raise AssertionError(prompt)


def test_a_terminal_shows_accounts_calls_gaps_and_time_left() -> None:
    err = Terminal()
    assert follow_refresh(child("chatter", "1"), err, nobody) == DONE
    said = err.getvalue()
    assert "1 of 3 accounts done; 5 of 10 scopes read; 10 calls" in said
    assert "13 could not be read: 12 denied, 1 throttled" in said
    assert "about 2 minutes left" in said
    assert "Not seen: bedrock.guardrail in 100000000003/eu-west-2: denied" in said


def test_a_file_gets_a_line_now_and_then() -> None:
    err = io.StringIO()
    assert follow_refresh(child("chatter", "5.5"), err, nobody) == DONE
    (line,) = err.getvalue().splitlines()
    assert line == (
        "1 of 3 accounts done; 5 of 10 scopes read; 10 calls; 13 could not be read: 12 denied, 1 throttled; "
        "about 2 minutes left; now Guardrails (every version) in 100000000002/eu-west-2"
    )


def test_a_machine_gets_every_event_as_a_line_and_progress_now_and_then() -> None:
    out, err = io.StringIO(), io.StringIO()
    assert report_refresh(child("chatter", "1.5"), out, err, nobody) == DONE
    events: list[dict[str, Any]] = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [each["event"] for each in events] == ["progress", "gap", "progress", "ended"]
    assert events[0]["gaps_by_reason"] == {"denied": 12, "throttled": 1}
    assert events[0]["seconds_left"] == 150.0
    assert err.getvalue() == ""


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_a_one_time_code_is_asked_in_the_terminal_and_not_shown(stream: type[io.StringIO]) -> None:
    err, prompts = stream(), []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return "123456"

    assert follow_refresh(child("question"), err, ask) == DONE
    assert prompts == ["One-time code of arn:aws:iam::100000000001:mfa/officer: "]
    assert "123456" not in err.getvalue()


def test_whoever_interrupts_is_told_that_what_was_read_is_kept() -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    err = io.StringIO()
    assert follow_refresh(child("question"), err, interrupt) == INTERRUPTED
    assert "what was read is kept" in err.getvalue()


@pytest.mark.parametrize(
    ("part", "code"), [("portal", REFUSED), ("question", REFUSED), ("not-begun", INTERRUPTED)]
)
def test_a_refusal_says_its_code_and_what_to_do(part: str, code: int) -> None:
    err = io.StringIO()
    assert follow_refresh(child(part), err, lambda _: "") == code
    assert "Sign in." in err.getvalue()


def test_a_refusal_is_an_event_for_a_machine_too() -> None:
    out = io.StringIO()
    assert report_refresh(child("portal"), out, io.StringIO(), nobody) == REFUSED
    assert json.loads(out.getvalue())["code"] == "COL-005"
