"""Keeping out of the store what people wrote for a model, and what may be a secret.

Governance needs to know that a prompt is there and whether it is still the same, never what it says. So a text gives
way to its hash, in its place. What may be a secret gives way to a word, because a hash of few possible values tells
them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from console.base.canonical import canonical, sha256_hex
from console.domain.evidence import Payload

WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """What of an answer is not kept, by members' names, at any depth."""

    texts: Collection[str] = ()
    """Members whose text is hashed; a structure of the same name is looked into."""
    wholes: Collection[str] = ()
    """Members that are hashed with all that they hold."""
    secrets: Collection[str] = ()
    """Maps of which only the keys are kept."""
    dropped: Collection[str] = ()
    """Members that are left out."""


def without(payload: Mapping[str, Any], private: Private) -> Payload:
    """Return what may be kept of an answer.

    >>> without({"instruction": "Help.", "name": "a"}, Private(texts=["instruction"]))["name"]
    'a'
    """
    return {
        name: _kept(name, value, private) for name, value in payload.items() if name not in private.dropped
    }


def _kept(name: str, value: object, private: Private) -> object:
    if name in private.wholes:
        return _digest(canonical(value))
    if name in private.texts and isinstance(value, str):
        return _digest(value.encode())
    if name in private.secrets and isinstance(value, Mapping):
        return dict.fromkeys(value, WITHHELD)
    if isinstance(value, Mapping):
        return without(value, private)
    if isinstance(value, list):
        return [_kept(name, each, private) for each in value]
    return value


def _digest(body: bytes) -> str:
    return f"sha256:{sha256_hex(body)}"
