"""Inventory pages as descriptions: which kinds a table shows, where each cell comes from, and what is looked at beside.

A page is a list of sections and each section a list of sources; nothing here knows of models, agents or keys.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.domain.evidence import Payload
from console.views.beside import Get, Seen
from console.views.table import Kind


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a section."""

    id: str
    title: str
    kind: Kind = Kind.TEXT
    is_shown: bool = True
    """Whether it is shown before the officer chooses columns."""


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of fact in a section, with where each cell comes from: a path into the answer, or a function."""

    kind: str
    cells: tuple[Get, ...]
    keep: Callable[[Payload], bool] = lambda _payload: True


@dataclass(frozen=True, slots=True)
class Detail:
    """One part of the pane below the table: its heading and what gives its lines."""

    heading: str
    lines: Callable[[Seen], Iterable[str]]
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of a page."""

    id: str
    title: str
    about: str
    """What an officer should know to read it; one or two sentences."""
    headings: tuple[Heading, ...]
    sources: tuple[Source, ...]
    beside: tuple[str, ...] = ()
    """Kinds that cells and details look into beside the fact itself."""
    details: tuple[Detail, ...] = ()
    stretch: str = ""
    """The column that takes the room that is left."""
    merges: bool = False
    """Whether things that look alike in several accounts and Regions are one row."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds whose facts are rows."""
        return tuple(source.kind for source in self.sources)


@dataclass(frozen=True, slots=True)
class Inventory:
    """A page's description."""

    name: str
    title: str
    sections: tuple[Section, ...]
