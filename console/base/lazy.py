"""Modules that are loaded at the first use of anything in them: for those that take longer than a window to be drawn.

Python's own `LazyLoader` is not safe between threads; this asks the import system, which is.
"""

import importlib
from typing import Any


class Lazily:
    """Stands for a module until something in it is wanted."""

    def __init__(self, name: str) -> None:
        self.__name = name

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - whatever the module has
        value = getattr(importlib.import_module(self.__name), attribute)
        setattr(self, attribute, value)
        return value
