"""Whether the material of data-path keys is renewed year by year."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.keys import KEYS, ask_each_key, known_keys
from console.domain.evidence import Payload

_ROTATES = "SYMMETRIC_DEFAULT"
"""The one sort of key that AWS can rotate; of others it refuses to say."""


def fetch(kms: Client, known: Known) -> Found:
    """Yield the state of each symmetric key, with the key's ARN."""
    keys = [arn for arn, key in known_keys(known).items() if key.get("KeySpec", _ROTATES) == _ROTATES]
    return ask_each_key(kms, keys, _rotation)


def _rotation(kms: Client, arn: str) -> Payload:
    return {"KeyArn": arn, **ask(kms, "get_key_rotation_status", KeyId=arn)}


COLLECTOR = Collector(
    kind="kms.key_rotation",
    title="Rotation of data-path keys",
    service="kms",
    reach=Reach.REGION,
    actions=("kms:GetKeyRotationStatus",),
    key="KeyArn",
    fetch=fetch,
    required=("KeyArn", "KeyRotationEnabled"),
    needs=(KEYS,),
)
