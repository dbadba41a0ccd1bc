"""What an officer makes of a guardrail's hit: reviewed, escalated or a false alarm, with a note, in the ledger."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from console.controls.duties import TRIAGED
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench, Target
from console.ui.words import tooltip
from console.usage.rows import RowValues
from console.views.deletable import request_of
from console.views.hit_rows import logs_of, member_of
from console.views.hits import moment_words, shown_words

_WORDS = {"reviewed": "Reviewed …", "escalated": "Escalated …", "false alarm": "False alarm …"}
_MEANINGS = {
    "reviewed": "You looked at it, and nothing more is to be done.",
    "escalated": "Somebody else must deal with it; say in the note who, and where it is followed.",
    "false alarm": "The guardrail stepped in where it should not have.",
}


class HitTriage(QObject):
    """The buttons and the form; `chosen` gives the hit that they are about."""

    leading = Signal(object)
    """The `Target` of the Deletion page, for the logs of the day of a hit."""

    def __init__(self, bench: Bench, chosen: Callable[[], RowValues | None]) -> None:
        super().__init__()
        self._bench = bench
        self._chosen = chosen
        self.form = Form(bench, "hits.form")
        triage = [
            (each.replace(" ", "-"), _WORDS[each], lambda outcome=each: self._ask(outcome))
            for each in TRIAGED
        ]
        self.buttons = actions(
            "hits", [*triage, ("delete", "Request deletion …", self._delete)], barred=bench.read_only
        )
        self.buttons["delete"].setToolTip(
            tooltip("Of the invocation logs of that day, in its account and Region.")
        )
        self.enable()

    def enable(self) -> None:
        """Offer it where a hit with a request id is chosen."""
        row = self._chosen()
        for button in self.buttons.values():
            button.setEnabled(row is not None and bool(row.request_id))
        self.buttons["delete"].setEnabled(row is not None)

    def _delete(self) -> None:
        row = self._chosen()
        if row is not None:
            self.leading.emit(Target("deletion", request_of(logs_of(row))))

    def _ask(self, outcome: str) -> None:
        row = self._chosen()
        if row is None:
            return
        office = self._bench.office()
        account = member_of(row, "account")

        def do(said: Said) -> str:
            office.triage(row.request_id, account, said["person"], outcome, said["words"])
            return f"Request {row.request_id} is marked “{outcome}”."

        what = f"{shown_words('policy', member_of(row, 'policy'))}, {moment_words(row.time)}"
        self.form.ask(
            Asking(
                title=outcome.capitalize(),
                explanation=f"{what}, request {row.request_id}. {_MEANINGS[outcome]}",
                fields=(
                    Field(name="words", words="Note", hint="What the next reader should know; may be empty"),
                    PERSON,
                ),
                send=f"Mark as {outcome}",
                do=do,
            )
        )
