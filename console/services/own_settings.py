"""Changing the user's own settings, of which the organisation's are none."""

from console.base.configuration import Configuration, Origin, changed
from console.base.setting import Setting
from console.base.settings import SettingsError


class ManagedSettingError(SettingsError):
    """The organisation sets it."""

    code = "SVC-040"
    remedy = "Ask your IT department: the value stands in the organisation's own file."


class UnwritableSettingsError(SettingsError):
    """The user's file cannot be written."""

    code = "SVC-041"
    remedy = "See that the folder exists and that you may write there; nothing was changed."


def write_setting(found: Configuration, setting: Setting, said: str | None) -> None:
    """Write a value into the user's file, or take it out; raise an error if the organisation sets it."""
    if found.values[setting.key].origin is Origin.MANAGED:
        raise ManagedSettingError(f"{setting.key} is set by your organisation, in {found.managed}")
    try:
        value = None if said is None else setting.read(said)
    except ValueError as error:
        raise SettingsError(str(error), remedy="Nothing was changed. Give a value that is allowed.") from None
    new = found.own.with_name(f"{found.own.name}.new")
    try:
        text = found.own.read_text(encoding="utf-8") if found.own.exists() else ""
        made = changed(text, setting, value)
        found.own.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(made, encoding="utf-8")
        new.replace(found.own)
    except (OSError, UnicodeDecodeError) as error:
        raise UnwritableSettingsError(f"{found.own} could not be changed: {error}") from None
