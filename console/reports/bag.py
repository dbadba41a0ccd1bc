"""BagIt bags (RFC 8493) as packs use them: SHA-256 manifests, one space rule, one order, no fetching."""

import hashlib
import re
from collections.abc import Mapping, Sequence

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAGS = (INFO, BAGIT, MANIFEST)
"""The tag files that the tag manifest lists, in order."""
DATA = "data/"

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)\n")


class BadBagError(ValueError):
    """A tag file is not in the form that a pack has."""


def bag(payload: Mapping[str, bytes], info: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Return every file of a bag by its path in it; `payload` is named without `data/`.

    The length of the payload is added to `info`: `sha256sum -c` does not notice a file that was added.
    """
    files = {f"{DATA}{name}": content for name, content in payload.items()}
    labelled = (*info, ("Payload-Oxum", oxum({name: len(content) for name, content in files.items()})))
    tags = {
        BAGIT: DECLARATION,
        INFO: "".join(f"{label}: {value}\n" for label, value in labelled).encode(),
        MANIFEST: manifest({name: _sha256(content) for name, content in files.items()}),
    }
    tags[TAG_MANIFEST] = manifest({name: _sha256(content) for name, content in tags.items()})
    return files | tags


def manifest(hashes: Mapping[str, str]) -> bytes:
    """Return the lines that `sha256sum -c` reads, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode("ascii")


def read_manifest(text: bytes) -> dict[str, str]:
    """Return the hashes of a manifest by name; raise `BadBagError` unless it is what `manifest` writes."""
    try:
        found = {name: digest for digest, name in _LINE.findall(text.decode("ascii"))}
    except UnicodeDecodeError:
        found = {}
    if manifest(found) != text:
        raise BadBagError("a manifest is not a sorted list of hashes and names")
    return found


def oxum(sizes: Mapping[str, int]) -> str:
    """Return the payload's length in bytes and files."""
    return f"{sum(sizes.values())}.{len(sizes)}"


def read_oxum(info: bytes) -> str:
    """Return what `bag-info.txt` says of the payload's length."""
    found = re.findall(rb"^Payload-Oxum: ([0-9.]+)$", info, re.MULTILINE)
    if len(found) != 1:
        raise BadBagError(f"{INFO} does not say the payload's length once")
    return str(found[0], "ascii")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
