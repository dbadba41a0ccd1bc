"""What can be done with one observation: see its place in the signed ledger, and report a problem with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.evidence import Fact, Gap
from console.domain.finding import Identity
from console.ui.flow import FlowLayout
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.observations import JsonBox
from console.ui.page import Bench, Target
from console.ui.panes import GAP
from console.ui.words import paragraph
from console.views.deletable import request_of, target_of
from console.views.names import kind_words
from console.views.proof import Proof, proof_lines, proof_sentence
from console.views.text import inert


class EvidenceDuties(QWidget):
    """Buttons, what they show, and the form."""

    changed = Signal(str)
    """A problem was put into the ledger: what was done, in words."""
    leading = Signal(object)
    """The `Target` of the Deletion page, for what was observed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._observation: Fact | Gap | None = None
        self.buttons = actions(
            "drawer",
            (
                ("prove", "Show the proof", self._prove),
                ("report", "Report a problem …", self._report),
                ("delete", "Request deletion …", self._delete),
            ),
            barred=bench.read_only,
        )
        self.form = Form(bench, "drawer.form")
        self.form.done.connect(self.changed)
        self.sentence = paragraph("")
        self.sentence.setObjectName("drawer.proof.sentence")
        self.proof = JsonBox("drawer.proof", "Hashes")
        todo = QWidget()
        flow = FlowLayout(GAP, todo)
        for button in self.buttons.values():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(todo)
        for each in (self.form, self.sentence, self.proof):
            column.addWidget(each)
        self.show_observation(None)

    def show_observation(self, observation: Fact | Gap | None) -> None:
        """Offer what can be done with an observation; nothing, if none is shown."""
        self._observation = observation
        self.form.hide()
        for each in (self.sentence, self.proof):
            each.hide()
        for button in self.buttons.values():
            button.setVisible(observation is not None)
        self.buttons["delete"].setVisible(target_of(observation) is not None)

    def _delete(self) -> None:
        target = target_of(self._observation)
        if target is not None:
            self.leading.emit(Target("deletion", request_of(target)))

    def _prove(self) -> None:
        seen = self._observation
        if seen is None:
            return
        desk = self._bench.desk()
        self._bench.jobs.start(
            lambda _stopped: desk.proof(seen.sequence), lambda proof: self._show_proof(seen, proof)
        )

    def _show_proof(self, about: Fact | Gap, proof: Proof | None) -> None:
        if about is not self._observation:
            return
        self.sentence.setText(proof_sentence(proof))
        self.sentence.show()
        if proof is not None:
            self.proof.show_json("\n".join(proof_lines(proof)))
            self.proof.show()

    def _report(self) -> None:
        seen = self._observation
        if seen is None:
            return
        office = self._bench.office()
        subject = f"observation {seen.sequence}: {seen.kind} {seen.key}".strip()
        identity = Identity("", seen.scope.account_id, seen.scope.region, subject)

        def do(said: Said) -> str:
            office.note(identity, said["person"], said["words"])
            return "The problem is kept in the ledger, among the notes on the Attestations page."

        fields = (
            Field(name="words", words="What is wrong with it", hint="What you expected instead"),
            PERSON,
        )
        what = f"{kind_words(seen.kind)}: {inert(seen.key) or 'the whole scope'}"
        about = f"About {what}. It is kept as a note and sent to nobody."
        asking = Asking(title="Report a problem", explanation=about, fields=fields, send="Keep it", do=do)
        self.form.ask(asking, self.buttons["report"])
