"""Discovery by folder: a module that is there is used; one that declares nothing is an error."""

import hashlib
import importlib
import importlib.util
import marshal
import pkgutil
from functools import cache
from typing import Any, TypeVar

from console.base.errors import DeclarationError

Declared = TypeVar("Declared")


def discover(package: str, attribute: str, kind: type[Declared]) -> tuple[Declared, ...]:
    """Return what each module of `package` declares under `attribute`, in the order of module names."""
    home = importlib.import_module(package)
    found: list[Declared] = []
    for module in sorted(pkgutil.iter_modules(home.__path__), key=lambda each: each.name):
        if module.name.startswith("_"):
            continue
        name = f"{package}.{module.name}"
        declared = getattr(importlib.import_module(name), attribute, None)
        if not isinstance(declared, kind):
            raise DeclarationError(f"{name} declares no {attribute} of type {kind.__name__}")
        found.append(declared)
    if not found:
        raise DeclarationError(f"{package} holds no module")
    return tuple(found)


@cache
def fingerprint(packages: tuple[str, ...]) -> str:
    """Return a hash over the code of packages and everything in them: equal for equal builds.

    Of a build without sources the compiled code is hashed, which differs from machine to machine, but not from start
    to start.
    """
    said = hashlib.sha256()
    for package in packages:
        home = importlib.import_module(package)
        inner = pkgutil.walk_packages(home.__path__, f"{package}.")
        for name in (package, *sorted(module.name for module in inner)):
            said.update(name.encode() + b"\0" + _code(name))
    return said.hexdigest()


def _code(name: str) -> bytes:
    loader: Any = getattr(importlib.util.find_spec(name), "loader", None)
    source: str | None = loader.get_source(name)
    return source.encode() if source is not None else marshal.dumps(loader.get_code(name))
