from typing import Any

import pytest

from console.controls.catalog.residency_prompt_routers import CONTROL
from console.controls.routes import ROUTER
from console.domain.finding import Verdict
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ARN = f"arn:aws:bedrock:eu-west-2:{LONDON.account_id}:prompt-router/r"
HERE, DUBLIN = (f"arn:aws:bedrock:{each}::foundation-model/m" for each in ("eu-west-2", "eu-west-1"))


def router(sort: Any, fallback: Any = HERE, *, arn: Any = ARN) -> Any:
    models = {"models": [{"modelArn": HERE}], "fallbackModel": {"modelArn": fallback}}
    return fact(ROUTER, ARN, {"promptRouterArn": arn, "type": sort, **models}, sequence=7)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_awss_own_routers_are_not_the_accounts() -> None:
    (found,) = ask(CONTROL, [router("default", DUBLIN)], empty=CONTROL.reads[1:])
    assert found.verdict is NOT
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("made", "verdict", "word"),
    [
        (router("custom"), PASS, "approved Regions only"),
        (router("custom", DUBLIN), FAIL, "eu-west-1"),
        (router("custom", None), UNKNOWN, "which model"),
        (router("custom", arn=None), UNKNOWN, "which model"),
        (router("secret"), UNKNOWN, "secret"),
        (router(None), UNKNOWN, "not said"),
    ],
)
def test_a_router_of_the_account_is_followed_to_its_models(made: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, made)
    assert (found.verdict, found.evidence[0]) == (verdict, 7)
    assert word in found.because
