"""The guidance that an officer imports: read from a file of any origin, kept in the store, known again line by line."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.base.errors import ConsoleError
from console.controls.claims import Catalogue
from console.controls.duties import Duties
from console.controls.guidance import Edition, GuidanceLine, Matching, edition_of, match

MOST_BYTES = 1_000_000
_TELLING = 8
"""Digits of a hash that tell lines apart."""
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PLAIN = "Save the guidance as plain text in UTF-8 (in Word: Save As, Plain Text) and import that file."


class BadGuidanceError(ConsoleError):
    """A file is not the text of a guidance."""

    code = "SVC-022"
    remedy = _PLAIN


class NoGuidanceError(ConsoleError):
    """There is no edition to look at or to map."""

    code = "SVC-023"
    remedy = "Import the guidance first: `bedrock-console guidance import FILE`."


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceFile:
    """A text that was read whole."""

    name: str
    text: str
    file_sha256: str


def read_guidance(path: Path) -> GuidanceFile:
    """Return the text of a file; what is too large, not a text or in an unknown encoding is refused."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise BadGuidanceError(
            f"{path} cannot be read: {error.strerror}", remedy="Check the path and the right to read it."
        ) from None
    if size > MOST_BYTES:
        raise BadGuidanceError(
            f"{path} has {size:,} bytes; a guidance has at most {MOST_BYTES:,}",
            remedy="Check that it is the guidance; if it is, import its summary or take out what is not text.",
        )
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    if content.startswith(_BINARY) or (encoding == "utf-8" and b"\0" in content):
        raise BadGuidanceError(f"{path} is not plain text")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise BadGuidanceError(f"{path} is not in UTF-8") from None
    if any(ord(each) < ord(" ") and each not in "\t\n\r\f" for each in text):
        raise BadGuidanceError(f"{path} is not plain text")
    if not edition_of(path.name, text).lines:
        raise BadGuidanceError(f"{path} holds no line of text", remedy="Check that it is the right file.")
    return GuidanceFile(name=path.name, text=text, file_sha256=hashlib.sha256(content).hexdigest())


def matched(edition: Edition, catalogue: Catalogue, duties: Duties) -> Matching:
    """Find the claims' lines in an edition."""
    return match(edition, catalogue.known, catalogue.other_lines, duties.mapped)


def line_to_map(
    matching: Matching | None, named: str, catalogue: Catalogue, claims: Sequence[str]
) -> GuidanceLine:
    """Return the line that is to be mapped, by its number or the beginning of its hash."""
    if matching is None:
        raise NoGuidanceError("no guidance was imported")
    unknown = sorted(set(claims) - {claim.id for claim in catalogue.claims})
    if unknown:
        raise BadGuidanceError(
            f"there is no claim {unknown[0]}", remedy="`bedrock-console claims` lists the claims."
        )
    lines = matching.edition.lines
    found = [
        line
        for line in lines
        if named == str(line.number) or (len(named) >= _TELLING and line.sha256.startswith(named))
    ]
    if len(found) != 1:
        raise BadGuidanceError(
            f"the guidance has no line {named}",
            remedy="`bedrock-console guidance lines` shows the lines with their numbers.",
        )
    return found[0]
