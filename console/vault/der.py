"""DER (X.690) as far as certificates' signatures and time-stamps need it: read in turn, strictly, and written."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
UTC_TIME, GENERALIZED_TIME, BOOLEAN, NULL = 0x17, 0x18, 0x01, 0x05
_LONG = 0x80
_MOST_LENGTH_BYTES = 4
_HIGH_TAG = 0x1F


def context(number: int, *, is_constructed: bool = True) -> int:
    """Return the tag of a context-specific value."""
    return (0xA0 if is_constructed else 0x80) | number


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag, its content, and its whole encoding."""

    tag: int
    content: bytes
    raw: bytes

    def parts(self) -> "Parts":
        """Return the values within."""
        return Parts(tuple(read_all(self.content)))

    def expect(self, tag: int) -> "Value":
        """Return this value if it has a tag; raise `ValueError` if not."""
        if self.tag != tag:
            raise ValueError(f"a value of tag {tag:#x} was expected, not {self.tag:#x}")
        return self


class Parts:
    """The values of a sequence, taken one after another."""

    def __init__(self, values: tuple[Value, ...]) -> None:
        self._values = values
        self._at = 0

    def take(self, tag: int | None = None) -> Value:
        """Return the next value; raise `ValueError` if there is none, or it has another tag."""
        if self._at == len(self._values):
            raise ValueError("a value is missing")
        value = self._values[self._at]
        self._at += 1
        return value if tag is None else value.expect(tag)

    def maybe(self, tag: int) -> Value | None:
        """Return the next value if it has a tag, and leave it if not."""
        if self._at < len(self._values) and self._values[self._at].tag == tag:
            return self.take()
        return None


def read_one(data: bytes) -> Value:
    """Return the one value that `data` is; raise `ValueError` for anything else."""
    values = tuple(read_all(data))
    if len(values) != 1:
        raise ValueError("it is not one value")
    return values[0]


def read_all(data: bytes) -> Iterator[Value]:
    """Yield the values that `data` is made of, to its last byte; raise `ValueError` for anything else."""
    at = 0
    while at < len(data):
        if len(data) - at < 2 or data[at] & _HIGH_TAG == _HIGH_TAG:  # noqa: PLR2004 - tag and length
            raise ValueError("it is cut short, or has a tag of another form")
        size, start = data[at + 1], at + 2
        if size & _LONG:
            count = size ^ _LONG
            digits = data[start : start + count]
            size, start = int.from_bytes(digits, "big"), start + count
            if not 0 < count <= _MOST_LENGTH_BYTES or len(digits) < count or size < _LONG or digits[0] == 0:
                raise ValueError("its length is malformed")
        if start + size > len(data):
            raise ValueError("it is cut short")
        yield Value(data[at], data[start : start + size], data[at : start + size])
        at = start + size


def write(tag: int, *contents: bytes) -> bytes:
    """Return a value with its tag and length."""
    content = b"".join(contents)
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(digits))) + digits + content


def oid(dotted: str) -> bytes:
    """Return an object identifier's encoding.

    >>> oid("2.16.840.1.101.3.4.2.1").hex()
    '0609608648016503040201'
    """
    first, second, *rest = (int(each) for each in dotted.split("."))
    encoded = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | _LONG)
        encoded += bytes(reversed(groups))
    return write(OID, bytes(encoded))
