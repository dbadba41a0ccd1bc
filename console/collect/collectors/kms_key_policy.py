"""Who may use the keys of the data path."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.keys import KEYS, ask_each_key, known_keys
from console.domain.evidence import Payload


def fetch(kms: Client, known: Known) -> Found:
    """Yield each key's one policy, with the key's ARN."""
    return ask_each_key(kms, list(known_keys(known)), _policy)


def _policy(kms: Client, arn: str) -> Payload:
    return {"KeyArn": arn, **ask(kms, "get_key_policy", KeyId=arn)}


COLLECTOR = Collector(
    kind="kms.key_policy",
    title="Policies of data-path keys",
    service="kms",
    reach=Reach.REGION,
    actions=("kms:GetKeyPolicy",),
    key="KeyArn",
    fetch=fetch,
    required=("KeyArn", "Policy"),
    needs=(KEYS,),
)
