"""The evidence drawer: beside the tables, never over them; what AWS was asked, by whom, when, and its answer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.evidence import Fact, Gap
from console.ui.evidence_duties import EvidenceDuties
from console.ui.observations import LIST_ROW_PIXELS, JsonBox, ObservationList, Value
from console.ui.page import Bench, Opening, Target
from console.ui.panes import GAP, Strip
from console.ui.words import age_words, caption, label, paragraph
from console.views.evidence import EvidenceView, evidence_view

Index = QModelIndex | QPersistentModelIndex
_LIST_ROWS = 5
_MONO_VALUES = ("Asked by", "Request id", "Kind", "Operation")


class Drawer(QWidget):
    """Shows what a row rests on, one observation at a time."""

    wanted = Signal(int)
    """The number of an observation that is to be shown."""
    closed = Signal()
    leading = Signal(object)
    """The `Target` that the open row leads to."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._look = look = bench.look
        self._clock = bench.clock
        self._lead: Target | None = None
        self._answer = ""
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Evidence")
        self.setMinimumWidth(400)
        self.title = paragraph("", "strong")
        self.lead = QPushButton()
        self.lead.setProperty("weight", "link")
        self.lead.setObjectName("drawer.lead")
        self.lead.clicked.connect(lambda: self.leading.emit(self._lead))
        self.close_button = self._tool("close", "Close the evidence (Esc)", self.closed.emit)
        self.previous = self._tool("up", "Previous observation", lambda: self.step(-1))
        self.next = self._tool("down", "Next observation", lambda: self.step(1))
        self.position = label("", "quiet")
        self.position.setObjectName("drawer.position")
        self.observations = ObservationList()
        self.list = QListView()
        self.list.setObjectName("drawer.list")
        self.list.setAccessibleName("Observations that this rests on")
        self.list.setModel(self.observations)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._want)
        self.what = paragraph("", "strong")
        self.what.setObjectName("drawer.what")
        self.gap = Strip(look, "drawer.gap")
        self.particulars = QGridLayout()
        self.asked = JsonBox("drawer.parameters", "What was asked")
        self.answer = JsonBox("drawer.answer", "What AWS answered")
        self.copy = QPushButton("Copy JSON")
        self.copy.setObjectName("drawer.copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._answer))
        self.duties = EvidenceDuties(bench)
        self.duties.leading.connect(self.leading)
        look.changed.connect(self._tint)
        self._arrange()
        self._tint()

    def open(self, opening: Opening) -> None:
        """Open a row: its first observation, and the others to step through."""
        self._lead = opening.lead
        self.title.setText(opening.title)
        self.lead.setText(caption(opening.lead_words))
        self.lead.setVisible(opening.lead is not None)
        several = len(opening.sequences) > 1
        for each in (self.list, self.previous, self.next):
            each.setVisible(several)
        self.list.setFixedHeight(min(len(opening.sequences), _LIST_ROWS) * LIST_ROW_PIXELS + 4)
        self.observations.show(opening.sequences)
        if opening.sequences:
            self.position.setText("Reading …")
            self.list.setCurrentIndex(self.observations.index(0))
        else:
            self.clear_observation(
                "This row rests on no single observation.",
                opening.nothing
                or "Its scope was read to the end and nothing was there, or it was not part of the refresh.",
            )

    def step(self, by: int) -> None:
        """Go to the next or the previous observation."""
        place = self.list.currentIndex().row() + by
        if 0 <= place < len(self.observations.sequences):
            self.list.setCurrentIndex(self.observations.index(place))

    def show_observation(self, observation: Fact | Gap, names: Mapping[str, str]) -> None:
        """Show one observation, unless another is wanted by now."""
        place = self.list.currentIndex().row()
        sequences = self.observations.sequences
        if not 0 <= place < len(sequences) or sequences[place] != observation.sequence:
            return
        view = evidence_view(observation, names)
        self.observations.name({observation.sequence: _name(view)})
        count = len(sequences)
        self.position.setText(f"Observation {place + 1:,} of {count:,}" if count > 1 else "One observation")
        self.what.setText(view.title)
        self.gap.say(". ".join(_gap_words(view)) if view.is_gap else "", "")
        self._show_particulars(view, observation.provenance.observed_at)
        self.asked.show_json(view.parameters)
        self._answer = view.answer or view.words
        self.answer.show_json(self._answer)
        self.asked.heading.setText(view.headings[0])
        self.answer.heading.setText(view.headings[1])
        self.asked.setVisible("Asked by" in dict(view.particulars))
        self.answer.show()
        self.copy.setEnabled(bool(self._answer))
        self.duties.show_observation(observation)

    def name_observations(self, observations: Sequence[Fact | Gap], names: Mapping[str, str]) -> None:
        """Give titles to the observations in the list."""
        views = [evidence_view(each, names) for each in observations]
        self.observations.name({each.sequence: _name(each) for each in views})

    def clear_observation(self, what: str, why: str) -> None:
        """Say why no observation is shown."""
        self.position.setText("")
        self.what.setText(what)
        self.gap.say("", "")
        self._fill([("", why)])
        self._answer = ""
        self.copy.setEnabled(False)
        self.duties.show_observation(None)
        for each in (self.asked, self.answer):
            each.hide()

    def _want(self, current: Index) -> None:
        if current.isValid():
            place = current.row()
            self.previous.setEnabled(place > 0)
            self.next.setEnabled(place + 1 < len(self.observations.sequences))
            self.wanted.emit(self.observations.sequences[place])

    def _show_particulars(self, view: EvidenceView, stamp: str) -> None:
        age = f" ({age_words(stamp, self._clock())})"
        self._fill(
            [
                (name, value + age if name in ("Asked at", "Written at") else value)
                for name, value in view.particulars
            ]
        )

    def _fill(self, particulars: list[tuple[str, str]]) -> None:
        while (item := self.particulars.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(particulars):
            if name:
                said = label(name, "quiet")
                said.setAlignment(Qt.AlignmentFlag.AlignTop)
                self.particulars.addWidget(said, row, 0)
            shown = Value(value, "mono" if name in _MONO_VALUES else "")
            shown.setAccessibleName(f"{name}: {value}")
            self.particulars.addWidget(shown, row, 1)

    def _tool(self, icon: str, words: str, do: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("place", "plain")
        button.setProperty("icon-name", icon)
        button.setObjectName(f"drawer.{icon}")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(do)
        return button

    def _tint(self) -> None:
        for button in (self.close_button, self.previous, self.next):
            button.setIcon(self._look.icon(button.property("icon-name")))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        steps = QHBoxLayout()
        steps.addWidget(self.position, 1)
        steps.addWidget(self.previous)
        steps.addWidget(self.next)
        self.particulars.setColumnStretch(1, 1)
        self.particulars.setHorizontalSpacing(GAP * 2)
        self.particulars.setVerticalSpacing(4)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.setSpacing(GAP)
        for each in (self.what, self.gap):
            inner.addWidget(each)
        inner.addLayout(self.particulars)
        inner.addWidget(self.asked)
        inner.addWidget(self.answer)
        inner.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.duties)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("One observation")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, GAP, 12)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(steps)
        column.addWidget(self.list)
        column.addWidget(self._scroll, 1)


def _name(view: EvidenceView) -> str:
    """Return what tells an observation from the others: where, then what."""
    said = dict(view.particulars)
    return f"{said['Account']}, {said['Region']}: {view.title}"


def _gap_words(view: EvidenceView) -> tuple[str, ...]:
    return (f"Could not be read: {view.reason}", view.meaning.removesuffix("."))
