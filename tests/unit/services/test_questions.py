import io
import threading

import pytest

from console.collect.errors import MfaNeededError
from console.services.job import answer_line, read_answer
from console.services.questions import Questions

SERIAL = "arn:aws:iam::111122223333:mfa/officer"


def asked(*lines: str, cancelled: threading.Event | None = None) -> tuple[str, list[dict[str, object]]]:
    """Ask once, with what is heard after the question; return the code and what was said."""
    said: list[dict[str, object]] = []

    def say(event: str, **members: object) -> None:
        said.append({"event": event, **members})
        for line in lines:
            questions.hear(line)

    questions = Questions(say, cancelled or threading.Event())
    return questions.ask_code(SERIAL), said


def test_a_question_is_an_event_and_its_answer_a_line() -> None:
    code, said = asked(
        "noise", answer_line(7, "999999"), answer_line(1, " 123456 "), answer_line(1, "000000")
    )
    assert code == "123456"
    assert said == [{"event": "question", "id": 1, "serial": SERIAL}]


def test_no_code_is_a_refusal_with_a_remedy() -> None:
    with pytest.raises(MfaNeededError, match="officer was given") as refused:
        asked(answer_line(1, ""))
    assert "six digits" in refused.value.remedy


def test_whoever_cancels_is_not_waited_for() -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(MfaNeededError):
        asked(cancelled=cancelled)


def test_threads_ask_in_turn() -> None:
    said = io.StringIO()
    questions = Questions(
        lambda _event, **members: questions.hear(answer_line(members["id"], "1")), threading.Event()
    )
    threads = [threading.Thread(target=lambda: said.write(questions.ask_code(SERIAL))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.getvalue() == "11111"


@pytest.mark.parametrize("line", ["", "cancel", "[]", "{}", '{"answer": "x", "code": "1"}', '{"answer": 1}'])
def test_what_is_no_answer_is_none(line: str) -> None:
    assert read_answer(line) is None
