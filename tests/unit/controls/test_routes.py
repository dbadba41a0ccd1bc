from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.residency_configured_models import CONTROL
from console.controls.routes import MODEL, PROFILE, ROUTER, models_named
from console.domain.finding import Verdict
from fakes import LONDON, fact, gap
from unit.controls.asking import opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
OWN = f"arn:aws:bedrock:eu-west-2:{LONDON.account_id}"
HERE, DUBLIN, ANYWHERE = (
    f"arn:aws:bedrock:{each}::foundation-model/m" for each in ("eu-west-2", "eu-west-1", "")
)
AGENT = "bedrock-agent.agent"


def profile(arn: str, *models: Any, id_: str = "p") -> Any:
    payload = {"inferenceProfileId": id_, "models": [{"modelArn": each} for each in models]}
    return fact(PROFILE, arn, payload, sequence=20)


def router(fallback: Any, *models: Any) -> Any:
    payload = {"models": [{"modelArn": each} for each in models], "fallbackModel": fallback}
    return fact(ROUTER, f"{OWN}:prompt-router/r", payload, sequence=21)


def named(name: Any) -> Any:
    return fact(AGENT, "a", {"foundationModel": name}, sequence=7)


IN_LONDON = f"{OWN}:application-inference-profile/in"
ACROSS = f"{OWN}:inference-profile/eu.m"
KNOWN = (
    profile(IN_LONDON, HERE, id_="in"),
    profile(ACROSS, HERE, DUBLIN, id_="eu.m"),
    profile(f"{OWN}:inference-profile/global.m", HERE, ANYWHERE, id_="global.m"),
    profile(f"{OWN}:application-inference-profile/mute", id_="mute"),
    profile(f"{OWN}:application-inference-profile/half", HERE, None, id_="half"),
    fact(MODEL, HERE, {"modelId": "amazon.nova-lite-v1:0"}, sequence=22),
)


@pytest.mark.parametrize(
    ("name", "verdict", "word"),
    [
        (HERE, PASS, "runs in eu-west-2"),
        (DUBLIN, FAIL, "runs in eu-west-1"),
        (ANYWHERE, FAIL, "global"),
        ("amazon.nova-lite-v1:0", PASS, "runs in eu-west-2"),
        ("eu.m", FAIL, "eu-west-1"),
        ("global.m", FAIL, "global"),
        ("in", PASS, "only to eu-west-2"),
        (IN_LONDON, PASS, "only to eu-west-2"),
        (ACROSS, FAIL, "routes to eu-west-1"),
        ("mute", UNKNOWN, "of each model"),
        ("half", UNKNOWN, "of each model"),
        ("us.unheard", UNKNOWN, "no model or profile"),
        (f"{OWN}:inference-profile/unheard", UNKNOWN, "not among"),
        (f"{OWN}:custom-model/m", PASS, "runs in eu-west-2"),
        (f"{OWN}:provisioned-model/p", PASS, "runs in eu-west-2"),
        (f"{OWN}:dream/p", UNKNOWN, "nothing that this build knows"),
        (f"{OWN}:prompt-router/unheard", UNKNOWN, "not among"),
        ("arn:aws:sagemaker:us-east-1:111122223333:endpoint/e", FAIL, "us-east-1"),
    ],
)
def test_a_call_goes_where_the_models_behind_its_name_run(name: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, named(name), *KNOWN)
    assert (found.verdict, found.evidence[0]) == (verdict, 7)
    assert word in found.because


def test_a_profile_is_opened_to() -> None:
    assert opinion(CONTROL, named(ACROSS), *KNOWN).evidence == (7, 20)
    lost = replace(gap(PROFILE, sequence=9), key=ACROSS)
    found = opinion(CONTROL, named(ACROSS), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))


@pytest.mark.parametrize(
    ("made", "verdict", "word"),
    [
        (router({"modelArn": HERE}, HERE, IN_LONDON), PASS, "approved Regions only"),
        (router({"modelArn": ACROSS}, HERE), FAIL, "eu-west-1"),
        (router({"modelArn": HERE}, HERE, DUBLIN), FAIL, "eu-west-1"),
        (router(None, HERE), UNKNOWN, "which model"),
        (router({"modelArn": HERE}, None), UNKNOWN, "which model"),
    ],
)
def test_a_router_goes_wherever_one_of_its_models_does(made: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, named(made.key), made, *KNOWN)
    assert (found.verdict, found.evidence[:2]) == (
        verdict,
        (7, 21) if verdict is PASS else found.evidence[:2],
    )
    assert 21 in found.evidence
    assert word in found.because


def test_models_are_found_at_whatever_depth_and_other_members_are_not() -> None:
    payload = {
        "foundationModel": "a",
        "definition": {"nodes": [{"configuration": {"prompt": {"modelId": "b"}}}, {"modelId": ""}]},
        "variants": [{"modelId": "c", "name": "modelId"}],
        "embeddingModelArn": {"modelArn": "d"},
        "modelName": "e",
        "modelId": 3,
    }
    assert list(models_named(payload)) == ["a", "b", "c", "d"]
