"""The context of a request: each key is known, absent, or unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class Missing(Enum):
    """What stands in place of values."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


ABSENT, UNKNOWN = Missing.ABSENT, Missing.UNKNOWN


@dataclass(frozen=True, slots=True)
class Value:
    """A known key's value."""

    texts: tuple[str, ...]
    multivalued: bool


@dataclass(frozen=True, slots=True)
class Context:
    """Keys ignore case; a key that is neither known nor named unknown is absent, unless the rest is unknown."""

    known: Mapping[str, Value] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    rest_unknown: bool = False
    absent: frozenset[str] = frozenset()
    """Keys that are absent even where the rest is unknown."""
    unknown_prefix: str = ""
    """Every key that starts so, in lower case, is unknown; empty for none."""

    @classmethod
    def of(
        cls,
        values: Mapping[str, object],
        *,
        unknown: Iterable[str] = (),
        absent: Iterable[str] = (),
        rest_unknown: bool = False,
    ) -> "Context":
        """Make a context from JSON values: a list is a multivalued key, also with one element; without any, absent."""
        known = {
            key.lower(): Value(tuple(map(_text, value)), multivalued=True)
            if isinstance(value, list | tuple)
            else Value((_text(value),), multivalued=False)
            for key, value in values.items()
        }
        empty = [key for key, value in known.items() if not value.texts]
        for key in empty:
            del known[key]
        names = frozenset(each.lower() for each in unknown)
        return cls(known, names, rest_unknown, frozenset((*empty, *(each.lower() for each in absent))))

    def with_value(self, key: str, value: str) -> "Context":
        """Return a context in which a key has a value besides."""
        return replace(self, known={**self.known, key.lower(): Value((value,), multivalued=False)})

    def look_up(self, key: str) -> Value | Missing:
        """Return the key's value, or what stands in its place."""
        name = key.lower()
        value = self.known.get(name)
        if value is not None:
            return value
        if name in self.unknown or (self.rest_unknown and name not in self.absent):
            return UNKNOWN
        if self.unknown_prefix and name.startswith(self.unknown_prefix):
            return UNKNOWN
        return ABSENT


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
