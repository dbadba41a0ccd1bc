"""What the window remembers between runs: a small INI file in the user's configuration folder."""

import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from console.base.paths import user_settings


class Kept(MutableMapping[str, str]):
    """Words by name, kept as long as the preferences are."""

    def __init__(self, preferences: "Preferences", group: str) -> None:
        self._preferences = preferences
        self._group = group

    def __getitem__(self, name: str) -> str:
        if name not in self._read():
            raise KeyError(name)
        return self._read()[name]

    def __setitem__(self, name: str, words: str) -> None:
        self._write({**self._read(), name: words})

    def __delitem__(self, name: str) -> None:
        self._write({each: words for each, words in self._read().items() if each != name})

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._preferences.words(self._group) or "{}")
        except ValueError:
            return {}
        return {str(name): str(words) for name, words in found.items()} if isinstance(found, dict) else {}

    def _write(self, kept: dict[str, str]) -> None:
        self._preferences.keep(self._group, json.dumps(kept, sort_keys=True))


class Preferences:
    """Remembered choices; without a file they last as long as the window."""

    def __init__(self, file: Path | None) -> None:
        self._kept: dict[str, str] = {}
        self._file = QSettings(str(file), QSettings.Format.IniFormat) if file else None

    @classmethod
    def of_user(cls) -> "Preferences":
        """Return this user's."""
        return cls(user_settings().parent / "window.ini")

    @property
    def theme(self) -> str:
        """The id of the chosen theme; empty if none was chosen."""
        return self.words("theme")

    @theme.setter
    def theme(self, theme_id: str) -> None:
        self.keep("theme", theme_id)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at first."""
        return QByteArray.fromBase64(self.words("geometry").encode("ascii", "ignore"))

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self.keep("geometry", bytes(geometry.toBase64().data()).decode("ascii"))

    @property
    def page(self) -> str:
        """The name of the page that was shown last; empty at first."""
        return self.words("page")

    @page.setter
    def page(self, name: str) -> None:
        self.keep("page", name)

    @property
    def columns(self) -> "Kept":
        """The columns that the officer chose, by table."""
        return Kept(self, "columns")

    @property
    def filters(self) -> "Kept":
        """Filters that the officer saved, by the page and their name."""
        return Kept(self, "filters")

    @property
    def splits(self) -> "Kept":
        """How the officer shared out the room between two parts, by the name of what divides them."""
        return Kept(self, "splits")

    def words(self, name: str) -> str:
        """Return what is kept under a name; empty if nothing is."""
        if self._file is None:
            return self._kept.get(name, "")
        return str(self._file.value(f"window/{name}", ""))

    def keep(self, name: str, value: str) -> None:
        """Keep words under a name."""
        if self._file is None:
            self._kept[name] = value
            return
        self._file.setValue(f"window/{name}", value)
        self._file.sync()
