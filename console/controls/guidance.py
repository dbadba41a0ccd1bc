"""The department's guidance as hashes: its lines are known again without carrying its text; pure.

A line is normalised before it is hashed, so that another editor, line end or bullet makes no other line: Unicode NFKC;
curly quotation marks and apostrophes straight; dashes of every length one hyphen; a leading bullet (`*`, `-`, a dot)
or number with its point or bracket taken off; white space in runs one space and none at the ends; lower case. A line
that is empty then does not count. A line's hash is the SHA-256 of its normalised form in UTF-8; a text's is that of its
normalised lines joined by line feeds.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    }
)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_BULLET = re.compile(r"^(?:[*\u2022\u2023\u25aa\u25cf\u25e6\u00b7-]|\d{1,3}[.)])\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class GuidanceLine:
    """One line of an edition."""

    number: int
    """Counted from 1, among the lines that are not empty."""
    text: str
    """As it stands in the file, without a bullet and the white space around it."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One text of the guidance, line by line."""

    name: str
    text_sha256: str
    lines: tuple[GuidanceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Which lines of an edition stand for which claims."""

    edition: Edition
    by_claim: Mapping[str, tuple[GuidanceLine, ...]]
    """The lines of each claim that has any."""
    mapped: frozenset[int]
    """Numbers of the lines that an officer mapped by hand."""
    unmatched: tuple[GuidanceLine, ...]
    """Lines that no claim stands for and that were not in the edition that this console knows."""
    affected: tuple[str, ...]
    """Claims whose line this edition no longer has, and that nobody mapped to another: what changed."""


def normalised(line: str) -> str:
    r"""Return a line as it is hashed.

    >>> normalised("  \u2022 Private  endpoints \u2013 on AWS\u2019s network ")
    "private endpoints - on aws's network"
    """
    text = _DASH.sub("-", unicodedata.normalize("NFKC", line).translate(_STRAIGHT))
    text = _SPACE.sub(" ", text).strip()
    return _BULLET.sub("", text).strip().lower()


def line_hash(line: str) -> str:
    """Return the hash by which a line is known."""
    return hashlib.sha256(normalised(line).encode()).hexdigest()


def edition_of(name: str, text: str) -> Edition:
    """Return a text as an edition."""
    kept = [(_BULLET.sub("", line.strip()), normalised(line)) for line in text.splitlines()]
    lines = [(said, plain) for said, plain in kept if plain]
    whole = "\n".join(plain for _, plain in lines)
    return Edition(
        name=name,
        text_sha256=hashlib.sha256(whole.encode()).hexdigest(),
        lines=tuple(
            GuidanceLine(number, said, hashlib.sha256(plain.encode()).hexdigest())
            for number, (said, plain) in enumerate(lines, 1)
        ),
    )


def match(
    edition: Edition,
    known: Mapping[str, str],
    others: Iterable[str],
    mapped: Mapping[str, Sequence[str]],
) -> Matching:
    """Find each claim's lines in an edition.

    `known` gives the hash of each claim's line by its id, `others` the hashes of known lines that state no claim, and
    `mapped` what officers mapped by hand: the claims of a line by its hash; none of them says "no claim".
    """
    claim_of = {sha256: claim for claim, sha256 in known.items()}
    silent = set(others)
    by_claim: dict[str, list[GuidanceLine]] = {}
    by_hand: set[int] = set()
    unmatched: list[GuidanceLine] = []
    for line in edition.lines:
        if line.sha256 in mapped:
            by_hand.add(line.number)
            for claim in mapped[line.sha256]:
                by_claim.setdefault(claim, []).append(line)
        elif line.sha256 in claim_of:
            by_claim.setdefault(claim_of[line.sha256], []).append(line)
        elif line.sha256 not in silent:
            unmatched.append(line)
    return Matching(
        edition=edition,
        by_claim={claim: tuple(lines) for claim, lines in by_claim.items()},
        mapped=frozenset(by_hand),
        unmatched=tuple(unmatched),
        affected=tuple(claim for claim in known if claim not in by_claim),
    )
