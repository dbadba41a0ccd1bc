"""Where the digests of a trail lie: what an address says of its trail, day and hour."""

import re
from dataclasses import dataclass
from datetime import datetime

from console.controls.payload import arn_account, said
from console.domain.evidence import Fact

_ADDRESS = re.compile(
    r"(?P<begin>.+/CloudTrail-Digest/[^/]+/(?P<day>\d{4}/\d\d/\d\d)/[^/]+)"
    r"_(?P<end>\d{8}T\d{6})Z(?P<backfill>_backfill)?\.json\.gz",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of a digest says."""

    begin: str
    """Account, Region, day and trail: the same for all of a trail's digests of a day."""
    end: datetime
    is_backfill: bool
    """Whether it was made up for later, and so is not one of the hourly ones."""


def address_of(key: str) -> Address | None:
    """Return what a digest's address says; None for what is none, or lies in the folder of another day.

    >>> address_of("AWSLogs/1/CloudTrail-Digest/r/2026/11/22/1_CloudTrail-Digest_r_t_r_20261122T005900Z.json.gz").end
    datetime.datetime(2026, 11, 22, 0, 59, tzinfo=datetime.timezone.utc)
    """
    found = _ADDRESS.fullmatch(key)
    if found is None or not found["end"].startswith(found["day"].replace("/", "")):
        return None
    try:
        end = datetime.fromisoformat(f"{found['end']}+00:00")
    except ValueError:
        return None
    return Address(found["begin"], end, found["backfill"] is not None)


def is_of(trail: Fact, key: str) -> bool:
    """Tell whether a digest at an address would be a trail's."""
    found, region = address_of(key), trail.scope.region
    name = f"{arn_account(trail.key)}_CloudTrail-Digest_{region}_{said(trail.payload, 'Name')}_{region}"
    return found is not None and found.begin.rpartition("/")[2] == name


def may_be_any(key: str) -> bool:
    """Tell whether a gap may hide any trail's digests: it names neither a digest nor a trail."""
    return address_of(key) is None and arn_account(key) is None


def called(key: str) -> str:
    """Call a digest by the hour in which it ends."""
    found = address_of(key)
    if found is None:
        return key
    return f"{'the belated one' if found.is_backfill else 'the one'} of {found.end:%H:%M} UTC"
