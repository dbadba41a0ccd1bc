"""A drawn map of who reaches Bedrock how; the table above it says the same in words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsScene, QGraphicsTextItem, QGraphicsView, QVBoxLayout, QWidget

from console.ui.panes import GAP
from console.ui.theme import Look
from console.ui.words import label, paragraph
from console.views.routes import PRIVATE, PUBLIC, Route

_BOX_WIDTH, _BOX_HEIGHT, _STEP = 280, 34, 46
_COLUMNS = (0, 460, 860)
_WAY_WIDTH = 200
_MOST_ACCOUNTS = 60
_DRAWN = ((PRIVATE, "Through a VPC endpoint"), (PUBLIC, "Over the public endpoint"))
_SAID = 40


class RouteMap(QWidget):
    """Accounts at the left, the two ways in the middle, Bedrock by Region at the right."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._routes: tuple[Route, ...] = ()
        self.scene = QGraphicsScene(self)
        self.view = QGraphicsView(self.scene)
        self.view.setObjectName(name)
        self.view.setAccessibleName("Map of who reaches Bedrock how")
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.legend = paragraph("", "small")
        self.legend.setObjectName(f"{name}.legend")
        self.legend.setText(
            "Full line: through a VPC endpoint. Dotted line: over the public endpoint. Dashed line: another Region"
            " answers. Numbers are calls seen; a thin grey line is a way that nobody was seen on."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("Map", "heading"))
        column.addWidget(self.legend)
        column.addWidget(self.view, 1)
        look.changed.connect(self._draw)

    def show_routes(self, found: Sequence[Route]) -> None:
        """Draw routes; what is drawn is also the widget's description."""
        self._routes = tuple(found)
        sentences = [route.words for route in self._routes[:_SAID]]
        more = len(self._routes) - _SAID
        self.view.setAccessibleDescription(
            ". ".join([*sentences, *([f"{more} more in the table"] if more > 0 else [])])
        )
        self._draw()

    def _draw(self) -> None:
        self.scene.clear()
        self.view.setBackgroundBrush(QBrush(self._look.colour("panel")))
        callers = list(dict.fromkeys((route.account, route.scope.region) for route in self._routes))
        shown = callers[:_MOST_ACCOUNTS]
        regions = sorted({route.to or "not said" for route in self._routes})
        height = max(len(shown), len(regions), len(_DRAWN) * 2) * _STEP
        left = {each: float(at * _STEP) for at, each in enumerate(shown)}
        ways = {way: height * (at + 1) / (len(_DRAWN) + 1) for at, (way, _) in enumerate(_DRAWN)}
        right = {each: height * (at + 1) / (len(regions) + 1) for at, each in enumerate(regions)}
        for route in self._routes:
            caller = (route.account, route.scope.region)
            if caller in left:
                self._line(route, left[caller], ways[route.way], right[route.to or "not said"])
        counted: dict[tuple[tuple[str, str], str], int] = {}
        for route in self._routes:
            key = ((route.account, route.scope.region), route.way)
            counted[key] = counted.get(key, 0) + route.calls
        for (caller, way), calls in counted.items():
            if calls and caller in left:
                self._count(calls, left[caller], way)
        for caller, at in left.items():
            self._box(f"{caller[0]}, {caller[1]}", QRectF(_COLUMNS[0], at, _BOX_WIDTH, _BOX_HEIGHT))
        for way, words in _DRAWN:
            self._box(words, QRectF(_COLUMNS[1], ways[way], _WAY_WIDTH, _BOX_HEIGHT))
        for region, at in right.items():
            self._box(f"Bedrock in {region}", QRectF(_COLUMNS[2], at, _WAY_WIDTH, _BOX_HEIGHT))
        if len(callers) > len(shown):
            words = f"{len(callers) - len(shown):,} more: narrow the table to see them here"
            self._text(words, QPointF(0, len(shown) * _STEP), "quiet", 600)
        self.scene.setSceneRect(self.scene.itemsBoundingRect().adjusted(-GAP, -GAP, GAP * 2, GAP * 2))

    def _line(self, route: Route, start: float, way: float, end: float) -> None:
        middle = _BOX_HEIGHT / 2
        points = (
            QPointF(_COLUMNS[0] + _BOX_WIDTH, start + middle),
            QPointF(_COLUMNS[1], way + middle),
            QPointF(_COLUMNS[1] + _WAY_WIDTH, way + middle),
            QPointF(_COLUMNS[2], end + middle),
        )
        pen = self._pen(route)
        for first, last in ((points[0], points[1]), (points[2], points[3])):
            path = QPainterPath(first)
            half = (last.x() - first.x()) / 2
            path.cubicTo(first + QPointF(half, 0), last - QPointF(half, 0), last)
            drawn = self.scene.addPath(path, pen)
            drawn.setToolTip(route.words)

    def _count(self, calls: int, start: float, way: str) -> None:
        """Write how many calls went one way, above or below where the lines leave."""
        down = -2 if way == PRIVATE else _BOX_HEIGHT - 14
        self._text(f"{calls:,}", QPointF(_COLUMNS[0] + _BOX_WIDTH + 8, start + down), "quiet", 60)

    def _pen(self, route: Route) -> QPen:
        role = (
            "quiet"
            if not route.calls
            else "fail"
            if route.crosses
            else "pass"
            if route.way == PRIVATE
            else "medium"
        )
        pen = QPen(self._look.colour(role), 1 if not route.calls else 2)
        if route.crosses:
            pen.setStyle(Qt.PenStyle.DashLine)
        elif route.way == PUBLIC:
            pen.setStyle(Qt.PenStyle.DotLine)
        return pen

    def _box(self, words: str, at: QRectF) -> None:
        self.scene.addRect(at, QPen(self._look.colour("edge"), 1), QBrush(self._look.colour("window")))
        self._text(words, at.topLeft() + QPointF(6, 5), "text", at.width() - 12)

    def _text(self, words: str, at: QPointF, role: str, width: float) -> None:
        item = QGraphicsTextItem()
        font = self.font()
        item.setFont(font)
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, width)
        item.setPlainText(elided)
        item.setToolTip("" if elided == words else words)
        item.setDefaultTextColor(self._look.colour(role))
        item.setPos(at - QPointF(4, 2))
        self.scene.addItem(item)
