"""Asking about the buckets of the data path: each where it lies."""

from collections.abc import Collection, Mapping

from console.collect.base import Client, Found, Known, client_in
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

LOCATIONS = "s3.bucket_location"
"""The kind that says which buckets there are, and in which Region."""
_OF_OLD: Mapping[str | None, str] = {None: "us-east-1", "": "us-east-1", "EU": "eu-west-1"}
"""Locations that S3 does not call by their Region's code."""


def ask_each_bucket(s3: Client, known: Known, operation: str, absent: Collection[str] = ()) -> Found:
    """Yield what AWS says of each bucket that is there, with its name; nothing where its error says there is none."""
    regions = {
        location["Bucket"]: _OF_OLD.get(location["LocationConstraint"], location["LocationConstraint"])
        for location in known[LOCATIONS]
        if "LocationConstraint" in location
    }

    def read(bucket: str) -> Payload | None:
        client = client_in(s3, regions[bucket])
        answer = ask_unless(client, operation, absent, Bucket=bucket)
        return None if answer is None else {"Bucket": bucket, **answer}

    return each(regions, read)
