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


def account_of(trail: Fact, key: str) -> str | None:
    """Return of which account a trail's digest at an address is, or those whose addresses begin so; None for others.

    An organisation's trail writes digests for each of its accounts, any other for its owner alone.
    """
    found, region = address_of(key), trail.scope.region
    name = (found.begin if found else key.removesuffix("_")).rpartition("/")[2]
    account, _, rest = name.partition("_CloudTrail-Digest_")
    if rest != f"{region}_{said(trail.payload, 'Name')}_{region}":
        return None
    is_any = trail.payload.get("IsOrganizationTrail") is True
    return account if is_any or account == arn_account(trail.key) else None


def may_be_any(key: str) -> bool:
    """Tell whether a gap may hide any trail's digests: it names neither a digest, nor a day of them, nor a trail."""
    return address_of(key) is None and arn_account(key) is None and "_CloudTrail-Digest_" not in key


def called(key: str) -> str:
    """Call a digest by the hour in which it ends, and a whole day of them by its account."""
    found = address_of(key)
    if found is None:
        account, mark, _ = key.rpartition("/")[2].partition("_CloudTrail-Digest_")
        return f"the list of those of account {account}" if mark else key
    return f"{'the belated one' if found.is_backfill else 'the one'} of {found.end:%H:%M} UTC"
