r"""What is not to leave in a pack: typed rules, pseudonyms that are alike within one pack, and salted commitments.

Three profiles. `internal` leaves out nothing: what must never leave (prompts, answers, the guidance's own text) is not
in a pack at all. `auditor` replaces persons, their addresses and their tools. `public` replaces accounts and names
besides, and withholds what AWS answered and what people wrote.

A value becomes `{person:mzxw6ytboi}`: a keyed BLAKE2b of 48 bits. The key is the pack's own, so the same person is the
same within one pack and another in the next. Nobody can guess a value from its pseudonym without the key. Of each
value the pack holds a commitment, `SHA-256(salt "\\n" value)`; the salt follows from the same key and is told with the
value when that is disclosed. No value is hashed without a salt: account ids and names are few enough to try them all.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from console.base.canonical import sha256_hex
from console.controls.base import Control
from console.controls.claims import Catalogue, Claim
from console.controls.exceptions import GrantedException
from console.controls.frameworks import Framework
from console.controls.guidance import Matching
from console.domain.finding import Finding, Identity
from console.reports.redaction_rules import (
    ACCOUNT,
    CATEGORIES,
    MEMBERS,
    OF_KIND,
    OWN_SESSION,
    RUN,
    SHAPES,
    SORTS,
    STRUCTURE,
    TAGS_OF_PERSONS,
    WRITTEN,
    Category,
    Profile,
)

PSEUDONYM_BYTES = 6
SALT_BYTES = 16
WITHHELD = "not shown in a public pack"
_REMEMBERED = 65_536
"""Texts whose redacted form is remembered: most callers, names and ARNs stand in many observations."""
_SHORTEST = 3
"""Characters of a name that is looked for in other texts."""

_OURS = (Control, Claim, Catalogue, Framework, Matching, Enum)


class Redaction(NamedTuple):
    """One value that was replaced."""

    category: Category
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What binds the department to a value that it does not show."""

    pseudonym: str
    category: Category
    sha256: str


def disclosure(key: bytes, redaction: Redaction) -> bytes:
    """Return the bytes whose SHA-256 is the commitment: the salt in hexadecimal, a line feed, and the value."""
    return (
        _keyed(key, b"salt", redaction, SALT_BYTES).encode()
        + b"\n"
        + redaction.value.encode("utf-8", "surrogatepass")
    )


def pack_key(secret: bytes, identity: bytes) -> bytes:
    """Return the key of one pack; `secret` never leaves the department, `identity` says which pack it is."""
    return hashlib.blake2b(identity, key=secret, digest_size=32, person=b"pack-redaction").digest()


def _keyed(key: bytes, use: bytes, redaction: Redaction, size: int) -> str:
    said = f"{redaction.category}\0".encode() + redaction.value.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, key=key, digest_size=size, person=use).hexdigest()


