"""What is called by aliases that lead to its versions, an agent or a flow: the aliases and versions go before it."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.collect.discovery.inquiry import Inquiry
from console.domain.scope import Scope

_TEST, _DRAFT = "TSTALIASID", "DRAFT"
"""The alias and the version that AWS makes with a thing and takes away with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How AWS lists, shows and deletes one sort of part of a thing."""

    lists: tuple[str, str]
    """The operation, and the member of its answer that holds the list."""
    shows: str
    deletes: str
    id_: str
    """The member of a list's entry that names it."""
    name: str
    """The member that people know it by."""
    parameter: str
    """The parameter by which it is shown and deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliased:
    """One kind of thing that has aliases and versions."""

    word: str
    aliases: Parts
    versions: Parts


def remove_aliases_and_versions(
    inquiry: Inquiry, scope: Scope, subject: str, kind: Aliased, named: Mapping[str, str]
) -> list[str]:
    """Plan the end of a thing's aliases, then of its versions; return the ids of the steps.

    `named` are the parameters that name the thing.
    """
    aliases = inquiry.all_of(scope, subject, *kind.aliases.lists, **named)
    versions = inquiry.all_of(scope, subject, *kind.versions.lists, **named)
    first = [
        inquiry.removal(
            scope,
            kind.aliases.deletes,
            kind.aliases.shows,
            {**named, kind.aliases.parameter: each[kind.aliases.id_]},
            subject=f"alias {each[kind.aliases.name]} of {subject}",
            words=f"Delete the alias {each[kind.aliases.name]}, by which the {kind.word} is called",
        )
        for each in aliases
        if each[kind.aliases.id_] != _TEST
    ]
    second = [
        inquiry.removal(
            scope,
            kind.versions.deletes,
            kind.versions.shows,
            {**named, kind.versions.parameter: each[kind.versions.id_]},
            subject=f"version {each[kind.versions.name]} of {subject}",
            words=f"Delete version {each[kind.versions.name]} of the {kind.word}",
            after=first,
        )
        for each in versions
        if each[kind.versions.id_] != _DRAFT
    ]
    return [*first, *second]
