from typing import Any

import pytest

from console.controls.catalog.log_delivery import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
GROUP = {"cloudWatchConfig": {"logGroupName": "/bedrock"}}
BUCKET = {"s3Config": {"bucketName": "logs"}}
LARGE = {
    "cloudWatchConfig": {"logGroupName": "/bedrock", "largeDataDeliveryS3Config": {"bucketName": "large"}}
}
DAYS = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def metric(name: Any, *values: Any) -> Any:
    payload = {"MetricName": name, "Values": list(values), "Timestamps": DAYS[: len(values)]}
    return fact("cloudwatch.delivery_metric", name, payload, sequence=2)


def judged(config: Any, *metrics: Any) -> Any:
    payload = {"loggingConfig": config} if config is not None else {}
    logging = fact("bedrock.invocation_logging", "logging", payload, sequence=1)
    (found,) = ask(CONTROL, [logging, *metrics], empty=CONTROL.reads)
    assert found.evidence[0] == 1
    return found.verdict, found.because


CALLS = metric("Invocations", 10.0, 5.0)
ARRIVED = metric("ModelInvocationLogsCloudWatchDeliverySuccess", 10.0, 5.0)
FAILED = metric("ModelInvocationLogsCloudWatchDeliveryFailure", 0.0, 3.0)


@pytest.mark.parametrize(
    ("config", "metrics", "verdict", "said"),
    [
        (GROUP, [CALLS, ARRIVED], PASS, "no delivery to log group /bedrock failed"),
        (GROUP, [CALLS], FAIL, "nothing was delivered to log group /bedrock"),
        (
            GROUP,
            [CALLS, ARRIVED, FAILED],
            FAIL,
            "3 deliveries to log group /bedrock failed, the last on 2026-11-02",
        ),
        (GROUP, [FAILED], FAIL, "3 deliveries"),
        (GROUP | BUCKET, [CALLS, ARRIVED], FAIL, "nothing was delivered to bucket logs"),
        (BUCKET, [CALLS, metric("ModelInvocationLogsS3DeliverySuccess", 1.0)], PASS, "bucket logs"),
        (LARGE, [CALLS, ARRIVED], PASS, "large payloads"),
        (
            LARGE,
            [CALLS, ARRIVED, metric("ModelInvocationLargeDataS3DeliveryFailure", 1.0)],
            FAIL,
            "bucket large",
        ),
        (GROUP, [], NOT, "nothing to deliver"),
        (GROUP, [metric("Invocations", 0.0)], NOT, "nothing to deliver"),
        ({}, [CALLS], NOT, "off"),
        (None, [CALLS], NOT, "off"),
        (GROUP, [metric("Invocations", "many")], UNKNOWN, "not understood"),
    ],
)
def test_what_was_called_must_have_been_delivered(config: Any, metrics: Any, verdict: Any, said: str) -> None:
    answer = judged(config, *metrics)
    assert answer[0] is verdict
    assert said in answer[1]


def test_a_failure_without_its_day_is_a_failure() -> None:
    name = "ModelInvocationLogsCloudWatchDeliveryFailure"
    dayless = fact("cloudwatch.delivery_metric", name, {"MetricName": name, "Values": [1.0]}, LONDON, 2)
    assert judged(GROUP, dayless) == (FAIL, "1 deliveries to log group /bedrock failed")


def test_no_configuration_at_all_is_unknown() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is UNKNOWN
