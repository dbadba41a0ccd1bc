"""How the window looks: themes as data, one stylesheet template, bundled fonts, icons tinted to the theme."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from console.base.paths import resources

SANS = "IBM Plex Sans"
MONO = "IBM Plex Mono"
BASE_POINTS = 10.5
SMALL_POINTS = 9.0
ICON_PIXELS = 20

TEXT_ON_GROUND: tuple[tuple[str, str], ...] = (
    *(
        (text, ground)
        for text in ("text", "quiet", "link", "pass", "fail", "unknown", "medium")
        for ground in ("panel", "window", "selection")
    ),
    ("text", "raised"),
    ("primary_text", "primary"),
    ("strip_text", "strip"),
    ("unknown", "strip"),
    ("link", "strip"),
)
"""Which colour of text stands on which ground; a test measures every pair in every theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Named colours."""

    id: str
    name: str
    order: int
    is_dark: bool
    colours: Mapping[str, str]


def load_themes(folder: Path) -> tuple[Theme, ...]:
    """Return the themes of a folder in their order; each `*.toml` is one."""
    found = []
    for file in folder.glob("*.toml"):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        found.append(
            Theme(
                id=file.stem,
                name=document["name"],
                order=document["order"],
                is_dark=document["is_dark"],
                colours=document["colours"],
            )
        )
    return tuple(sorted(found, key=lambda theme: theme.order))


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - WCAG's numbers
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette of a theme, for what the stylesheet does not draw."""
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "window",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "edge",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, QColor(theme.colours[name]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.colours["quiet"]))
    return made


class Look(QObject):
    """The theme in use; widgets that tint something themselves listen to `changed`."""

    changed = Signal()

    def __init__(self, application: QApplication, folder: Path | None = None) -> None:
        super().__init__(application)
        self._folder = folder or resources()
        self._application = application
        self.themes = load_themes(self._folder / "themes")
        self.theme = self.themes[0]
        self._template = Template((self._folder / "themes" / "window.qss").read_text(encoding="utf-8"))
        self._icons: dict[tuple[str, str], QIcon] = {}
        for font in sorted((self._folder / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(font))

    def wear(self, theme_id: str) -> None:
        """Put a theme on; an unknown id means the first."""
        self.theme = next((theme for theme in self.themes if theme.id == theme_id), self.themes[0])
        font = QFont(SANS)
        font.setPointSizeF(BASE_POINTS)
        self._application.setStyle("Fusion")
        self._application.setFont(font)
        self._application.setPalette(palette(self.theme))
        self.changed.emit()

    def sheet(self) -> str:
        """Return the theme's style sheet, for a window to put on when it is made and whenever the look has changed.

        It is never the application's: under that Qt styles each part again at every step of its making, though it is
        in no window yet, which took more than half of the making of a page.
        """
        arrows = {
            f"arrow_{way}": (self._folder / "themes" / f"{self.theme.id}-{way}.svg").as_posix()
            for way in ("down", "right")
        }
        return self._template.substitute(self.theme.colours, **arrows)

    def colour(self, role: str) -> QColor:
        """Return a colour of the theme."""
        return QColor(self.theme.colours[role])

    def mono(self) -> QFont:
        """Return the font of ARNs, JSON and hashes."""
        font = QFont(MONO)
        font.setPointSizeF(SMALL_POINTS)
        return font

    def icon(self, name: str, role: str = "text") -> QIcon:
        """Return a bundled icon in a colour of the theme."""
        key = (name, self.theme.colours[role])
        if key not in self._icons:
            self._icons[key] = self._drawn(name, key[1])
        return self._icons[key]

    def _drawn(self, name: str, colour: str) -> QIcon:
        source = (self._folder / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        icon = QIcon()
        for scale in (1, 2):
            side = ICON_PIXELS * scale
            pixmap = QPixmap(QSize(side, side))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(pixmap, mode)
        return icon
