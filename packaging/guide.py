"""The help as one web page, to read in a browser and to print: every page of it in the window's order."""

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from markdown_it import MarkdownIt  # noqa: E402 - after the path is known
from markdown_it.token import Token  # noqa: E402

from console.services.help import HelpPage, help_pages  # noqa: E402

STYLE = (ROOT / "packaging" / "guide.css").read_text(encoding="utf-8")


def guide(written: Mapping[str, str]) -> str:
    """Return the page, with texts that are about to be written in place of those that are there.

    It loads nothing but the help's own pictures.
    """
    pages = [
        replace(page, text=written.get(f"resources/help/{page.name}", page.text)) for page in help_pages()
    ]
    links = "\n".join(f'<li><a href="#{_id(page.name)}">{escape(page.title)}</a></li>' for page in pages)
    chapters = "\n".join(chapter(page) for page in pages)
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bedrock Console: the guide</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Go to the content</a>
<header><h1>Bedrock Console: the guide</h1></header>
<nav aria-label="Contents"><ol>
{links}
</ol></nav>
<main id="content">
{chapters}
</main>
<footer><p>Written from the help that the window shows with F1. It loads nothing from any network.</p></footer>
</body>
</html>
"""


def chapter(page: HelpPage) -> str:
    """Return one page of the help, its headings one level down, its links within this page."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(page.text)
    seen: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + 1}"
            if token.type == "heading_open" and token.tag != "h2":
                token.attrSet("id", _anchor(page.name, tokens[at + 1].content, seen))
        for each in token.children or ():
            if each.type == "link_open":
                _lead(page.name, each)
    body = reader.renderer.render(tokens, reader.options, {})
    body = body.replace(
        "<table>", '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>'
    ).replace("</table>", "</table></div>")
    return f'<section id="{_id(page.name)}">\n{body}</section>'


def _lead(name: str, link: Token) -> None:
    """Turn a link to a page of the help into one within this page; others stay, relative to the help's folder."""
    target = str(link.attrs.get("href", ""))
    path, _, part = target.partition("#")
    to = str(PurePosixPath(name).parent / path)
    if to in {page.name for page in help_pages()}:
        link.attrSet("href", f"#{_id(to)}-{part}" if part else f"#{_id(to)}")


def _id(name: str) -> str:
    return name.removesuffix(".md")


def _anchor(name: str, heading: str, seen: dict[str, int]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
    seen[slug] = seen.get(slug, 0) + 1
    return f"{_id(name)}-{slug}" + (f"-{seen[slug]}" if seen[slug] > 1 else "")
