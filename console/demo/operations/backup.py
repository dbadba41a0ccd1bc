"""AWS Backup: recovery points of a bucket, and the vaults that hold them."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("backup")
_RECORDS = Records(OPERATIONS, Paging(most=2))

_RECORDS.listed(
    "ListRecoveryPointsByResource",
    Lookup(held="backup.recovery_point", member="RecoveryPoints", by={"ResourceArn": "ResourceArn"}),
)
_RECORDS.shown("DescribeBackupVault", Lookup(held="backup.vault", by={"BackupVaultName": "BackupVaultName"}))