class Redactor:
    """Replaces what a profile does not show. Names must be known (`learn`) before texts that mention them are read."""

    def __init__(self, profile: Profile, key: bytes) -> None:
        self.profile = profile
        self._key = key
        self._categories = CATEGORIES[profile]
        self._names: dict[str, list[tuple[Redaction, int]]] = {}
        """Names by their first run, with where in them it begins."""
        self.used: dict[str, Redaction] = {}
        """Redactions by pseudonym."""
        self.text = lru_cache(_REMEMBERED)(self._text)

    @property
    def is_idle(self) -> bool:
        """Tell whether the profile shows everything."""
        return not self._categories

    @property
    def is_public(self) -> bool:
        """Tell whether free text and bodies are withheld too."""
        return self.profile is Profile.PUBLIC

    def learn(self, category: Category, value: str) -> None:
        """Know a name, so that it is found in any text."""
        if category not in self._categories or len(value) < _SHORTEST or value == OWN_SESSION:
            return
        first = RUN.search(value)
        held = self._names.setdefault(first[0] if first else "", [])
        if all(each[0].value != value for each in held):
            held.append((Redaction(category, value), first.start() if first else 0))
            held.sort(key=lambda each: -len(each[0].value))

    def learn_from(self, value: object, kind: str = "") -> None:
        """Know the names that stand in members of a JSON value, or are parts of ARNs in it."""
        for member, said in _strings("", value):
            category = OF_KIND.get((kind, member)) or MEMBERS.get(member)
            if category is not None:
                self.learn(category, said)
            for found in SHAPES.finditer(said):
                if found.lastgroup in ("session", "user"):
                    name = found[found.lastgroup]
                    self.learn(Category.PERSON, name.rsplit("/", 1)[-1])

    def whole(self, category: Category, value: str) -> str:
        """Return the pseudonym of a value; the value itself where the profile shows its category."""
        if category not in self._categories or not value or value == OWN_SESSION:
            return value
        redaction = Redaction(category, value)
        digest = bytes.fromhex(_keyed(self._key, b"pseudonym", redaction, PSEUDONYM_BYTES))
        made = f"{{{category}:{base64.b32encode(digest).decode().rstrip('=').lower()}}}"
        self.used[made] = redaction
        return made

    def commitments(self) -> list[Commitment]:
        """Return a commitment for each value that was replaced so far, in the order of pseudonyms."""
        return [
            Commitment(pseudonym=made, category=each.category, sha256=sha256_hex(disclosure(self._key, each)))
            for made, each in sorted(self.used.items())
        ]

    def json(self, value: Any, kind: str = "") -> tuple[Any, list[tuple[str, str]]]:  # noqa: ANN401 - JSON
        """Return a JSON value without what is not shown, and the JSON pointers to what was replaced with its text."""
        found: list[tuple[str, str]] = []
        return self._json(value, kind, "", "", found), found

    def objects(self, value: Any) -> Any:  # noqa: ANN401 - any of the domain's values
        """Return values of the program's own classes without what is not shown, however they are nested."""
        if self.is_idle or value is None or isinstance(value, (*_OURS, int, float, bytes)):
            return value
        if isinstance(value, str):
            return self.text(value)
        if self.is_public and isinstance(value, (Finding, GrantedException)):
            value = replace(value, subject=self.subject(value.subject, self._place(value)))
        elif self.is_public and isinstance(value, Identity):
            value = value._replace(subject=self.subject(value.subject, f"{value.account_id}/{value.region}"))
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(
                *(self._field(name, each) for name, each in zip(value._fields, value, strict=True))
            )
        if isinstance(value, (tuple, list, frozenset)):
            return type(value)(self.objects(each) for each in value)
        if isinstance(value, Mapping):
            return {self.objects(name): self.objects(each) for name, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            changed = {
                each.name: self._field(each.name, getattr(value, each.name))
                for each in fields(value)
                if each.init
            }
            return replace(value, **changed)
        return value

    def _field(self, name: str, value: Any) -> Any:  # noqa: ANN401 - a field of a dataclass
        if isinstance(value, str) and not isinstance(value, Enum):
            if name in STRUCTURE:
                return value
            if name in WRITTEN and self.is_public and value:
                return WITHHELD
            category = MEMBERS.get(name)
            if category is not None and value.strip():
                return self.whole(category, value)
        return self.objects(value)

    def subject(self, subject: str, place: str) -> str:
        """Return what a finding is about; a place or a kind of thing names nothing in an account."""
        is_place = subject in (place, place.partition("/")[0], "*", "")
        is_kind = "." in subject and ":" not in subject and subject.islower()
        if is_place or is_kind or ACCOUNT.fullmatch(subject):
            return self.text(subject)
        return self.whole(Category.RESOURCE, subject)

    @staticmethod
    def _place(value: Finding | GrantedException) -> str:
        return str(value.scope) if isinstance(value, Finding) else f"{value.account_id}/{value.region}"

    def _json(
        self,
        value: Any,  # noqa: ANN401 - JSON
        kind: str,
        member: str,
        pointer: str,
        found: list[tuple[str, str]],
    ) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, str):
            category = OF_KIND.get((kind, member)) or MEMBERS.get(member)
            made = self.whole(category, value) if category else self.text(value)
            if made != value:
                found.append((pointer, made))
            return made
        if isinstance(value, dict):
            is_person = str(value.get("Key", value.get("key", ""))).casefold() in TAGS_OF_PERSONS
            return {
                self.text(name): self._json(
                    each,
                    kind,
                    "person" if is_person and name in ("Value", "value") else name,
                    f"{pointer}/{self.text(name).replace('~', '~0').replace('/', '~1')}",
                    found,
                )
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self._json(each, kind, member, f"{pointer}/{at}", found) for at, each in enumerate(value)]
        return value

    def _text(self, text: str) -> str:
        if self.is_idle or not text:
            return text
        made: list[str] = []
        at = 0
        for match in SHAPES.finditer(text):
            group = match.lastgroup or ""
            category = SORTS[group]
            if category not in self._categories:
                continue
            start = match.start(group)
            value = match[group]
            if group == "user":
                value = value.rsplit("/", 1)[-1]
                start = match.end(group) - len(value)
            made += [self._known(text[at:start]), self.whole(category, value)]
            at = match.end(group)
        return "".join((*made, self._known(text[at:])))

    def _known(self, text: str) -> str:
        """Replace names that were learnt, longest first, wherever no letter or digit stands beside them."""
        if not self._names:
            return text
        made: list[str] = []
        at = 0
        for run in RUN.finditer(text):
            for candidate, offset in self._names.get(run[0], ()):
                start = run.start() - offset
                end = start + len(candidate.value)
                if (
                    start >= at
                    and text.startswith(candidate.value, start)
                    and not text[end : end + 1].isalnum()
                ):
                    made += [text[at:start], self.whole(*candidate)]
                    at = end
                    break
        return "".join((*made, text[at:])) if made else text


def _strings(member: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every text of a JSON value with the name of the member that it stands in."""
    if isinstance(value, str):
        yield member, value
    elif isinstance(value, Mapping):
        is_person = str(value.get("Key", value.get("key", ""))).casefold() in TAGS_OF_PERSONS
        for name, each in value.items():
            yield from _strings("person" if is_person and name in ("Value", "value") else str(name), each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _strings(member, each)
