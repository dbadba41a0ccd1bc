"""What can be set: every setting with its type, default, allowed values and help, from one data file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from console.base.paths import resources

_TYPES: Mapping[str, tuple[type, str]] = {
    "text": (str, "text"),
    "yes or no": (bool, "yes or no (true or false)"),
    "whole number": (int, "a whole number"),
    "number": (float, "a number"),
    "list of text": (tuple, "a list of text"),
}
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting."""

    key: str
    """`section.name`, or the name alone where there is no section."""
    words: str
    type: str
    """One of `text`, `yes or no`, `whole number`, `number`, `list of text`."""
    default: Any
    help: str
    choices: tuple[str, ...] = ()
    """Where only some values are allowed."""
    least: float | None = None
    most: float | None = None
    environment: str = ""
    """A variable of the environment that is taken where nobody set the setting."""

    @property
    def section(self) -> str:
        """The section of a file in which it stands; empty for the top."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Its name within the section."""
        return self.key.rpartition(".")[2]

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        words = _TYPES[self.type][1]
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.least is not None and self.most is not None:
            return f"{words} from {self.least:g} to {self.most:g}"
        return f"{words}, {self.least:g} or more" if self.least is not None else words

    def checked(self, value: object) -> Any:  # noqa: ANN401 - of the setting's own type
        """Return a value of TOML or JSON in the setting's type; raise `ValueError` with what is wrong."""
        wanted = _TYPES[self.type][0]
        if wanted is tuple:
            if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
                raise ValueError(f"{self.key} must be a list of text")
            return tuple(value)
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            raise ValueError(f"{self.key} must be {_TYPES[self.type][1]}, not {type(value).__name__}")
        outside = isinstance(value, int | float) and not (
            (self.least is None or value >= self.least) and (self.most is None or value <= self.most)
        )
        if outside or (self.choices and value not in self.choices):
            raise ValueError(f"{self.key} must be {self.allowed}, not {value}")
        return value

    def read(self, text: str) -> Any:  # noqa: ANN401 - of the setting's own type
        """Return the value that somebody typed; lists are divided by commas or lines; `ValueError` as `checked`."""
        wanted, said = _TYPES[self.type][0], text.strip()
        if wanted is tuple:
            return tuple(
                part.strip() for line in said.splitlines() for part in line.split(",") if part.strip()
            )
        if wanted is bool:
            if said.lower() not in (*_YES, *_NO):
                raise ValueError(f"{self.key} must be {self.allowed}, not {said}")
            return said.lower() in _YES
        if wanted in (int, float):
            try:
                return self.checked(wanted(said))
            except (ValueError, OverflowError):
                raise ValueError(f"{self.key} must be {self.allowed}, not {said}") from None
        return self.checked(said)


def shown(value: object) -> str:
    """Return a value as people read it, and as `read` takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@cache
def catalogue() -> Mapping[str, Setting]:
    """Return every setting by its key, in the order of the file."""
    document = tomllib.loads((resources() / "settings.toml").read_text(encoding="utf-8"))
    found: dict[str, Setting] = {}
    for name, said in document.items():
        members = {name: said} if "type" in said else {f"{name}.{each}": said[each] for each in said}
        for key, each in members.items():
            default, choices = each["default"], tuple(each.get("choices", ()))
            fitting = tuple(default) if isinstance(default, list) else default
            found[key] = Setting(**{**each, "key": key, "default": fitting, "choices": choices})
    return found
