"""CloudTrail's public keys, with which digests of log files are verified without asking AWS."""

from datetime import UTC, date, datetime, time, timedelta

from console.collect.base import Client, Collector, Found, Reach, ask_all

_DAYS = 366
"""So far back keys are kept; digests of a year can be verified with them."""


def fetch(cloudtrail: Client, today: date) -> Found:
    """Yield every key with which digests of this Region were signed in the last year."""
    end = datetime.combine(today, time(), UTC) + timedelta(days=1)
    period = {"StartTime": end - timedelta(days=_DAYS), "EndTime": end}
    yield from ask_all(cloudtrail, "list_public_keys", "PublicKeyList", **period)


COLLECTOR = Collector(
    kind="cloudtrail.public_key",
    title="Public keys of log file digests",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:ListPublicKeys",),
    key="Fingerprint",
    fetch=fetch,
    required=("Fingerprint", "Value"),
    dated=True,
)
