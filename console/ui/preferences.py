"""What the window remembers between runs: a small INI file in the user's configuration folder."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from console.base.paths import user_settings


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
        return self._text("theme")

    @theme.setter
    def theme(self, theme_id: str) -> None:
        self._keep("theme", theme_id)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at first."""
        return QByteArray.fromBase64(self._text("geometry").encode("ascii", "ignore"))

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", bytes(geometry.toBase64().data()).decode("ascii"))

    def _text(self, name: str) -> str:
        if self._file is None:
            return self._kept.get(name, "")
        return str(self._file.value(f"window/{name}", ""))

    def _keep(self, name: str, value: str) -> None:
        if self._file is None:
            self._kept[name] = value
            return
        self._file.setValue(f"window/{name}", value)
        self._file.sync()
