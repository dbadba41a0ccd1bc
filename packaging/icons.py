"""The program's icons in every size that a platform asks for, drawn from one SVG."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).with_name("icon.svg")
LINUX = (16, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 20, 24, 32, 40, 48, 64, 256)
SCALES = (100, 125, 150, 200, 400)
TILES = {
    "Square44x44Logo": (44, 44),
    "Square150x150Logo": (150, 150),
    "Wide310x150Logo": (310, 150),
    "StoreLogo": (50, 50),
}
"""What an MSIX manifest names, in pixels at 100 %."""
TARGETS = (16, 24, 32, 48, 256)
"""Sizes of the icon in the taskbar and in lists, without a plate behind it."""
_LARGEST = 256


def draw(width: int, height: int) -> bytes:
    """Return a PNG of the icon in the middle of so many pixels, the rest transparent."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


def ico() -> bytes:
    """Return a Windows icon of all sizes, each of them a PNG."""
    pictures = [draw(size, size) for size in ICO]
    head = struct.pack("<HHH", 0, 1, len(ICO))
    at = len(head) + 16 * len(ICO)
    entries = b""
    for size, picture in zip(ICO, pictures, strict=True):
        side = 0 if size == _LARGEST else size
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + entries + b"".join(pictures)


def write_linux(folder: Path) -> None:
    """Write the icon as a theme of icons has it: `<size>x<size>/apps/bedrock-console.png`, and scalable."""
    for size in LINUX:
        file = folder / f"{size}x{size}" / "apps" / "bedrock-console.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(draw(size, size))
    scalable = folder / "scalable" / "apps" / "bedrock-console.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(SOURCE.read_bytes())


def assets() -> dict[str, tuple[int, int]]:
    """Return the name of each picture of an MSIX package, with its size in pixels."""
    named = {
        f"{name}.scale-{scale}.png": (width * scale // 100, height * scale // 100)
        for name, (width, height) in TILES.items()
        for scale in SCALES
    }
    for size in TARGETS:
        named[f"Square44x44Logo.targetsize-{size}.png"] = (size, size)
        named[f"Square44x44Logo.targetsize-{size}_altform-unplated.png"] = (size, size)
    return named


def write_windows(folder: Path) -> None:
    """Write the icon file, and the pictures of an MSIX package into `Assets`."""
    (folder / "Assets").mkdir(parents=True, exist_ok=True)
    (folder / "bedrock-console.ico").write_bytes(ico())
    for name, size in assets().items():
        (folder / "Assets" / name).write_bytes(draw(*size))


if __name__ == "__main__":
    write_windows(Path(sys.argv[1]))
