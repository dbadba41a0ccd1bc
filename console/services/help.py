"""The help as the window shows it: pages in their order, each with its title."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from console.base.paths import resources

WINDOW = "window.md"
"""The page about the window, with a heading for each of the window's pages."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page of the help, in Markdown."""

    name: str
    title: str
    text: str


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Return the pages in the order in which they are listed."""
    folder = resources() / "help"
    listed = tomllib.loads((folder / "contents.toml").read_text(encoding="utf-8"))["pages"]
    return tuple(_page(name, (folder / name).read_text(encoding="utf-8")) for name in listed)


def leads_to(name: str, link: str) -> str | None:
    """Return the page that a link on a page leads to; None if it leads out of the help.

    >>> leads_to("window.md", "access.md#who-can"), leads_to("window.md", "https://example.org")
    ('access.md', None)
    """
    target = str(PurePosixPath(name).parent / link.partition("#")[0])
    return target if target in {page.name for page in help_pages()} else None


def picture(link: str) -> Path | None:
    """Return the file of a picture that a page shows; None if the help has no such picture.

    >>> picture("../../README.md") is None
    True
    """
    folder = (resources() / "help" / "pictures").resolve()
    file = (folder.parent / link).resolve()
    return file if file.parent == folder and file.is_file() else None


def _page(name: str, text: str) -> HelpPage:
    first = text.partition("\n")[0]
    return HelpPage(name, first.removeprefix("# ").strip(), text)
