from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.evaluation_currency import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, NOW, fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
CUSTOM, IMPORTED, AGENT, JOB = CONTROL.reads
OWN = f"arn:aws:bedrock:eu-west-2:{LONDON.account_id}:custom-model/m"
NOVA = "amazon.nova-lite-v1:0"
NEW, OLD = "2026-11-01T00:00:00Z", "2025-01-01T00:00:00Z"


def job(*models: Any, made: Any = NEW, status: Any = "Completed", number: int = 8) -> Any:
    evaluated = {"models": [{"bedrockModel": {"modelIdentifier": each}} for each in models]}
    payload = {"status": status, "creationTime": made, "inferenceConfig": evaluated}
    return fact(JOB, f"job-{number}", payload, sequence=number)


def custom(**changes: Any) -> Any:
    return fact(CUSTOM, OWN, {"modelArn": OWN} | changes, sequence=7)


def agent(model: Any) -> Any:
    return fact(AGENT, "A:2", {"foundationModel": model}, sequence=7)


def test_the_fixtures_lie_around_the_moment_of_reading() -> None:
    assert OLD < NEW < NOW


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_models_in_use_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("jobs", "verdict", "evidence"),
    [
        ([job(OWN)], PASS, (7, 8)),
        ([job(OWN, made=OLD)], FAIL, (7, 8)),
        ([job(OWN, made=OLD), job(OWN, number=9)], PASS, (7, 9)),
        ([job(OWN), job(OWN, made=OLD, number=9)], PASS, (7, 8)),
        ([job(OWN, made=None), job(OWN, number=9)], PASS, (7, 9)),
        ([job(OWN), job(OWN, made=None, number=9)], PASS, (7, 8)),
        ([job(OWN, made=None)], UNKNOWN, (7, 8)),
        ([job(OWN, status="Failed")], FAIL, (7,)),
        ([job(OWN, status=None)], FAIL, (7,)),
        ([job(f"{OWN}2", None)], FAIL, (7,)),
        ([job()], FAIL, (7,)),
        ([fact(JOB, "j", {"status": "Completed"})], FAIL, (7,)),
        ([], FAIL, (7,)),
    ],
)
def test_a_model_is_as_current_as_its_newest_completed_evaluation(
    jobs: Any, verdict: Any, evidence: Any
) -> None:
    found = opinion(CONTROL, custom(), *jobs)
    assert (found.verdict, found.evidence) == (verdict, evidence)


@pytest.mark.parametrize(
    ("used", "evaluated", "verdict"),
    [
        (NOVA, NOVA, PASS),
        (f"arn:aws:bedrock:eu-west-2::foundation-model/{NOVA}", NOVA, PASS),
        (f"arn:aws:bedrock:eu-west-2:1:inference-profile/eu.{NOVA}", f"global.{NOVA}", PASS),
        (f"eu.{NOVA}", f"arn:aws:bedrock:eu-west-2::foundation-model/{NOVA}", PASS),
        (NOVA, "amazon.nova-pro-v1:0", FAIL),
        ("arn:aws:bedrock:eu-west-2:1:application-inference-profile/x", "x", FAIL),
        (f"arn:aws:bedrock:eu-west-2:1:custom-model/{NOVA}", NOVA, FAIL),
        (None, NOVA, UNKNOWN),
    ],
)
def test_a_foundation_model_is_the_same_by_id_arn_or_profile(used: Any, evaluated: Any, verdict: Any) -> None:
    assert opinion(CONTROL, agent(used), job(evaluated)).verdict is verdict


def test_an_evaluation_of_what_a_knowledge_base_answers_counts_for_its_model() -> None:
    asked = {"knowledgeBaseConfiguration": {"knowledgeBaseId": "K", "modelArn": NOVA}}
    rag = [{"knowledgeBaseConfig": {"retrieveAndGenerateConfig": asked}}]
    made = fact(
        JOB, "j", {"status": "Completed", "creationTime": NEW, "inferenceConfig": {"ragConfigs": rag}}
    )
    assert opinion(CONTROL, agent(NOVA), made).verdict is PASS


def test_a_model_of_another_account_is_that_accounts_to_evaluate() -> None:
    assert opinion(CONTROL, custom(isOwned=False)).verdict is NOT


def test_how_old_is_the_departments_to_say() -> None:
    policy = PolicySettings(evaluation_days=1)
    found = opinion(CONTROL, fact(IMPORTED, OWN, {"modelArn": OWN}), job(OWN), policy=policy)
    assert found.verdict is FAIL
