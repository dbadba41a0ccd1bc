from typing import Any

import pytest

from console.controls.catalog.unused_access import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ARN = "arn:aws:iam::111122223333:role/r"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def test_nobody_with_such_a_policy_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert found.verdict is NOT


def used(*when: Any) -> Any:
    services = [
        {"ServiceNamespace": "bedrock", **({"LastAuthenticated": each} if each else {})} for each in when
    ]
    return fact("iam.service_last_accessed", ARN, {"ServicesLastAccessed": services}, HERE, 7)


def role(made: Any) -> Any:
    return fact("iam.role", ARN, {"CreateDate": made}, HERE, 1)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([used("2026-11-20T00:00:00Z")], PASS, "on 2026-11-20, 3 days before"),
        ([used("2025-11-20T00:00:00Z", "2026-11-20T00:00:00Z", None)], PASS, "2026-11-20"),
        ([used("2025-11-20T00:00:00Z", None)], FAIL, "368 days before"),
        ([used(None), role("2025-11-20T00:00:00Z")], FAIL, "never used"),
        ([used(None), role("2026-11-20T00:00:00Z")], NOT, "not used Bedrock yet"),
        ([used(None)], UNKNOWN, "when it was made is not known"),
        ([used("lately")], UNKNOWN, "not understood"),
        ([used()], NOT, "tracks no permission"),
        ([fact("iam.service_last_accessed", ARN, {}, HERE, 7)], UNKNOWN, "did not say"),
    ],
)
def test_the_newest_use_decides(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads, scope=HERE)
    assert (found.subject, found.verdict, found.evidence[0]) == (ARN, verdict, 7)
    assert said in found.because
