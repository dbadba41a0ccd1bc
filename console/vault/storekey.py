"""The key of an evidence store."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The 256 random bits that open a store; kept out of `repr`."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError(f"a store's key has {KEY_BYTES} bytes, not {len(self.raw)}")

    @classmethod
    def generate(cls, random: Callable[[int], bytes] = os.urandom) -> "StoreKey":
        """Make a new key."""
        return cls(random(KEY_BYTES))

    @classmethod
    def from_hex(cls, text: str) -> "StoreKey":
        """Read what `hex` wrote; raise `ValueError` if it is not a key."""
        return cls(bytes.fromhex(text))

    def hex(self) -> str:
        """Return the key in hexadecimal, for the cipher and for a child's standard input; never to be shown."""
        return self.raw.hex()
