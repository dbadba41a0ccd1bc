"""The one form of zip that a pack has: nothing compressed, one date, sorted names, no comments, no extras.

Equal files give equal bytes on every machine, because no compressor has a say. And nothing can hide in it: the
reader accepts only what the writer would have written, so there are no compressed bombs, overlapping entries, names
that leave the folder, second directories or bytes between the files.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDS = 20
_MADE_BY = (3 << 8) | _NEEDS
"""Unix, so that the mode below is read."""
_DATE = (1 << 5) | 1
"""1 January 1980, the format's first day."""
_MODE = 0o100644 << 16
_MARK_BYTES = 4

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{digit}" for port in ("COM", "LPT") for digit in range(10)))
)
_NAME_BYTES = 200
MAX_FILES = 60_000
"""A plain zip counts to 65,535."""
MAX_BYTES = 2**31 - 1
"""Beyond it a zip needs extensions that not every tool reads."""
_CHUNK = 1 << 20


class BadZipError(ValueError):
    """The file is not a zip in this form; says where it departs from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a zip that was walked."""

    offset: int
    """Of its content."""
    size: int
    crc: int
    sha256: str


def zip_size(files: Mapping[str, bytes]) -> int:
    """Return how long the zip of `files` is."""
    heads = sum(_LOCAL.size + _CENTRAL.size + 2 * len(name) for name in files)
    return heads + sum(len(content) for content in files.values()) + _END.size


def write_zip(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the bytes of the zip of `files`."""
    entries: dict[str, Entry] = {}
    at = 0
    for name in sorted(files):
        if not is_safe_name(name):
            raise ValueError(f"{name!r} is no name for a file of a pack")
        content = files[name]
        entry = Entry(
            offset=at + _LOCAL.size + len(name), size=len(content), crc=zlib.crc32(content), sha256=""
        )
        yield _local(name, entry)
        yield content
        at = entry.offset + entry.size
        entries[name] = entry
    yield _directory(entries, at)


def is_safe_name(name: str) -> bool:
    """Tell whether a name stays in the folder it is unpacked to, on every platform."""
    return (
        len(name) <= _NAME_BYTES
        and _NAME.fullmatch(name) is not None
        and all(is_safe_part(part) for part in name.split("/"))
    )


def is_safe_part(part: str) -> bool:
    """Tell whether Windows takes a file's or folder's name for what it is, and not for a device."""
    return not part.endswith(".") and part.partition(".")[0].upper() not in _DEVICES


def walk_zip(stream: BinaryIO, size: int) -> dict[str, Entry]:
    """Return the files of a zip by name; raise `BadZipError` if it is not byte for byte what `write_zip` writes."""
    if size > MAX_BYTES:
        raise BadZipError(f"it is larger than {MAX_BYTES:,} bytes")
    found: dict[str, Entry] = {}
    folded: set[str] = set()
    folders: set[str] = set()
    at = 0
    while (head := stream.read(_LOCAL.size))[:_MARK_BYTES] == _LOCAL_MARK:
        name, entry = _walk_entry(stream, head, at, size)
        if name.lower() in folded:
            raise BadZipError(f"{name} is there twice")
        above = set(_folders(name.lower()))
        folders |= above
        if name.lower() in folders or above & folded:
            raise BadZipError(f"{name} is a file and a folder")
        if found and name < next(reversed(found)):
            raise BadZipError(f"{name} is not in its place: the zip was packed again by another tool")
        if len(found) == MAX_FILES:
            raise BadZipError(f"it holds more than {MAX_FILES:,} files")
        folded.add(name.lower())
        found[name] = entry
        at = entry.offset + entry.size
    directory = _directory(found, at)
    if head + stream.read(max(len(directory) - len(head), 0) + 1) != directory:
        raise BadZipError("its directory does not list what is in it, or something follows it")
    return found


def _folders(name: str) -> Iterator[str]:
    """Yield every folder that a name is in."""
    at = name.find("/")
    while at >= 0:
        yield name[:at]
        at = name.find("/", at + 1)


def _walk_entry(stream: BinaryIO, head: bytes, at: int, size: int) -> tuple[str, Entry]:
    if len(head) < _LOCAL.size:
        raise BadZipError("it is cut short")
    _, _, flags, method, _, _, _, packed, length, name_bytes, _ = _LOCAL.unpack(head)
    raw = stream.read(name_bytes)
    name = raw.decode("ascii", "backslashreplace")
    if not is_safe_name(name):
        raise BadZipError(f"the name {name[:_NAME_BYTES]!r} is not allowed in a pack")
    if method or flags or packed != length:
        raise BadZipError(f"{name} is compressed or encrypted: the zip was packed again by another tool")
    offset = at + len(head) + len(raw)
    if offset + length > size:
        raise BadZipError(f"{name} is cut short")
    crc, digest, left = 0, hashlib.sha256(), length
    while left and (chunk := stream.read(min(left, _CHUNK))):
        crc, left = zlib.crc32(chunk, crc), left - len(chunk)
        digest.update(chunk)
    entry = Entry(offset=offset, size=length, crc=crc, sha256=digest.hexdigest())
    if head + raw != _local(name, entry):
        raise BadZipError(f"{name} is damaged, or the zip was packed again by another tool")
    return name, entry


def _local(name: str, entry: Entry) -> bytes:
    head = _LOCAL.pack(_LOCAL_MARK, _NEEDS, 0, 0, 0, _DATE, entry.crc, entry.size, entry.size, len(name), 0)
    return head + name.encode("ascii")


def _directory(entries: Mapping[str, Entry], at: int) -> bytes:
    listed = b"".join(_central(name, entry) for name, entry in entries.items())
    count = len(entries)
    return listed + _END.pack(_END_MARK, 0, 0, count, count, len(listed), at, 0)


def _central(name: str, entry: Entry) -> bytes:
    start = entry.offset - _LOCAL.size - len(name)
    head = _CENTRAL.pack(
        _CENTRAL_MARK, _MADE_BY, _NEEDS, 0, 0, 0, _DATE, entry.crc, entry.size, entry.size,
        len(name), 0, 0, 0, 0, _MODE, start,
    )  # fmt: skip
    return head + name.encode("ascii")
