"""What a policy really prevents here: everybody asked without it, and with it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout

from console.services.ask import Asked
from console.services.effects import effect_of_policy
from console.ui.ask_bar import AskBar
from console.ui.effect_tables import EffectTables, ShownEffect, shown_effect
from console.ui.grid import RowGrid
from console.ui.jobs import Turn
from console.ui.modes import Panel
from console.ui.page import Bench
from console.ui.panes import GAP
from console.ui.words import label
from console.views.boundaries import Choice
from console.views.effects import About


class PreventsPanel(Panel):
    """Chooses a policy and shows its effect."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._about = About(names={}, evidence={}, policy=())
        self._policies: Mapping[str, tuple[int, ...]] = {}
        self.choice = QComboBox()
        self.choice.setObjectName("prevents.policy")
        self.choice.setAccessibleName("The policy")
        self.send = QPushButton("Ask what it prevents")
        self.send.setObjectName("prevents.send")
        self.send.setProperty("weight", "primary")
        self.send.clicked.connect(self.ask)
        self.bar = AskBar(bench, "prevents.asking")
        self.effect = EffectTables(bench, "prevents")
        self.effect.opening.connect(self.opening)
        self.bar.stopped.connect(
            lambda: self.effect.say_nothing("The question was stopped.", "Nothing is known from it.")
        )
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label("What does this policy prevent here?", "quiet"))
        row.addWidget(self.choice, 1)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.effect, 1)

    def load(self) -> None:
        """Drop a question about evidence that is no longer shown."""
        self.bar.drop()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables of the effect."""
        return self.effect.grids()

    def begin(
        self, asked: Asked, choices: Sequence[Choice], about: About, policies: Mapping[str, tuple[int, ...]]
    ) -> None:
        """Take the organisation to ask and its policies."""
        self.bar.drop()
        self._asked, self._about, self._policies = asked, about, policies
        chosen = self.choice.currentData()
        self.choice.clear()
        for each in choices:
            self.choice.addItem(each.words, each.id)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self.send.setEnabled(bool(choices))
        self.effect.say_nothing(
            "Nobody has been asked yet." if choices else "No policy limits anybody here.",
            "Choose a policy and ask." if choices else "No service or resource control policy was read.",
        )

    def choose(self, policy: str) -> None:
        """Choose a policy and ask."""
        at = self.choice.findData(policy)
        if at >= 0:
            self.choice.setCurrentIndex(at)
            self.ask()

    def ask(self) -> None:
        """Ask everybody without the policy and with it."""
        asked, policy = self._asked, self.choice.currentData()
        if asked is None or not policy:
            return
        about = About(
            names=self._about.names, evidence=self._about.evidence, policy=self._policies.get(policy, ())
        )

        def work(turn: Turn) -> ShownEffect:
            return shown_effect(effect_of_policy(asked, policy, turn), asked, about)

        self.effect.load()
        self.bar.ask(work, self.effect.show_effect)
