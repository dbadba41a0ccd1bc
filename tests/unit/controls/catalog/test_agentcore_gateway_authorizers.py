from typing import Any

import pytest

from console.controls.catalog.agentcore_gateway_authorizers import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ISSUER = "https://login.example/.well-known/openid-configuration"


def by_token(**token: Any) -> Any:
    return {"authorizerType": "CUSTOM_JWT", "authorizerConfiguration": {"customJWTAuthorizer": token}}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_gateways_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        ({"authorizerType": "NONE"}, FAIL, "whoever finds"),
        ({"authorizerType": "AWS_IAM"}, PASS, "IAM"),
        (by_token(discoveryUrl=ISSUER, allowedAudience=["tools"]), PASS, ISSUER),
        (by_token(discoveryUrl=ISSUER, allowedClients=["app"]), PASS, ISSUER),
        (by_token(discoveryUrl=ISSUER, allowedAudience=[]), FAIL, "any token"),
        (by_token(discoveryUrl=ISSUER), FAIL, "any token"),
        (by_token(allowedAudience=["tools"]), UNKNOWN, "whose tokens"),
        ({"authorizerType": "CUSTOM_JWT"}, UNKNOWN, "whose tokens"),
        (
            {"authorizerType": "AUTHENTICATE_ONLY", "policyEngineConfiguration": {"mode": "ENFORCE"}},
            PASS,
            "policy engine",
        ),
        (
            {"authorizerType": "AUTHENTICATE_ONLY", "policyEngineConfiguration": {"mode": "LOG_ONLY"}},
            FAIL,
            "all of them",
        ),
        ({"authorizerType": "AUTHENTICATE_ONLY"}, FAIL, "all of them"),
        ({"authorizerType": "HANDSHAKE"}, UNKNOWN, "HANDSHAKE"),
        ({}, UNKNOWN, "not said"),
    ],
)
def test_a_gateway_is_as_open_as_what_it_asks(payload: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
