"""Which logs there are to read: where each account's invocation logging says that it writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.collect.invocation_logs import prefix_of
from console.domain.evidence import Snapshot
from console.domain.usage import LogSource, SourceKind

LOGGING_KIND = "bedrock.invocation_logging"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPlace:
    """Where one account's calls in one Region are logged; either part may be absent, not both."""

    account_id: str
    region: str
    bucket: str = ""
    prefix: str = ""
    group: str = ""

    @property
    def in_bucket(self) -> LogSource:
        """The log in the bucket."""
        return self._source(SourceKind.S3, f"{self.bucket}/{self.prefix}")

    @property
    def in_group(self) -> LogSource:
        """The log in the log group."""
        return self._source(SourceKind.LOGS, self.group)

    def _source(self, kind: SourceKind, name: str) -> LogSource:
        return LogSource(kind=kind, account_id=self.account_id, region=self.region, name=name)


def log_places(snapshot: Snapshot) -> list[LogPlace]:
    """Return every place to which a configuration writes, by account and Region."""
    found = []
    for fact in snapshot.facts(LOGGING_KIND):
        config = _part(fact.payload, "loggingConfig")
        bucket, group = _part(config, "s3Config"), _part(config, "cloudWatchConfig")
        place = LogPlace(
            account_id=fact.scope.account_id,
            region=fact.scope.region,
            bucket=str(bucket.get("bucketName", "")),
            prefix=prefix_of(fact.scope.account_id, fact.scope.region, str(bucket.get("keyPrefix", ""))),
            group=str(group.get("logGroupName", "")),
        )
        if place.bucket or place.group:
            found.append(place)
    return sorted(found, key=lambda place: (place.account_id, place.region))


def _part(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}
