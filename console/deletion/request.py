"""A request to delete: what, on which ground, for whom (never by name), received when and due when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.deletion.errors import BadRequestError
from console.deletion.target import Target, check_target, checked_day

SUBJECT = re.compile(r"S-[0-9a-f]{20}")
"""A pseudonym as `console.vault.pseudonym` makes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why something is deleted, in law or by the department's own rule."""

    code: str
    words: str
    is_statutory: bool
    """Whether a person asked, so that the clock of UK GDPR Article 12(3) runs."""


_GROUNDS = (
    ("17-1-a", "UK GDPR Art. 17(1)(a): no longer necessary for its purpose", True),
    ("17-1-b", "UK GDPR Art. 17(1)(b): consent was withdrawn", True),
    ("17-1-c", "UK GDPR Art. 17(1)(c): the person objects", True),
    ("17-1-d", "UK GDPR Art. 17(1)(d): processed unlawfully", True),
    ("17-1-e", "UK GDPR Art. 17(1)(e): a legal duty to erase", True),
    ("17-1-f", "UK GDPR Art. 17(1)(f): collected from a child for an online service", True),
    ("5-1-e", "UK GDPR Art. 5(1)(e): kept longer than necessary", False),
    ("retention", "The department's retention schedule", False),
    ("contract", "The end of a contract or project", False),
    ("incident", "Data that should never have been there", False),
)
GROUNDS: Mapping[str, Ground] = {
    code: Ground(code=code, words=words, is_statutory=is_statutory) for code, words, is_statutory in _GROUNDS
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as somebody is about to raise it."""

    target: Target
    ground: str
    """A code of `GROUNDS`."""
    why: str
    subject: str = ""
    """A pseudonym; empty where no person asked."""
    received_on: str
    due_on: str = ""
    """Only for what no statute times."""

    def record(self) -> dict[str, Any]:
        """Return what is signed, in JSON types; raise `BadRequestError` if it is not whole."""
        check_target(self.target)
        ground = GROUNDS.get(self.ground)
        if ground is None:
            raise BadRequestError(
                f"there is no ground {self.ground!r}", remedy=f"Choose one of: {', '.join(GROUNDS)}."
            )
        if not self.why.strip():
            raise BadRequestError("a request needs a reason in words")
        if self.subject and not SUBJECT.fullmatch(self.subject):
            raise BadRequestError(
                "the subject is no pseudonym",
                remedy="Never write a person's name or id: `--subject` asks for it and keeps a pseudonym alone.",
            )
        received = checked_day("received on", self.received_on)
        if ground.is_statutory == bool(self.due_on):
            raise BadRequestError(
                "the due day of a person's request follows from the day it was received"
                if ground.is_statutory
                else "a request under this ground needs a due day",
                remedy="Leave --due out." if ground.is_statutory else "Give --due as 2027-03-31.",
            )
        if self.due_on and checked_day("due on", self.due_on) < received:
            raise BadRequestError("it is due before it was received")
        return {
            "target": self.target.record(),
            "ground": self.ground,
            "why": self.why.strip(),
            "subject": self.subject,
            "received_on": self.received_on,
            "due_on": self.due_on,
        }
