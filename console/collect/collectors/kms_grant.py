"""Who was granted the use of data-path keys beside their policies."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.keys import KEYS, ask_each_key, known_keys
from console.domain.evidence import Payload


def fetch(kms: Client, known: Known) -> Found:
    """Yield the grants of each key, with the key's ARN."""
    return ask_each_key(kms, list(known_keys(known)), _grants)


def _grants(kms: Client, arn: str) -> Payload:
    return {"KeyArn": arn, "Grants": list(ask_all(kms, "list_grants", "Grants", KeyId=arn))}


COLLECTOR = Collector(
    kind="kms.grant",
    title="Grants on data-path keys",
    service="kms",
    reach=Reach.REGION,
    actions=("kms:ListGrants",),
    key="KeyArn",
    fetch=fetch,
    required=("KeyArn", "Grants"),
    needs=(KEYS,),
)
