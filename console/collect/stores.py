"""The vector stores and secrets that knowledge bases name: what there is to ask about, and where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from console.collect.base import Client, Missed, NotShownError
from console.domain.evidence import Payload

KNOWLEDGE_BASE = "bedrock-agent.knowledge_base"
DATA_SOURCE = "bedrock-agent.data_source"
_INDEX = "/index/"
_REGION = 3
"""Which part of an ARN names the Region."""


def named(payloads: Iterable[Payload], *members: str) -> list[str]:
    """Return what stands under some members, at any depth, each once and in order."""
    return sorted({each for payload in payloads for each in _named(payload, members)})


def _named(value: Any, members: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401 - an answer of AWS's
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name in members and isinstance(each, str):
                yield each
            else:
                yield from _named(each, members)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each, members)


def here(client: Client, arns: Iterable[str]) -> tuple[list[str], list[Missed]]:
    """Return the ARNs of the client's Region, and that those of other Regions are not looked at."""
    region = str(client.meta.region_name)
    near: list[str] = []
    far: list[Missed] = []
    for arn in arns:
        where = (arn.split(":") + [""] * _REGION)[_REGION]
        if where == region:
            near.append(arn)
        else:
            far.append(Missed(arn, NotShownError(f"it is not in {region}, where a knowledge base names it")))
    return near, far


def last_part(arn: str) -> str:
    """Return what an ARN says after its last slash.

    >>> last_part("arn:aws:aoss:eu-west-2:111122223333:collection/abc")
    'abc'
    """
    return arn.rpartition("/")[2]


def vector_buckets(bases: Iterable[Payload]) -> list[str]:
    """Return the ARNs of the S3 vector buckets that knowledge bases name, themselves or by an index."""
    return sorted({index.partition(_INDEX)[0] for index in _s3_vectors(bases)})


def vector_indexes(bases: Iterable[Payload]) -> list[str]:
    """Return the ARNs of the S3 vector indexes that knowledge bases name."""
    return sorted({name for name in _s3_vectors(bases) if _INDEX in name})


def _s3_vectors(bases: Iterable[Payload]) -> Iterator[str]:
    for base in bases:
        store = base.get("storageConfiguration", {}).get("s3VectorsConfiguration", {})
        bucket, index = store.get("vectorBucketArn"), store.get("indexName")
        if store.get("indexArn"):
            yield store["indexArn"]
        elif bucket:
            yield f"{bucket}{_INDEX}{index}" if index else bucket
