import json
from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.log_masking import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
NAME = "/bedrock"
ARN = f"arn:aws:logs:eu-west-2:111122223333:log-group:{NAME}:*"
MASKS = json.dumps(
    {"Statement": [{"Operation": {"Audit": {}}}, {"Operation": {"Deidentify": {"MaskConfig": {}}}}]}
)
AUDITS = json.dumps({"Statement": [{"Operation": {"Audit": {}}}]})


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def logging(config: Any) -> Any:
    return fact("bedrock.invocation_logging", "logging", {"loggingConfig": config}, sequence=1)


LOGGING = logging({"cloudWatchConfig": {"logGroupName": NAME}})


def group(status: Any = "ACTIVATED") -> Any:
    return fact("logs.log_group", ARN, {"logGroupName": NAME, "dataProtectionStatus": status}, sequence=2)


def own(text: Any) -> Any:
    return fact("logs.data_protection_policy", ARN, {"policyDocument": text}, sequence=3)


def account(text: Any, sort: Any = "DATA_PROTECTION_POLICY") -> Any:
    return fact("logs.account_policy", sort, {"policyType": sort, "policyDocument": text}, sequence=4)


@pytest.mark.parametrize(
    ("known", "verdict", "said", "evidence"),
    [
        ([group(), own(MASKS)], PASS, "masks", (2, 3)),
        ([group(), own(AUDITS)], FAIL, "masks none", (2, 3)),
        ([group(), own(AUDITS), account(MASKS)], PASS, "masks", (2, 3, 4)),
        ([group(None), account(MASKS)], PASS, "masks", (2, 4)),
        ([group("DISABLED"), own(MASKS)], FAIL, "no data protection policy", (2,)),
        ([group(None), account(MASKS, "SUBSCRIPTION_FILTER_POLICY")], FAIL, "no data protection", (2,)),
        ([group()], FAIL, "no data protection policy", (2,)),
        ([group(), own("not JSON")], UNKNOWN, "not understood", (2, 3)),
        ([group(), own("[]")], UNKNOWN, "not understood", (2, 3)),
        ([group(), own(None)], UNKNOWN, "not understood", (2, 3)),
        ([], UNKNOWN, "not there", (1,)),
    ],
)
def test_only_a_policy_that_masks_passes(known: Any, verdict: Any, said: str, evidence: Any) -> None:
    (found,) = ask(CONTROL, [LOGGING, *known], empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (verdict, evidence)
    assert said in found.because


@pytest.mark.parametrize("config", [{}, {"s3Config": {"bucketName": "b"}}])
def test_without_a_log_group_there_is_nothing_to_mask(config: Any) -> None:
    (found,) = ask(CONTROL, [logging(config)], empty=CONTROL.reads)
    assert found.verdict is NOT


def test_a_policy_that_aws_would_not_show_is_unknown_once() -> None:
    lost = replace(gap("logs.data_protection_policy", sequence=9), key=ARN)
    (found,) = ask(CONTROL, [LOGGING, group()], [lost], empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == (ARN, UNKNOWN, (9,))


def test_no_configuration_at_all_is_unknown() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is UNKNOWN
