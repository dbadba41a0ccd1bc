"""Asking about things one by one, so that one that AWS would not show does not hide the others."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from botocore.exceptions import ClientError

from console.collect.base import Client, Found, Missed, ask
from console.collect.errors import FAILURES, reason_of
from console.domain.evidence import GapReason, Payload

_OF_ONE_THING = frozenset({GapReason.DENIED, GapReason.FAILED})
"""Refusals that may concern one thing alone; throttling or an expired sign-in concerns them all."""


def each(keys: Iterable[str], read: Callable[[str], Payload | None]) -> Found:
    """Yield what `read` returns for each key, in a stable order and once; None is nothing to tell.

    One that AWS refuses is yielded as `Missed`. A failure that is not of one thing alone ends the step.
    """

    def only(key: str) -> Found:
        payload = read(key)
        if payload is not None:
            yield payload

    return each_of(keys, only)


def each_of(keys: Iterable[str], read: Callable[[str], Found]) -> Found:
    """Yield all that `read` yields for each key, in a stable order and once.

    Where AWS refuses to go on, the key is yielded as `Missed`: what came of it before is true, but not all of it.
    """
    for key in dict.fromkeys(keys):
        try:
            yield from read(key)
        except FAILURES as error:
            if reason_of(error) not in _OF_ONE_THING:
                raise
            yield Missed(key, error)


def ask_unless(
    client: Client, operation: str, absent: Collection[str], **parameters: object
) -> dict[str, Any] | None:
    """Return AWS's answer to one call that reads; None where its error says that there is no such thing.

    For what AWS tells by an error code alone, such as `NoSuchBucketPolicy`.
    """
    try:
        return ask(client, operation, **parameters)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in absent:
            return None
        raise
