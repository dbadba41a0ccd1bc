"""A policy that is only thought of: its effect on the whole organisation, seen before anybody attaches it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.base.errors import ConsoleError
from console.policy.drafting import Draft
from console.services.ask import Asked
from console.services.effects import effect_of_draft
from console.ui.ask_bar import AskBar
from console.ui.effect_tables import EffectTables, ShownEffect, shown_effect
from console.ui.grid import RowGrid
from console.ui.jobs import Turn
from console.ui.modes import Panel
from console.ui.page import Bench
from console.ui.panes import GAP
from console.ui.words import label, paragraph
from console.views.boundaries import Choice
from console.views.effects import About

_FIRST = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "BedrockOnlyInLondon",
      "Effect": "Deny",
      "Action": "bedrock:*",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": {
          "aws:RequestedRegion": "eu-west-2"
        }
      }
    }
  ]
}"""
_SORTS = (
    ("service control (SCP)", "scp"),
    ("resource control (RCP)", "rcp"),
)


class DraftPanel(Panel):
    """The draft at the left, its effect at the right; nothing is sent anywhere."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._about = About(names={}, evidence={}, policy=())
        self.sort = _box("draft.sort", "Sort of policy")
        for words, value in _SORTS:
            self.sort.addItem(words, value)
        self.target = _box("draft.target", "Where it would be attached")
        self.replaces = _box("draft.replaces", "The policy that it would replace")
        self.text = QPlainTextEdit(_FIRST)
        self.text.setObjectName("draft.text")
        self.text.setAccessibleName("The draft, JSON")
        self.text.setTabChangesFocus(True)
        self.send = QPushButton("See its effect")
        self.send.setObjectName("draft.send")
        self.send.setProperty("weight", "primary")
        self.send.clicked.connect(self.ask)
        self.bar = AskBar(bench, "draft.asking")
        self.effect = EffectTables(bench, "draft")
        self.effect.opening.connect(self.opening)
        self.bar.stopped.connect(
            lambda: self.effect.say_nothing("The question was stopped.", "Nothing is known from it.")
        )
        self.bar.refused.connect(self._refuse)
        self._arrange()

    def load(self) -> None:
        """Drop a question about evidence that is no longer shown."""
        self.bar.drop()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables of the effect."""
        return self.effect.grids()

    def begin(self, asked: Asked, places: Sequence[Choice], policies: Sequence[Choice], about: About) -> None:
        """Take the organisation to ask; what was drafted stays."""
        self.bar.drop()
        self._asked, self._about = asked, about
        for box, first, choices in (
            (self.target, (), places),
            (self.replaces, (Choice("", "nothing"),), policies),
        ):
            chosen = box.currentData()
            box.clear()
            for each in (*first, *choices):
                box.addItem(each.words, each.id)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        self.send.setEnabled(bool(places))
        self.effect.say_nothing(
            "The draft has not been tried yet.", "Write a policy, choose where it would be attached, and ask."
        )

    def ask(self) -> None:
        """Ask everybody as it is, and as it would be with the draft."""
        asked, about = self._asked, self._about
        if asked is None:
            return
        draft = Draft(
            sort=str(self.sort.currentData()),
            text=self.text.toPlainText(),
            target=str(self.target.currentData()),
            replaces=str(self.replaces.currentData()),
        )

        def work(turn: Turn) -> ShownEffect:
            return shown_effect(effect_of_draft(asked, draft, turn), asked, about)

        self.effect.load()
        self.bar.ask(work, self.effect.show_effect)

    def _refuse(self, _error: ConsoleError) -> None:
        self.effect.say_nothing("The draft was not tried.", "AWS would not take it: the reason stands above.")

    def _arrange(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(GAP)
        form.setVerticalSpacing(4)
        for row, (words, box) in enumerate(
            (("Sort", self.sort), ("Attached to", self.target), ("Replaces", self.replaces))
        ):
            form.addWidget(label(words, "quiet"), row, 0)
            form.addWidget(box, row, 1)
        form.setColumnStretch(1, 1)
        send = QHBoxLayout()
        send.addWidget(
            paragraph("Nothing leaves this laptop: the draft is not kept and not sent.", "quiet"), 1
        )
        send.addWidget(self.send)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addLayout(form)
        column.addWidget(self.text, 1)
        column.addLayout(send)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(GAP, 0, 0, 0)
        beside.setSpacing(GAP)
        beside.addWidget(self.bar)
        beside.addWidget(self.effect, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([430, 770])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)


def _box(name: str, words: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setMinimumContentsLength(16)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return box
