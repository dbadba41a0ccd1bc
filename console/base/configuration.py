"""The settings in force and where each comes from: default, environment, the user's file, the organisation's file.

The organisation's file wins, and what it sets nobody else can. A value that is not understood is a mistake with its
place and what to do, and what would have held without it stays in force.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from console.base.setting import Setting, catalogue
from console.base.settings import Settings, SettingsError, settings_of, toml_of


class Origin(StrEnum):
    """Where a value comes from; each wins over those before it."""

    DEFAULT = "default"
    ENVIRONMENT = "environment"
    OWN = "your settings"
    MANAGED = "set by your organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A value, or a whole file, that was not understood."""

    file: Path
    key: str
    """Empty where the file as a whole cannot be read."""
    what: str
    origin: Origin

    @property
    def words(self) -> str:
        """What is wrong, where, and what holds instead."""
        rest = (
            "Everything in it is left aside." if not self.key else "What would hold without it is in force."
        )
        return f"{self.file}: {self.what}. {rest}"

    @property
    def remedy(self) -> str:
        """What to do."""
        if self.origin is Origin.MANAGED:
            return "Ask your IT department to correct the file."
        return "Correct or remove it; `bedrock-console settings` lists every key with its meaning."


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A setting as it is in force."""

    setting: Setting
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Every setting in force."""

    values: Mapping[str, Value]
    mistakes: tuple[Mistake, ...] = ()
    own: Path
    """The user's file; it may not exist."""
    managed: Path
    """The organisation's file; it may not exist."""

    @property
    def settings(self) -> Settings:
        """What the program works with."""
        document: dict[str, Any] = {}
        for key, each in self.values.items():
            place = document.setdefault(each.setting.section, {}) if each.setting.section else document
            place[key.rpartition(".")[2]] = each.value
        return settings_of(document)

    def refuse_mistakes(self) -> None:
        """Raise `SettingsError` for the first mistake: no answer is to rest on settings that nobody chose."""
        if self.mistakes:
            first = self.mistakes[0]
            raise SettingsError(f"{first.file}: {first.what}", remedy=first.remedy)


def configure(own: Path, managed: Path, environment: Mapping[str, str]) -> Configuration:
    """Return the settings in force; a file that is not there sets nothing."""
    values = {
        key: Value(setting=each, value=each.default, origin=Origin.DEFAULT)
        for key, each in catalogue().items()
    }
    mistakes: list[Mistake] = []
    for key, each in catalogue().items():
        if said := environment.get(each.environment, "") if each.environment else "":
            try:
                values[key] = Value(setting=each, value=each.read(said), origin=Origin.ENVIRONMENT)
            except ValueError as error:
                mistakes.append(
                    Mistake(file=Path(each.environment), key=key, what=str(error), origin=Origin.ENVIRONMENT)
                )
    for file, origin in ((own, Origin.OWN), (managed, Origin.MANAGED)):
        for key, value in _members(file, origin, mistakes):
            setting = catalogue().get(key)
            if setting is None:
                mistakes.append(Mistake(file=file, key=key, what=f"unknown key {key}", origin=origin))
                continue
            try:
                values[key] = Value(setting=setting, value=setting.checked(value), origin=origin)
            except ValueError as error:
                mistakes.append(Mistake(file=file, key=key, what=str(error), origin=origin))
    return Configuration(values=values, mistakes=tuple(mistakes), own=own, managed=managed)


def _members(file: Path, origin: Origin, mistakes: list[Mistake]) -> Iterable[tuple[str, object]]:
    """Return what a file sets, by key; a file that cannot be read is a mistake and sets nothing."""
    try:
        document = toml_of(file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        reason = "cannot be read" if isinstance(error, OSError) else "is not TOML"
        mistakes.append(Mistake(file=file, key="", what=f"the file {reason}: {error}", origin=origin))
        return ()
    found: list[tuple[str, object]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            found += [(f"{name}.{each}", held) for each, held in value.items()]
        else:
            found.append((name, value))
    return found


def changed(text: str, setting: Setting, value: object | None) -> str:
    """Return a file's text in which a setting has another value, or none; everything else stays as it is.

    Raise `SettingsError` if the text is not TOML, or writes the setting in a way that cannot be changed by itself.
    """
    before = _document(text)
    lines = text.splitlines()
    first, last = _place(lines, setting)
    made = [] if value is None else [f"{setting.name} = {_toml(value)}"]
    if first is None:
        head = f"[{setting.section}]"
        if not setting.section:
            lines[:0] = made
        elif head in (_bare(line) for line in lines):
            at = next(number for number, line in enumerate(lines) if _bare(line) == head)
            lines[at + 1 : at + 1] = made
        elif made:
            lines += [*([""] if lines else []), head, *made]
    else:
        lines[first:last] = made
    after = "\n".join(lines) + "\n" if lines else ""
    try:
        is_changed = tomllib.loads(after) == _with(before, setting, value)
    except tomllib.TOMLDecodeError:
        is_changed = False
    if not is_changed:
        raise SettingsError(
            f"{setting.key} is written in a way that cannot be changed here",
            remedy="Change it in the file itself; `bedrock-console settings` says which that is.",
        )
    return after


def _document(text: str) -> dict[str, Any]:
    try:
        return toml_of(text)
    except ValueError as error:
        raise SettingsError(f"the settings are not TOML: {error}") from None


def _with(document: Mapping[str, Any], setting: Setting, value: object | None) -> dict[str, Any]:
    made = json.loads(json.dumps(document, default=str))
    place = made.setdefault(setting.section, {}) if setting.section else made
    if value is None:
        place.pop(setting.name, None)
    else:
        place[setting.name] = list(value) if isinstance(value, tuple) else value
    return {name: held for name, held in made.items() if held != {} or name in document}


def _place(lines: list[str], setting: Setting) -> tuple[int | None, int]:
    """Return from which line to which a setting stands; None if it does not."""
    section = ""
    for number, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("["):
            section = _bare(line).strip("[]").strip()
        elif section == setting.section and bare.partition("=")[0].strip() == setting.name and "=" in bare:
            ends = range(number + 1, len(lines) + 1)
            return number, next(end for end in ends if _is_whole(lines[number:end]))
    return None, 0


def _is_whole(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _bare(line: str) -> str:
    return line.partition("#")[0].strip()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
