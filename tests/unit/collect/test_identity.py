"""The officer's credentials run out half-way, and somebody renewed them meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console.base.settings import AwsSettings
from console.collect.identity import Identity
from console.collect.sessions import Sessions
from unit.collect.answering import Answer, Server
from unit.collect.conftest import NOW
from unit.collect.test_sessions import CALLER, assumed, signer_of

OTHER = Answer(CALLER.body.replace(b"Auditor/officer", b"Auditor/officer-tomorrow"))
STRANGER = Answer(CALLER.body.replace(b"Auditor", b"Administrator"))
OVER = Answer(
    b"<ErrorResponse><Error><Code>ExpiredToken</Code><Message>old</Message></Error></ErrorResponse>", 403
)
Made = tuple[Sessions, Server, Callable[[str], None]]


@pytest.fixture
def kept(aws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Made]:
    """Return a maker of sessions whose keys are in a file, and of what writes other keys there."""
    file = tmp_path / "credentials"

    def write(key: str) -> None:
        lines = ("[default]", f"aws_access_key_id = {key}", "aws_secret_access_key = s", "")
        file.write_text("\n".join(lines), encoding="utf-8")

    def make(*answers: Answer) -> Made:
        _, server = aws(*answers)
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
        write("FIRST")
        settings = AwsSettings(attempts=1, connect_seconds=2.0, read_seconds=2.0)
        return Sessions(settings, lambda: NOW), server, write

    return make


def test_newer_keys_of_the_same_person_are_taken_up(kept) -> None:
    sessions, server, write = kept(CALLER, OTHER)
    first = sessions.caller()
    write("SECOND")
    sessions.forget(first)
    assert sessions.caller() is not first
    assert sessions.caller().role == first.role
    assert [signer_of(each) for each in server.requests] == ["FIRST", "SECOND"]


def test_somebody_else_is_never_taken_for_the_officer(kept) -> None:
    sessions, _, write = kept(CALLER, STRANGER)
    first = sessions.caller()
    write("SECOND")
    sessions.forget(first)
    assert sessions.caller() is first


def test_keys_that_are_over_too_change_nothing_and_are_not_tried_at_every_step(kept) -> None:
    sessions, server, _ = kept(CALLER, OVER)
    first = sessions.caller()
    for _ in range(5):
        sessions.forget(first)
    assert sessions.caller() is first
    assert len(server.requests) == 2


def test_a_role_is_assumed_with_the_newer_keys(kept) -> None:
    sessions, server, write = kept(CALLER, OVER, OTHER, assumed("ASIAMEMBER"))
    sessions.caller()
    write("SECOND")
    assert sessions.identity("444455556666").credentials.access_key == "ASIAMEMBER"
    assert [signer_of(each) for each in server.requests] == ["FIRST", "FIRST", "SECOND", "SECOND"]


def test_a_role_that_cannot_be_assumed_with_old_keys_says_so(kept) -> None:
    sessions, _, _ = kept(CALLER, OVER)
    sessions.caller()
    with pytest.raises(Exception, match="ExpiredToken"):
        sessions.identity("444455556666")


@pytest.mark.parametrize(
    ("arn", "role"),
    [
        ("arn:aws:sts::1:assumed-role/Auditor/today", "arn:aws:sts::1:assumed-role/Auditor"),
        ("arn:aws:iam::1:user/path/officer", "arn:aws:iam::1:user/path/officer"),
    ],
)
def test_a_session_is_the_same_role_under_another_name(arn: str, role: str) -> None:
    assert Identity("1", arn, None).role == role
