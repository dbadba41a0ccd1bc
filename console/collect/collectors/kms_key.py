"""The keys under which data of the path is encrypted: state, owner, manager and copies in other Regions."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.data_paths import NAMES_KEYS, key_names, named_in
from console.collect.keys import ask_each_key
from console.domain.evidence import Payload


def fetch(kms: Client, known: Known) -> Found:
    """Yield each key that something names, by ARN, id or alias."""
    return ask_each_key(kms, named_in(known, NAMES_KEYS, key_names), _describe)


def _describe(kms: Client, name: str) -> Payload:
    key: Payload = ask(kms, "describe_key", KeyId=name)["KeyMetadata"]
    return key


COLLECTOR = Collector(
    kind="kms.key",
    title="Keys of the data path",
    service="kms",
    reach=Reach.REGION,
    actions=("kms:DescribeKey",),
    key="Arn",
    fetch=fetch,
    required=("Arn", "AWSAccountId", "KeyState", "KeyManager", "MultiRegion"),
    needs=NAMES_KEYS,
)
