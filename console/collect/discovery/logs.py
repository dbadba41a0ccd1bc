"""Invocation logs of a period: objects of S3 by day, streams of CloudWatch Logs whole."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.objects import find_objects
from console.collect.many import listed
from console.deletion.plan import EMPTY, Check
from console.deletion.target import Target
from console.domain.scope import Scope


def find_invocation_logs(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of what was logged in a period, wherever logging puts it."""
    scope = Scope(target.account_id, target.region)
    subject = f"invocation logs of {scope}"
    found = inquiry.see(scope, subject, "bedrock:GetModelInvocationLoggingConfiguration")
    if found is None:
        return
    logging = found.get("loggingConfig", {})
    first, last = (date.fromisoformat(target.detail[name]) for name in ("from", "until"))
    stores = [logging.get("s3Config"), logging.get("cloudWatchConfig", {}).get("largeDataDeliveryS3Config")]
    for store in stores:
        if store:
            _days(inquiry, scope, store, first, last)
    group = logging.get("cloudWatchConfig", {}).get("logGroupName", "")
    if group:
        _streams(inquiry, scope, group, first, last)
    reason = "Logs that went to other places before the present set-up are not seen from here"
    inquiry.sketch.stays(subject, "Copies made under an earlier set-up, if there were any", reason)
    inquiry.keeps_trail(subject)


def find_log_group(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of what a log group holds of a period: streams, each whole."""
    scope, group = Scope(target.account_id, target.region), target.name
    first, last = (date.fromisoformat(target.detail[name]) for name in ("from", "until"))
    _streams(inquiry, scope, group, first, last)
    inquiry.keeps_trail(f"log group {group} in {scope}")


def _days(inquiry: Inquiry, scope: Scope, store: Mapping[str, str], first: date, last: date) -> None:
    before = store.get("keyPrefix", "").strip("/")
    head = f"{before}/" if before else ""
    root = f"{head}AWSLogs/{scope.account_id}/BedrockModelInvocationLogs/{scope.region}"
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        uri = f"s3://{store['bucketName']}/{root}/{day:%Y/%m/%d}/"
        find_objects(inquiry, scope, uri, f"invocation logs of {day.isoformat()}")


def _streams(inquiry: Inquiry, scope: Scope, group: str, first: date, last: date) -> None:
    subject = f"log group {group} in {scope}"
    groups = inquiry.all_of(scope, subject, "logs:DescribeLogGroups", "logGroups", logGroupNamePrefix=group)
    own = next((each for each in groups if each["logGroupName"] == group), None)
    if own is None:
        return
    if own.get("deletionProtectionEnabled"):
        words = f"The log group {group} is protected against deletion; take the protection off first"
        inquiry.sketch.block("deletion-protection", subject, words)
    _copies(inquiry, scope, group, subject)
    start, end = _milliseconds(first), _milliseconds(last + timedelta(days=1))
    streams = inquiry.all_of(scope, subject, "logs:DescribeLogStreams", "logStreams", logGroupName=group)
    kept = own.get("retentionInDays")
    for stream in streams:
        _stream(inquiry, scope, group, stream, (start, end), kept)


def _stream(
    inquiry: Inquiry,
    scope: Scope,
    group: str,
    stream: Mapping[str, Any],
    period: tuple[int, int],
    kept: int | None,
) -> None:
    name = stream["logStreamName"]
    from_, until = stream.get("firstEventTimestamp"), stream.get("lastEventTimestamp")
    if from_ is None or until is None or until < period[0] or from_ >= period[1]:
        return
    subject = f"log stream {name} of {group} in {scope}"
    if from_ < period[0] or until >= period[1]:
        words = "CloudWatch deletes a stream only whole, and this one holds records of another time too"
        end = f"{kept} days after each record was written" if kept else "never: the group keeps for ever"
        if inquiry.sketch.block("other-period", subject, f"{words}; its group deletes {end}"):
            return
    wanted = {"logGroupName": group, "logStreamNamePrefix": name}
    inquiry.sketch.step(
        scope,
        "logs:DeleteLogStream",
        {"logGroupName": group, "logStreamName": name},
        subject=subject,
        words="Delete the log stream",
        check=Check(operation="logs:DescribeLogStreams", parameters=wanted, expects=EMPTY),
        state_sha256=listed(inquiry.looker, scope, "logs:DescribeLogStreams", "logStreams", wanted).sha256,
    )


def _copies(inquiry: Inquiry, scope: Scope, group: str, subject: str) -> None:
    """Note where subscriptions and exports have carried records."""
    filters = inquiry.all_of(
        scope, subject, "logs:DescribeSubscriptionFilters", "subscriptionFilters", logGroupName=group
    )
    for each in filters:
        words = f"Records were sent to {each['destinationArn']} as they came"
        inquiry.sketch.stays(subject, words, "What the receiver keeps is not seen from here")
    tasks = inquiry.all_of(scope, subject, "logs:DescribeExportTasks", "exportTasks")
    for each in tasks:
        if each.get("logGroupName") == group:
            words = f"An export went to {each.get('destination', 'a bucket')}"
            inquiry.sketch.stays(subject, words, "Exports are asked for as a request of their own")


def _milliseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
