from typing import Any

import pytest

from console.controls.catalog.access_key_age import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.people import allowing, group, user

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
YOUNG = {"UserName": "u", "Status": "Active", "CreateDate": "2026-11-01T00:00:00Z"}
OLD = YOUNG | {
    "CreateDate": "2025-11-01T00:00:00Z",
    "AccessKeyLastUsed": {"LastUsedDate": "2026-10-01T00:00:00Z"},
}
MAY = user(allowing("bedrock:InvokeModel"))


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def test_no_key_is_not_applicable() -> None:
    (found,) = ask(CONTROL, [MAY], empty=CONTROL.reads, scope=HERE)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "known", "verdict", "said"),
    [
        (YOUNG, [MAY], PASS, "22 days old, never used"),
        (OLD, [MAY], FAIL, "387 days old, last used on 2026-10-01; at most 90"),
        (OLD, [user(groups=["g"]), group(allowing("bedrock:*"))], FAIL, "387 days"),
        (OLD | {"Status": "Inactive"}, [MAY], NOT, "inactive"),
        (OLD, [user(allowing("s3:*"))], NOT, "holds no permission"),
        (OLD, [], UNKNOWN, "whose it is"),
        (OLD, [user("not JSON")], UNKNOWN, "not understood"),
        (OLD | {"Status": "Paused"}, [MAY], UNKNOWN, "not understood"),
        (OLD | {"CreateDate": "long ago"}, [MAY], UNKNOWN, "not understood"),
    ],
)
def test_keys_that_can_use_bedrock_are_judged_by_age(
    payload: Any, known: Any, verdict: Any, said: str
) -> None:
    key = fact("iam.access_key", "AKIA1", payload, HERE, 7)
    (found,) = ask(CONTROL, [key, *known], empty=CONTROL.reads, scope=HERE)
    assert (found.subject, found.verdict, found.evidence[0]) == ("AKIA1", verdict, 7)
    assert said in found.because
