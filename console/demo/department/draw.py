"""Drawing lots that come out the same everywhere: by hashing what is drawn for, not by a generator's state."""

import hashlib
import json
from collections.abc import Sequence
from typing import TypeVar

Entry = TypeVar("Entry")
_LOWER = "abcdefghijklmnopqrstuvwxyz0123456789"
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_HEX = "0123456789abcdef"


class Draw:
    """Lots of one seed; what is drawn depends on the words it is drawn for, not on the order of drawing."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def below(self, bound: int, *words: object) -> int:
        """Return a whole number from 0 to below `bound`."""
        return int.from_bytes(self._bytes(words)[:8], "big") % bound

    def one_of(self, entries: Sequence[Entry], *words: object) -> Entry:
        """Return one of the entries."""
        return entries[self.below(len(entries), *words)]

    def some_of(self, entries: Sequence[Entry], count: int, *words: object) -> list[Entry]:
        """Return `count` of the entries, in an order of its own."""
        order = sorted(range(len(entries)), key=lambda index: self._bytes((*words, index)))
        return [entries[index] for index in order[:count]]

    def lower(self, length: int, *words: object) -> str:
        """Return lower-case letters and digits, as many ids of AWS are made of."""
        return self._text(_LOWER, length, words)

    def upper(self, length: int, *words: object) -> str:
        """Return capitals and digits, as ids of IAM are made of."""
        return self._text(_UPPER, length, words)

    def hexadecimal(self, length: int, *words: object) -> str:
        """Return hexadecimal digits, as ids of EC2 are made of."""
        return self._text(_HEX, length, words)

    def digits(self, *words: object) -> str:
        """Return an account's twelve digits, of which the first is not 0."""
        return str(100_000_000_000 + self.below(900_000_000_000, *words))

    def day(self, *words: object) -> str:
        """Return a moment in 2024 or 2025, in RFC 3339."""
        year, month, day = (
            2024 + self.below(2, "year", *words),
            1 + self.below(12, "month", *words),
            1 + self.below(28, "day", *words),
        )
        hour, minute = 8 + self.below(9, "hour", *words), self.below(60, "minute", *words)
        return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"

    def _bytes(self, words: Sequence[object]) -> bytes:
        return hashlib.sha256(json.dumps([self._seed, *map(str, words)]).encode()).digest()

    def _text(self, alphabet: str, length: int, words: Sequence[object]) -> str:
        drawn = self._bytes(words)
        while len(drawn) < length:
            drawn += hashlib.sha256(drawn).digest()
        return "".join(alphabet[byte % len(alphabet)] for byte in drawn[:length])
