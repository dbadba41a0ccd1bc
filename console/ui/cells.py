"""How a cell is drawn: icon, word and colour together, by its column's kind."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.ui.tables import KIND_ROLE, MISSING_ROLE, VALUE_ROLE
from console.ui.theme import Look
from console.ui.words import SEVERITY_ROLES, STATE_ROLES, VERDICT_ROLES, verdict_icon
from console.views.table import Kind


class CellDelegate(QStyledItemDelegate):
    """Draws a cell by its column's kind: icon, word and colour together, ARNs cut in the middle."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Dress the cell; the words come from the model."""
        super().initStyleOption(option, index)
        dress: Any = option
        dress.decorationSize = QSize(16, 16)
        kind, value = index.data(KIND_ROLE), index.data(VALUE_ROLE)
        dress.textElideMode = Qt.TextElideMode.ElideRight
        role = "quiet" if value is None else "text"
        if kind is Kind.ARN:
            dress.textElideMode = Qt.TextElideMode.ElideMiddle
            dress.font = self._look.mono()
        elif kind is Kind.VERDICT and value in VERDICT_ROLES:
            role = VERDICT_ROLES[value]
            _put_icon(dress, self._look.icon(verdict_icon(value), role))
        elif kind is Kind.STATE and value in STATE_ROLES:
            role, icon = STATE_ROLES[value]
            _put_icon(dress, self._look.icon(icon, role))
        elif kind is Kind.SEVERITY and value in SEVERITY_ROLES:
            role = SEVERITY_ROLES[value]
            _put_icon(dress, self._look.icon(value, role))
        elif kind in (Kind.NUMBER, Kind.MONEY) and value == 0:
            role = "quiet"
        elif index.data(MISSING_ROLE):
            role = "unknown"
            if index.column() == 1:
                _put_icon(dress, self._look.icon("unknown", role))
        colour = self._look.colour(role)
        for which in (dress.palette.ColorRole.Text, dress.palette.ColorRole.HighlightedText):
            dress.palette.setColor(which, colour)


def _put_icon(option: Any, icon: QIcon) -> None:  # noqa: ANN401 - Qt's stubs lack the option's members
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
    option.icon = icon
