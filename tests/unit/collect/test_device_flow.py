"""The pace of polling, and each end of it, against prepared answers over HTTP."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.base.settings import AwsSettings
from console.collect.device_flow import (
    CancelledSignInError,
    DeviceFlow,
    RefusedSignInError,
    Verification,
    token_file,
)
from console.collect.own_session import own_session
from console.collect.profiles import PortalLogin
from unit.collect.answering import Answer, answering, of_json
from unit.collect.conftest import NOW

LOGIN = PortalLogin(profile="audit", start_url="https://x.awsapps.com/start", region="eu-west-2", session="s")
CLIENT = of_json({"clientId": "c", "clientSecret": "hidden", "clientSecretExpiresAt": 1_900_000_000})
BEGUN = {
    "deviceCode": "d",
    "userCode": "ABCD-EFGH",
    "verificationUri": "https://x/",
    "verificationUriComplete": "https://x/?user_code=ABCD-EFGH",
    "expiresIn": 30,
    "interval": 1,
}
TOKEN = of_json({"accessToken": "t", "tokenType": "Bearer", "expiresIn": 3600})


def no(code: str) -> Answer:
    return of_json({"error": code}, 400, **{"x-amzn-ErrorType": code})


SLOWER, PENDING = no("SlowDownException"), no("AuthorizationPendingException")
Signed = Callable[..., tuple[datetime, list[float]]]


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Signed:
    """Return what signs in against answers, and gives the end of the sign-in with every pause that was made."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("AWS_PROFILE", raising=False)

    def run(*answers: Answer, stops_after: int = 99, begun: dict[str, Any] | None = None) -> Any:
        pauses: list[float] = []
        shown: list[Verification] = []

        def wait(seconds: float) -> bool:
            pauses.append(seconds)
            return len(pauses) > stops_after

        def clock() -> datetime:
            return NOW + timedelta(seconds=sum(pauses))

        with answering(CLIENT, of_json(begun or BEGUN), *answers) as server:
            monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
            flow = DeviceFlow(own_session(AwsSettings(attempts=1)), LOGIN, clock, wait)
            ends = flow.run(shown.append)
        assert [each.user_code for each in shown] == ["ABCD-EFGH"]
        return ends, pauses

    return run


def test_it_waits_as_long_as_it_is_told_to_and_five_seconds_more_each_time_it_is_too_fast(
    sign_in: Signed,
) -> None:
    ends, pauses = sign_in(PENDING, SLOWER, PENDING, SLOWER, TOKEN)
    assert pauses == [1, 1, 6, 6, 11]
    assert ends == NOW + timedelta(seconds=25 + 3600)
    kept = json.loads(token_file(LOGIN).read_bytes())
    assert kept["expiresAt"] == "2026-11-23T10:14:25Z"
    assert kept["registrationExpiresAt"] == "2030-03-17T17:46:40Z"
    assert "refreshToken" not in kept


def test_without_an_interval_it_waits_five_seconds(sign_in: Signed) -> None:
    begun = {name: value for name, value in BEGUN.items() if name != "interval"}
    assert sign_in(TOKEN, begun=begun)[1] == [5]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (no("AccessDeniedException"), "refused in the browser"),
        (no("ExpiredTokenException"), "while it was valid"),
        (PENDING, "while it was valid"),
        (no("InvalidGrantException"), "does not sign you in"),
    ],
)
def test_each_refusal_ends_it_with_a_remedy(sign_in: Signed, answer: Answer, words: str) -> None:
    with pytest.raises(RefusedSignInError, match=words) as refused:
        sign_in(answer)
    assert refused.value.remedy
    assert not token_file(LOGIN).exists()


def test_cancelled_it_asks_no_more(sign_in: Signed) -> None:
    with pytest.raises(CancelledSignInError):
        sign_in(PENDING, stops_after=3)
