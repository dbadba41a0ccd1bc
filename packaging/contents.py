"""What a bundle holds, derived from the code where it can be, and said once for the spec, Windows and the tests."""

import importlib.metadata
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []

import console  # noqa: E402 - after the path is known
from console.actuate.operations import CHANGES  # noqa: E402
from console.collect.looking import READS  # noqa: E402
from console.collect.mantle import SERVICE as MANTLE  # noqa: E402
from console.services.refresh import discover_collectors  # noqa: E402

NAME = "bedrock-console"
TITLE = "Bedrock Console"
SUMMARY = "Assurance evidence for Amazon Bedrock, account by account"
PUBLISHER = "Bedrock Console"
VERSION = console.__version__
LEFT_OUT = ("console.demo",)
"""Packages of ours that no bundle holds: the stand-in for AWS, and what it invents."""
NEVER = ("moto", "flask", "flask_cors", "werkzeug", "tkinter", "test", "lib2to3", "ensurepip", "idlelib")
DATA = {"resources": "console/_resources", "migrations": "console/_migrations"}
"""Folders of the checkout, and where `console.base.paths` looks for them."""
SIGNING_IN = ("sso", "sso-oidc", "signin", "sts")
"""Services that botocore's own providers of credentials ask, beside those that our code names."""
_NAMED = re.compile(r"""\.client\(\s*["']([a-z0-9-]+)["']""")
QT_PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qico", "qjpeg", "qsvg"),
    "networkinformation": ("qglib", "qnetworkmanager", "qnetworklistmanager"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qminimal", "qoffscreen", "qwayland", "qwindows", "qxcb"),
    "platformthemes": ("qxdgdesktopportal",),
    "styles": ("qmodernwindowsstyle",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("qxcb-egl-integration", "qxcb-glx-integration"),
}
"""Qt's plugins by folder, without the prefix and ending that platforms give them: all others stay out."""
KEPT_LIBRARIES = (
    "libbz2",
    "libcrypto",
    "libexpat",
    "libffi",
    "liblzma",
    "libsqlite3",
    "libssl",
    "libuuid",
    "libz",
)
"""Libraries of the building machine that Python itself is linked to; all others are the system's, kept up to date by
it, and the Debian package depends on them."""
_SYSTEM = re.compile(r"^(/usr)?/lib(64|/[\w-]+-linux-gnu)?/[^/]+$")
_QT_LEFT_OUT = re.compile(
    r"PySide6/(Qt/)?(translations|qml|resources|libexec)/|Qt6?(EglF|EglFs|Qml|Quick|Virtual|Pdf|Sql|OpenGLW)|readline\.cpython"
)


@cache
def modules() -> tuple[str, ...]:
    """Return every module of ours that is shipped: PyInstaller sees none of those that are found by folder."""
    found = ["console", *(each.name for each in pkgutil.walk_packages(console.__path__, "console."))]
    return tuple(name for name in found if not any(_is_in(name, package) for package in LEFT_OUT))


@cache
def services() -> tuple[str, ...]:
    """Return the services whose models are shipped.

    Those of collectors, of what is looked at and done for deletions, of what our code names when it makes a client (for
    logs, for counting), and of signing in.
    """
    named = {collector.service for collector in discover_collectors()}
    named |= {operation.partition(":")[0] for operation in (*READS, *CHANGES)}
    for file in (ROOT / "console").rglob("*.py"):
        if "demo" not in file.relative_to(ROOT).parts:
            named.update(_NAMED.findall(file.read_text(encoding="utf-8")))
    return tuple(sorted((named | {*SIGNING_IN}) - {MANTLE}))


@cache
def distributions() -> tuple[importlib.metadata.Distribution, ...]:
    """Return what the program needs at run time, installed here, without extras; sorted by name."""
    held: dict[str, importlib.metadata.Distribution] = {}
    waiting = [NAME]
    while waiting:
        name = _normal(waiting.pop())
        if name in held:
            continue
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # a requirement of another platform or another Python
        held[name] = found
        for line in found.requires or ():
            requirement, _, marker = line.partition(";")
            if "extra" not in marker:
                waiting.append(re.split(r"[\s\[<>=!~(]", requirement.strip(), maxsplit=1)[0])
    return tuple(held[name] for name in sorted(held) if name != NAME)


def strangers() -> tuple[str, ...]:
    """Return the top-level modules of everything installed that the program does not need."""
    needed = {_normal(each.name) for each in distributions()} | {NAME}
    owners = importlib.metadata.packages_distributions()
    return tuple(
        sorted(
            module
            for module, names in owners.items()
            if module.isidentifier() and not {_normal(name) for name in names} & needed
        )
    )


def is_shipped(destination: str, source: str = "") -> bool:
    """Tell whether a file that PyInstaller wants to add, by its place in the bundle and its source, belongs there."""
    place = destination.replace("\\", "/")
    if _SYSTEM.match(source):
        return place.partition(".so")[0] in KEPT_LIBRARIES
    if place.startswith("botocore/data/"):
        service, _, rest = place.removeprefix("botocore/data/").partition("/")
        return (not rest or service in services()) and "examples-" not in rest
    if _QT_LEFT_OUT.search(place):
        return False
    plugin = re.search(r"PySide6/(?:Qt/)?plugins/([^/]+)/(?:lib)?([^/.]+)\.", place)
    if plugin:
        return plugin[2] in QT_PLUGINS.get(plugin[1], ())
    return "/tests/" not in place


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
