"""Facts of models being called in London: what CloudWatch counted and what CloudTrail recorded."""

from typing import Any

from fakes import LONDON, fact

METRIC = "cloudwatch.delivery_metric"
USED = fact(METRIC, "Invocations", {"MetricName": "Invocations", "Values": [3.0]}, LONDON, 4)
QUIET = fact(METRIC, "Invocations", {"MetricName": "Invocations", "Values": [0.0]}, LONDON, 4)
ROLE = "arn:aws:iam::111122223333:role/app"


def event(number: int, name: Any = "Converse", who: Any = ROLE, **record: Any) -> Any:
    """Make an event as it is kept."""
    kept = {
        "awsRegion": "eu-west-2",
        "vpcEndpointId": "vpce-1",
        "sourceIPAddress": "private",
        "userIdentity": {
            "arn": "arn:aws:sts::1:assumed-role/app/s",
            "sessionIssuer": {"arn": who} if who else {},
        },
        "additionalEventData": {},
    }
    payload = {"EventId": f"e{number}", "EventName": name, "CloudTrailEvent": kept | record}
    return fact("cloudtrail.bedrock_event", f"e{number}", payload, LONDON, number)
