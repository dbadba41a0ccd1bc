"""What is beside a bucket's objects: copies that AWS Backup keeps, access points, and archive storage."""

from collections.abc import Iterable

from console.collect.discovery.inquiry import Inquiry
from console.domain.scope import Scope

_ARCHIVES = {
    "STANDARD_IA": 30,
    "ONEZONE_IA": 30,
    "GLACIER_IR": 90,
    "GLACIER": 90,
    "DEEP_ARCHIVE": 180,
}
"""Storage classes that are charged for a number of days at least, however soon an object is deleted."""


def check_beside(inquiry: Inquiry, scope: Scope, bucket: str) -> None:
    """Note recovery points of a bucket, which stay, and access points, by which it is reached; once for each bucket."""
    visited = f"beside {bucket}"
    if visited in inquiry.sketch.visited:
        return
    inquiry.sketch.visited.add(visited)
    _backups(inquiry, scope, bucket)
    _access_points(inquiry, scope, bucket)


def _backups(inquiry: Inquiry, scope: Scope, bucket: str) -> None:
    whole = f"s3://{bucket}"
    points = inquiry.all_of(
        scope,
        f"backups of {whole}",
        "backup:ListRecoveryPointsByResource",
        "RecoveryPoints",
        ResourceArn=f"arn:aws:s3:::{bucket}",
    )
    for name in sorted({each["BackupVaultName"] for each in points}):
        subject = f"{whole} in backup vault {name}"
        vault = inquiry.see(scope, subject, "backup:DescribeBackupVault", BackupVaultName=name)
        if vault is None:
            continue
        words = f"AWS Backup keeps copies of {bucket} in the vault {name}, which this console does not delete"
        if vault.get("Locked"):
            least = vault.get("MinRetentionDays")
            words += "; the vault is locked: nobody can delete a copy before its time"
            words += f", which is {least} days at least" if least else ""
        inquiry.sketch.block("backup", subject, words)


def _access_points(inquiry: Inquiry, scope: Scope, bucket: str) -> None:
    found = inquiry.all_of(
        scope,
        f"access points of s3://{bucket}",
        "s3control:ListAccessPoints",
        "AccessPointList",
        AccountId=scope.account_id,
        Bucket=bucket,
    )
    for each in found:
        inquiry.sketch.stays(
            each.get("AccessPointArn", each["Name"]),
            f"The access point {each['Name']}, by which {bucket} is reached",
            "It holds no objects itself; whoever it lets in can read what is not deleted, and put new objects there",
            "as its owner decides",
        )


def say_archived(inquiry: Inquiry, uri: str, classes: Iterable[str]) -> None:
    """Say what archive storage still costs: deleting needs no restore there, and a least time is charged."""
    held = list(classes)
    for name, days in _ARCHIVES.items():
        if count := held.count(name):
            inquiry.sketch.stays(
                uri,
                f"The charge for {count:,} versions in {name} storage",
                f"AWS charges {days} days at least for each; they are deleted without being restored first",
                f"{days} days after each was put there",
            )
