"""The lines of a log object, each with where it begins; damage ends or skips them and is said, never swallowed."""

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from console.usage.outcomes import Damage

LONGEST_LINE = 8 * 2**20
"""Bytes. Bedrock puts bodies above 100 KB into objects of their own, so a longer line is none of its records."""
LARGEST_OBJECT = 4 * 2**30
"""Bytes, unpacked."""
_PIECE = 2**20
_FED = 2**14
_GZIP = b"\x1f\x8b"


class Line(NamedTuple):
    """One line, or why it is not there."""

    offset: int
    """Where it begins in the unpacked object, in bytes."""
    content: bytes
    damage: Damage | None = None


def lines_of(content: bytes) -> Iterator[Line]:
    """Yield the lines of an object, gzip or plain; no more than one line is held at a time."""
    pieces = _unpacked(content) if content[:2] == _GZIP else iter([content])
    yield from _split(pieces)


class _BrokenGzipError(Exception):
    """The packed content ends early, or is none."""


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield an object's content, also where it was packed in several parts; raise where it breaks off.

    It is handed on in small pieces, because zlib copies what it has not taken: in one piece, an object of very many
    tiny parts would take time that grows with the square of its length.
    """
    unpacker = None
    for at in range(0, len(content), _FED):
        fed = content[at : at + _FED]
        while fed or (unpacker is not None and not unpacker.eof):
            unpacker = zlib.decompressobj(wbits=31) if unpacker is None or unpacker.eof else unpacker
            try:
                piece = unpacker.decompress(fed, _PIECE)
            except zlib.error:
                raise _BrokenGzipError from None
            if piece:
                yield piece
            fed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            if not piece and not fed:
                break
    if unpacker is not None and not unpacker.eof:
        raise _BrokenGzipError


def _split(pieces: Iterable[bytes]) -> Iterator[Line]:
    split = _Splitter()
    try:
        for piece in pieces:
            if split.offset + len(piece) > LARGEST_OBJECT:
                yield Line(split.begun, b"", Damage.TOO_LARGE)
                return
            yield from split.feed(piece)
    except _BrokenGzipError:
        yield Line(split.begun, b"", Damage.BROKEN_GZIP)
        return
    yield from split.end(b"")


class _Splitter:
    """Finds the ends of lines in pieces that are cut anywhere."""

    def __init__(self) -> None:
        self.offset = 0
        """How much was fed."""
        self.begun = 0
        """Where the line under way begins."""
        self._held = bytearray()
        self._skips = False
        """Whether the line under way is too long and its rest is passed over."""

    def feed(self, piece: bytes) -> Iterator[Line]:
        """Yield the lines that end in a piece, and a line that is too long as soon as it is."""
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            yield from self.end(piece[start:end])
            start = end + 1
            self.begun = self.offset + start
        if not self._skips:
            self._held += piece[start:]
        if len(self._held) > LONGEST_LINE:
            yield Line(self.begun, b"", Damage.TOO_LONG)
            self._held.clear()
            self._skips = True
        self.offset += len(piece)

    def end(self, rest: bytes) -> Iterator[Line]:
        """Yield the line under way, which ends with `rest`, unless it is blank or was passed over."""
        line = bytes(self._held) + rest if self._held else rest
        self._held.clear()
        if self._skips:
            self._skips = False
        elif len(line) > LONGEST_LINE:
            yield Line(self.begun, b"", Damage.TOO_LONG)
        elif line and not line.isspace():
            yield Line(self.begun, line)
