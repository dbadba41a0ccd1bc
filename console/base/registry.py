"""Discovery by folder: a module that is there is used; one that declares nothing is an error."""

import importlib
import pkgutil
from typing import TypeVar

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
