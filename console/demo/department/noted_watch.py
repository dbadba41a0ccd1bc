"""What is wrong with logs and trails, and with what watches."""

import json
from collections.abc import Iterator

from console.demo.bedrock_events import APPLICATION, goes_abroad, goes_round, uses_tokens
from console.demo.deliveries import is_failing
from console.demo.department.plan import LONDON
from console.demo.department.seen import Fault, Seen
from console.demo.messages import Payload

_LEAST_DAYS = 365
_ALARMS = (("BR-ALM-001", "InvocationsIntervened"), ("BR-ALM-002", "InvocationThrottles"))
_CALLS = (
    ("BR-RES-010", goes_abroad, "Its calls run abroad"),
    ("BR-KEY-005", uses_tokens, "Some of its calls carry a bearer token"),
    ("BR-NET-004", goes_round, "Some of its calls go round the endpoint"),
)


def watch_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with an account's logs and trails, and with whatever watches over calls of models."""
    here = f"{seen.member.id}/{LONDON}"
    config = seen.home.logging.get("loggingConfig", {})
    if seen.uses_models and "cloudWatchConfig" in config and is_failing(seen.number):
        yield Fault("BR-LOG-004", here, "No delivery arrives", LONDON)
    for group in seen.log_groups(seen.home):
        for control, why in _groups(group, config):
            yield Fault(control, group["arn"], why, LONDON)
    yield from _trails(seen)
    if not _records(seen):
        yield Fault("BR-CFG-001", here, "AWS Config stands still, or cannot deliver", LONDON)
    if seen.uses_models:
        yield from _of_calls(seen, here)


def _groups(group: Payload, config: Payload) -> Iterator[tuple[str, str]]:
    if group.get("retentionInDays", 0) < _LEAST_DAYS:
        yield "BR-LOG-005", "It keeps what it holds for a month, or for ever"
    if "kmsKeyId" not in group:
        yield "BR-LOG-006", "It is encrypted under a key of AWS's"
    if not group["deletionProtectionEnabled"]:
        yield "BR-LOG-007", "It can be deleted"
    is_of_invocations = config.get("cloudWatchConfig", {}).get("logGroupName") == group["logGroupName"]
    if is_of_invocations and "dataProtectionStatus" not in group:
        yield "BR-LOG-008", "Nothing is masked in it"


def _trails(seen: Seen) -> Iterator[Fault]:
    trails = seen.home.trails
    if not any(each["status"]["IsLogging"] and "KnowledgeBase" in json.dumps(each) for each in trails):
        yield Fault("BR-TRL-004", seen.member.id, "No trail of it records data events")
    for each in trails:
        if "KmsKeyId" not in each["trail"]:
            yield Fault("BR-TRL-005", each["trail"]["TrailARN"], "It has no key", LONDON)
    for store in seen.home.held["cloudtrail.event_data_store"]:
        if not store["TerminationProtectionEnabled"]:
            yield Fault("BR-TRL-006", store["EventDataStoreArn"], "It can be deleted", LONDON)


def _records(seen: Seen) -> bool:
    held = seen.home.held
    (status,), (channel,) = held["config.recorder_status"], held["config.delivery_channel_status"]
    is_delivering = channel["configHistoryDeliveryInfo"]["lastStatus"] == "Success"
    return bool(status["recording"]) and is_delivering


def _of_calls(seen: Seen, here: str) -> Iterator[Fault]:
    held = seen.home.held
    acting = json.dumps(
        [
            each
            for kind in ("cloudwatch.metric_alarm", "cloudwatch.composite_alarm")
            for each in held[kind]
            if each["ActionsEnabled"] and each["AlarmActions"]
        ]
    )
    for control, metric in _ALARMS:
        if metric not in acting:
            yield Fault(control, here, "Its alarm tells nobody", LONDON)
    if not any(
        "ai-security" in each["StandardsArn"] for each in held.get("securityhub.enabled_standard", ())
    ):
        yield Fault("BR-SHB-001", here, "The standard for AI is not on", LONDON)
    detectors = held.get("guardduty.detector", ())
    if not any({"Name": "AI_PROTECTION", "Status": "ENABLED"} in each["Features"] for each in detectors):
        yield Fault("BR-GDT-001", here, "Nobody watches over AI", LONDON)
    caller = f"arn:aws:iam::{seen.member.id}:role/{APPLICATION}"
    for control, is_so, why in _CALLS:
        if is_so(seen.number):
            yield Fault(control, caller, why, LONDON)
