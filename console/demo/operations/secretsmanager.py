"""AWS Secrets Manager: what is known about secrets; their values are never handed out."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("secretsmanager")

Records(OPERATIONS, Paging(most=2)).shown(
    "DescribeSecret",
    Lookup(
        held="secretsmanager.secret",
        by={"SecretId": ("ARN", "Name")},
        refusal=(400, "ResourceNotFoundException"),
    ),
)
