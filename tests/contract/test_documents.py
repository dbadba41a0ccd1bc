"""What is written about the code is what the code says."""

import importlib.util
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("documents", ROOT / "packaging" / "documents.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.documents()


def test_every_generated_document_is_what_would_be_written(documents: dict[str, str]) -> None:
    written = {name: (ROOT / name).read_text(encoding="utf-8") for name in documents}
    old = [name for name, text in documents.items() if written[name] != text]
    assert old == [], "run `nox -s documents` and commit what it wrote"


class Guide(HTMLParser):
    """What the guide's page refers to, and the levels of its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.loads: list[str] = []
        self.levels: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if "id" in said:
            assert said["id"] not in self.ids
            self.ids.add(said["id"])
        if tag == "a":
            self.links.append(said["href"])
        if tag == "img":
            self.pictures.append((said["src"], said["alt"]))
        if tag in ("script", "link", "iframe", "object"):
            self.loads.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_the_guide_leads_everywhere_it_says_and_loads_nothing_from_elsewhere(
    documents: dict[str, str],
) -> None:
    found = Guide(documents["resources/help/guide.html"])
    folder = ROOT / "resources" / "help"
    assert found.loads == []
    assert {link for link in found.links if link.startswith("#") and link[1:] not in found.ids} == set()
    inner = [link for link in found.links if not link.startswith(("#", "https://"))]
    assert [link for link in inner if not (folder / link).exists()] == []
    assert [name for name, alt in found.pictures if not (alt and (folder / name).is_file())] == []
    assert found.levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(found.levels))
