"""Counts about an account's IAM, among them whether the root user has MFA and access keys."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask
from console.domain.evidence import Payload


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield the summary."""
    yield ask(iam, "get_account_summary").get("SummaryMap", {})


COLLECTOR = Collector(
    kind="iam.account_summary",
    title="IAM account summary (MFA and access keys of the root user)",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountSummary",),
    key=lambda _: "account-summary",
    fetch=fetch,
    required=("AccountMFAEnabled", "AccountAccessKeysPresent"),
)
