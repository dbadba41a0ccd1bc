import json
from typing import Any

import pytest

from console.controls.catalog.organisation_opt_out import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def services(**answers: Any) -> Any:
    return json.dumps({"services": {name: {"opt_out_policy": each} for name, each in answers.items()}})


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (services(default="optOut"), PASS, "may not use"),
        (services(default={"@@assign": "optOut"}, lex="optOut"), PASS, "may not use"),
        (services(default="optOut", lex={"@@assign": "optIn"}), FAIL, "content of lex"),
        (services(default="optIn"), FAIL, "content of default"),
        (services(lex="optOut"), UNKNOWN, "by default"),
        (services(default="optOut", lex="perhaps"), UNKNOWN, "does not know"),
        ("[]", UNKNOWN, "by default"),
        ("not JSON", UNKNOWN, "not understood"),
        (None, UNKNOWN, "not understood"),
    ],
)
def test_every_service_must_be_opted_out_of(text: Any, verdict: Any, said: str) -> None:
    payload = {"PolicyType": "AISERVICES_OPT_OUT_POLICY", "PolicyContent": text}
    known = [fact("organizations.effective_policy", "AISERVICES_OPT_OUT_POLICY", payload, HERE, 1)]
    (found,) = ask(CONTROL, known, scope=HERE)
    assert (found.verdict, found.evidence) == (verdict, (1,))
    assert said in found.because
    assert "does not govern Bedrock" in found.because


def test_without_a_policy_content_may_be_used() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert (found.verdict, found.evidence) == (FAIL, (901,))
