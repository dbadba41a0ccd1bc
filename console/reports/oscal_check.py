"""What of an OSCAL document can be checked without its schema: version, UUIDs, and where references lead."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from console.reports.oscal import OSCAL_VERSION

_ABOVE = "../"
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class OscalCheck:
    """What was found out about a document."""

    faults: tuple[str, ...]
    uuids: int = 0


def check_oscal(said: Any, root: str, file: str, has_file: Callable[[str], bool]) -> OscalCheck:  # noqa: ANN401 - JSON
    """Hold a document to its form; `has_file` tells whether the payload has a file."""
    document = said.get(root) if isinstance(said, dict) else None
    metadata = document.get("metadata") if isinstance(document, dict) else None
    if not isinstance(metadata, dict) or metadata.get("oscal-version") != OSCAL_VERSION:
        return OscalCheck((f"{file} is no OSCAL {root} of version {OSCAL_VERSION}",))
    uuids: list[str] = []
    references: list[str] = []
    links: list[str] = []
    for name, value in _members(document, 0):
        if name == "uuid":
            uuids.append(str(value))
        elif name in ("observation-uuid", "risk-uuid"):
            references.append(str(value))
        elif name == "href":
            links.append(str(value))
    counted = Counter(uuids)
    faults = [f"{file}: the UUID {each} stands twice" for each, count in counted.items() if count > 1][:1]
    faults += [f"{file}: the reference {each} leads nowhere" for each in references if each not in counted][
        :1
    ]
    faults += [
        f"{file}: {each} is not in the pack" for each in links if not _leads(each, counted.keys(), has_file)
    ][:1]
    return OscalCheck(tuple(faults), len(uuids))


def _leads(link: str, uuids: Collection[str], has_file: Callable[[str], bool]) -> bool:
    return link[1:] in uuids if link.startswith("#") else has_file(link.removeprefix(_ABOVE))


def _members(value: Any, depth: int) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Yield the members of a document that are texts; one that is nested deeper than any is looked at no further."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str):
                yield name, each
            else:
                yield from _members(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _members(each, depth + 1)
