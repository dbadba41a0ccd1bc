"""The bundle's bill of materials (CycloneDX) and everybody's licences, from what is installed and what was bundled."""

import importlib.metadata
import json
import platform
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import contents

BILL = "sbom.cdx.json"
LICENCES = "licences"
_OWN = uuid.uuid5(uuid.NAMESPACE_DNS, "bedrock-console")
_EXPRESSION = re.compile(r"^[A-Za-z0-9.+() -]+$")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|ofl)", re.IGNORECASE)


def bundled(folder: Path, work: Path) -> set[str]:
    """Return the top-level modules in a bundle: those in PyInstaller's archive, and those that lie beside it."""
    archived = (work / "console" / "PYZ-00.toc").read_text(encoding="utf-8")
    names = set(re.findall(r"^\s*\[?\('([A-Za-z0-9_]+)[.']", archived, re.MULTILINE))
    return names | {path.name.partition(".")[0] for path in (folder / "_internal").iterdir()}


def shipped(modules: set[str]) -> list[importlib.metadata.Distribution]:
    """Return the distributions of which a module is in the bundle, sorted by name."""
    owners = importlib.metadata.packages_distributions()
    names = {name.lower().replace("_", "-") for module in modules for name in owners.get(module, ())}
    return [each for each in contents.distributions() if each.name.lower().replace("_", "-") in names]


def libraries(folder: Path, work: Path) -> list[tuple[str, str, str]]:
    """Return the system's libraries in the bundle: file, Debian package and version; empty where there is no dpkg."""
    said = (work / "console" / "COLLECT-00.toc").read_text(encoding="utf-8")
    sources = dict(re.findall(r"\('([^'/]+)',\s*'(/(?:usr/)?lib/[^']+)',\s*'BINARY'\)", said))
    found = []
    for name, source in sorted(sources.items()):
        if (folder / "_internal" / name).exists():
            package = _owner(str(Path(source).resolve()))
            version = _asked(["dpkg-query", "-W", "-f", "${Version}", package]) if package else ""
            found.append((name, package, version))
    return found


def bill(
    distributions: Iterable[importlib.metadata.Distribution],
    native: Iterable[tuple[str, str, str]],
    epoch: int,
) -> dict[str, Any]:
    """Return the bill; the same for the same distributions and time."""
    own = f"pkg:pypi/{contents.NAME}@{contents.VERSION}"
    parts = [_of_distribution(each) for each in distributions]
    parts += [_of_library(*each) for each in native]
    parts.append(
        {
            "type": "platform",
            "bom-ref": f"pkg:generic/python@{platform.python_version()}",
            "name": "python",
            "version": platform.python_version(),
            "purl": f"pkg:generic/python@{platform.python_version()}",
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    parts.sort(key=lambda each: str(each["bom-ref"]))
    said = json.dumps(parts, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_OWN, said)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": contents.NAME,
                "version": contents.VERSION,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [each["bom-ref"] for each in parts]}],
    }


def write_licences(folder: Path, distributions: Iterable[importlib.metadata.Distribution]) -> int:
    """Copy our licence, Python's, Qt's and each distribution's own into a folder; return the number of files."""
    place = folder / LICENCES
    shutil.copytree(contents.ROOT / "packaging" / "licences", place)
    shutil.copy(contents.ROOT / "LICENSE", place / f"{contents.NAME}.txt")
    python = [
        each
        for base in (
            Path(sys.base_prefix),
            Path(sys.base_prefix) / f"lib/python{platform.python_version()[:4]}",
        )
        for each in (base / "LICENSE.txt", base / "LICENSE")
        if each.is_file()
    ]
    if python:
        shutil.copy(python[0], place / "python.txt")
    for each in distributions:
        texts = [
            file for file in each.files or () if _LICENCE_FILE.search(file.name) and ".dist-info" in str(file)
        ]
        for number, file in enumerate(texts):
            to = place / f"{each.name}{f'-{number}' if number else ''}.txt"
            shutil.copy(Path(str(each.locate_file(file))), to)
        if not texts:
            said = "\n".join(_licence_words(each)) or "no licence is declared"
            (place / f"{each.name}.txt").write_text(
                f"{each.name} {each.version}: {said}\nIts distribution carries no licence text of its own; "
                "LGPL-3.0.txt and GPL-3.0.txt beside this file are those that Qt and PySide name.\n"
                if each.name.lower().startswith(("pyside", "shiboken"))
                else f"{each.name} {each.version}: {said}\n",
                encoding="utf-8",
            )
    return sum(1 for each in place.iterdir() if each.is_file())


def _of_distribution(each: importlib.metadata.Distribution) -> dict[str, Any]:
    purl = f"pkg:pypi/{each.name.lower().replace('_', '-')}@{each.version}"
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": each.name,
        "version": each.version,
        "purl": purl,
    }
    words = _licence_words(each)
    if words and each.metadata.get("License-Expression"):
        part["licenses"] = [{"expression": words[0]}]
    elif words:
        part["licenses"] = [{"license": {"name": name}} for name in words]
    return part


def _of_library(name: str, package: str, version: str) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "library", "bom-ref": f"lib/{name}", "name": name}
    if package and version:
        part["version"] = version
        part["purl"] = f"pkg:deb/debian/{package}@{version}"
    return part


def _licence_words(each: importlib.metadata.Distribution) -> list[str]:
    """Return how a distribution names its licence: an expression, a name, or its classifiers."""
    expression = each.metadata.get("License-Expression")
    if expression and _EXPRESSION.match(expression):
        return [expression]
    classified = [
        line.rpartition("::")[2].strip()
        for line in each.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    stated = (each.metadata.get("License") or "").strip().splitlines()
    return classified or stated[:1]


def _owner(file: str) -> str:
    """Return the Debian package of a file; dpkg may know it by its place before /lib and /usr/lib became one."""
    said = (_asked(["dpkg", "-S", place]).partition(":")[0] for place in (file, file.removeprefix("/usr")))
    return next((package for package in said if package), "")


def _asked(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
