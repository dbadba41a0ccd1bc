"""A certificate of deletion as a page to read, and as files of a pack; the signed JSON is what counts."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.base.canonical import canonical
from console.base.paths import resources
from console.domain.deed import DeedKind
from console.reports import layout
from console.reports.exhibits import ShownEntry
from console.views.names import when_words
from console.views.text import inert


def certificate_html(said: Mapping[str, Any]) -> str:
    """Return the page; nothing is loaded, nothing runs, and no text in it can be anything but text."""
    environment = Environment(
        loader=FileSystemLoader(resources() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(when=when_words, plain=inert)
    verified: dict[str, list[str]] = {step["id"]: [] for step in said["steps"]}
    for each in said["verifications"]:
        for result in each["results"]:
            verified[result["step"]].append(str(result["words"]))
    return environment.get_template("certificate.html.j2").render(said=said, verified=verified)


def certificate_files(entries: Iterable[ShownEntry]) -> dict[str, bytes]:
    """Return every certificate of the ledger with its signature and its page, by path below `data/`.

    One of which something was redacted is left out: what counts is the record as it was signed, whole.
    """
    files: dict[str, bytes] = {}
    for entry in entries:
        if entry.statement["key"] != DeedKind.DELETION.value or entry.body is None or entry.is_redacted:
            continue
        record = json.loads(entry.body)["record"]
        if record["what"] != "certificate":
            continue
        said = record["said"]
        path = f"{layout.DELETION}/{said['certificate']['request']['id']}.certificate"
        files[f"{path}.json"] = canonical(said["certificate"])
        files[f"{path}.json.sig"] = str(said["signature"]).encode("ascii")
        files[f"{path}.html"] = certificate_html(said["certificate"]).encode()
    return files
