"""What each organisation policy is attached to."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Known, Reach, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client, known: Known) -> Iterator[Payload]:
    """Yield every attachment, with the policy's id."""
    for each in known["organizations.policy"]:
        policy = each["PolicySummary"]["Id"]
        for target in ask_all(organizations, "list_targets_for_policy", "Targets", PolicyId=policy):
            yield {"PolicyId": policy, **target}


def key(payload: Payload) -> str:
    """Name an attachment by policy and target."""
    return f"{payload['PolicyId']}/{payload['TargetId']}"


COLLECTOR = Collector(
    kind="organizations.policy_target",
    title="Attachments of organisation policies",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListTargetsForPolicy",),
    needs=("organizations.policy",),
    key=key,
    fetch=fetch,
    required=("TargetId", "Type"),
)
