"""What is wrong with logs, and with what watches."""

from collections.abc import Iterator

from console.demo.department.plan import LONDON
from console.demo.department.seen import Fault, Seen
from console.demo.messages import Payload
from console.demo.operations.cloudwatch import is_failing

_LEAST_DAYS = 365


def watch_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with an account's logs."""
    config = seen.home.logging.get("loggingConfig", {})
    if seen.uses_models and "cloudWatchConfig" in config and is_failing(seen.number):
        yield Fault("BR-LOG-004", f"{seen.member.id}/{LONDON}", "No delivery arrives", LONDON)
    for group in seen.home.held.get("logs.log_group", ()):
        for control, why in _groups(group, config):
            yield Fault(control, group["arn"], why, LONDON)


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
