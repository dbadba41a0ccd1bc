"""What an officer does about findings: note, assign, except; one form at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from console.controls.exceptions import ANY, GrantedException
from console.domain.finding import Verdict
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench, Target
from console.views.deletable import request_of
from console.views.deletion import target_in
from console.views.findings import FindingRow
from console.views.names import account_words, count_words
from console.views.text import inert


class FindingDuties(QObject):
    """The buttons and the form; `chosen` gives the findings that they are about."""

    leading = Signal(object)
    """The `Target` of the Deletion page, for the subject of a finding."""

    def __init__(self, bench: Bench, chosen: Callable[[], Sequence[FindingRow]]) -> None:
        super().__init__()
        self._bench = bench
        self._chosen = chosen
        self.form = Form(bench, "findings.form")
        self.buttons = actions(
            "findings",
            (
                ("note", "Note …", self._note),
                ("assign", "Assign …", self._assign),
                ("except", "Except …", self._except),
                ("delete", "Request deletion …", self._delete),
            ),
            barred=bench.read_only,
        )
        self.enable()

    def enable(self) -> None:
        """Offer what can be done with what is chosen: only a failure can be excepted, only one finding noted."""
        rows = self._chosen()
        self.buttons["note"].setEnabled(len(rows) == 1)
        self.buttons["assign"].setEnabled(bool(rows))
        deletable = len(rows) == 1 and target_in([rows[0].finding.subject]) is not None
        self.buttons["delete"].setEnabled(deletable)
        self.buttons["except"].setEnabled(len(rows) == 1 and rows[0].finding.verdict is Verdict.FAIL)

    def _delete(self) -> None:
        (row,) = self._chosen()
        target = target_in([row.finding.subject])
        if target is not None:
            self.leading.emit(Target("deletion", request_of(target)))

    def _note(self) -> None:
        (row,) = self._chosen()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.note(row.finding.identity, said["person"], said["words"])
            return f"The note to {row.finding.control_id} is kept."

        fields = (Field(name="words", words="Note", hint="What the next reader should know"), PERSON)
        asking = Asking(title="Note", explanation=_about(row), fields=fields, send="Keep the note", do=do)
        self.form.ask(asking)

    def _assign(self) -> None:
        rows = self._chosen()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.assign([row.finding.identity for row in rows], said["person"], said["to"])
            who = said["to"].strip() or "Nobody"
            return f"{who} looks after {count_words(len(rows), 'finding', 'findings')}."

        fields = (
            Field(
                name="to",
                words="Who looks after it",
                hint="Empty: nobody any more",
                value=rows[0].assigned_to,
            ),
            PERSON,
        )
        about = _about(rows[0]) if len(rows) == 1 else count_words(len(rows), "finding", "findings")
        self.form.ask(Asking(title="Assign", explanation=about, fields=fields, send="Assign", do=do))

    def _except(self) -> None:
        (row,) = self._chosen()
        finding = row.finding
        account = account_words(finding.scope.account_id, {finding.scope.account_id: row.account_name})
        office = self._bench.office()

        def do(said: Said) -> str:
            granted = GrantedException(
                id="",
                control_id=finding.control_id,
                account_id=said["account"],
                region=said["region"],
                subject=said["subject"],
                reason=said["reason"],
                approver=said["approver"],
                granted_by=said["person"],
                granted_at="",
                valid_until=said["until"],
            )
            return f"{office.grant(granted, said['person'])} is in force until {said['until']}."

        places = ((account, finding.scope.account_id), ("Every account", ANY))
        regions = ((finding.scope.region, finding.scope.region), ("Every Region", ANY))
        fields = (
            Field(name="reason", words="Reason", hint="Why the failure is acceptable for a time"),
            Field(name="approver", words="Approved by", hint="Who accepts the risk"),
            Field(name="until", words="Last day", hint="2027-03-31"),
            Field(name="account", words="Account", choices=places),
            Field(name="region", words="Region", choices=regions),
            Field(
                name="subject",
                words="Subject",
                hint="* and ? stand for anything",
                value=_escaped(finding.subject),
            ),
            PERSON,
        )
        words = f"{_about(row)} It stays a failure that everybody sees, and contradicts no claim until then."
        self.form.ask(Asking(title="Except", explanation=words, fields=fields, send="Except", do=do))


def _about(row: FindingRow) -> str:
    return f"{row.finding.control_id} {row.finding.verdict.value} for {row.subject}: {row.because}."


def _escaped(subject: str) -> str:
    """Return a pattern that only the subject itself matches."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in subject)


def title_of(row: FindingRow) -> str:
    """Say the verdict and its reason, and what people said about it."""
    said = [f"{row.finding.verdict.value.capitalize()}: {row.because}"]
    if row.exception:
        said.append(f"It is {inert(row.exception.words)}: {inert(row.exception.reason)}")
    if row.assigned_to:
        said.append(f"{row.assigned_to} looks after it")
    said += [f"{inert(note.by)} noted: {inert(note.words)}" for note in row.notes]
    return ". ".join(said)
