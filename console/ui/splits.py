"""How the room is shared between two parts of a page, as the officer left it."""

from collections.abc import MutableMapping

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter


def keep_split(split: QSplitter, kept: MutableMapping[str, str]) -> None:
    """Share the room as it was left, and remember it when it is shared anew; one without a name is not kept."""
    name = split.objectName()
    if not name:
        return
    if name in kept:
        split.restoreState(QByteArray.fromBase64(kept[name].encode("ascii", "ignore")))

    def keep(_position: int, _index: int) -> None:
        kept[name] = bytes(split.saveState().toBase64().data()).decode("ascii")

    split.splitterMoved.connect(keep)
