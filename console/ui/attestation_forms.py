"""What an officer does about attestations: attest, counter-sign, withdraw, carry elsewhere; end an exception."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from console.controls.attestation import Attestation
from console.controls.exceptions import GrantedException
from console.services.attesting import Draft
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench


class AttestationForms(QObject):
    """The buttons and the form; what is chosen on the page is what they are about."""

    def __init__(
        self,
        bench: Bench,
        attestation: Callable[[], Attestation],
        exception: Callable[[], GrantedException],
    ) -> None:
        super().__init__()
        self._bench = bench
        self._attestation = attestation
        self._exception = exception
        self.today = ""
        """The day on which an attestation usually begins."""
        self.form = Form(bench, "attestations.form")
        self.buttons = actions(
            "attestations",
            (
                ("attest", "Attest …", self.attest),
                ("countersign", "Counter-sign …", self._countersign),
                ("withdraw", "Withdraw …", self._withdraw),
                ("export", "Write to a file …", self._export),
                ("import", "Read a file …", self._import),
                ("end", "End exception …", self._end),
            ),
            barred=bench.read_only,
        )
        self.buttons["attest"].setProperty("weight", "primary")

    def enable(self, *, an_attestation: bool, an_exception: bool) -> None:
        """Offer what can be done with what is chosen."""
        for name in ("countersign", "withdraw", "export"):
            self.buttons[name].setEnabled(an_attestation)
        self.buttons["end"].setEnabled(an_exception)

    def attest(self, claim: str = "") -> None:
        """Ask for an attestation, of a claim if one is named."""
        office = self._bench.office()

        def do(said: Said) -> str:
            document = Path(said["document"]) if said["document"].strip() else None
            draft = Draft(
                statement=said["statement"],
                claims=tuple(said["claims"].replace(",", " ").split()),
                person=said["person"],
                valid_from=said["from"],
                valid_until=said["until"],
                review_on=said["review"],
                accounts=tuple(said["accounts"].replace(",", " ").split()),
                document=document,
                artifact_report=said["artifact"].strip(),
            )
            return f"Attestation {office.attest(draft)} is signed."

        fields = (
            Field(name="claims", words="Claims", hint="Such as S10 S37", value=claim),
            Field(name="statement", words="What you vouch for", hint="One sentence"),
            PERSON,
            Field(name="document", words="Document", hint="The file that you checked", opens="open"),
            Field(name="artifact", words="or a report in AWS Artifact", hint="report-…"),
            Field(name="accounts", words="Accounts", hint="None means the whole organisation"),
            Field(name="from", words="Valid from", hint="2026-11-24", value=self.today),
            Field(name="until", words="Valid until", hint="2027-03-31"),
            Field(name="review", words="Review on", hint="Usually some weeks before its end"),
        )
        words = "It is signed with this console's key. The document is hashed, and not kept."
        self.form.ask(Asking(title="Attest", explanation=words, fields=fields, send="Sign", do=do))

    def _countersign(self) -> None:
        attestation = self._attestation()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.countersign(attestation.id, said["person"])
            return f"{attestation.id} is counter-signed."

        words = (
            f"“{attestation.statement}”, signed by {attestation.person}. A counter-signature needs another key: an "
            "attestation of this console is written to a file and signed on a second person's laptop."
        )
        title = f"Counter-sign {attestation.id}"
        self.form.ask(Asking(title=title, explanation=words, fields=(PERSON,), send="Counter-sign", do=do))

    def _withdraw(self) -> None:
        attestation = self._attestation()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.withdraw(attestation.id, said["person"], said["reason"])
            return f"{attestation.id} is withdrawn."

        words = f"“{attestation.statement}” counts no more from now on. It stays in the ledger."
        fields = (Field(name="reason", words="Reason"), PERSON)
        title = f"Withdraw {attestation.id}"
        self.form.ask(Asking(title=title, explanation=words, fields=fields, send="Withdraw", do=do))

    def _export(self) -> None:
        attestation = self._attestation()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.export_attestation(attestation.id, Path(said["file"]))
            return f"{attestation.id} was written to {said['file']}."

        fields = (Field(name="file", words="File", value=f"{attestation.id}.json", opens="save"),)
        words = (
            "A second person counter-signs it with “Read a file”, or `bedrock-console attest countersign`."
        )
        title = f"Write {attestation.id} to a file"
        self.form.ask(Asking(title=title, explanation=words, fields=fields, send="Write", do=do))

    def _import(self) -> None:
        office = self._bench.office()

        def do(said: Said) -> str:
            file = Path(said["file"])
            if said["how"] == "keep":
                attestation_id, new = office.import_attestation(file)
                return f"{attestation_id}: {new:,} new records are kept."
            to = file.with_name(f"{file.stem}.countersigned.json")
            attestation_id = office.countersign_file(file, said["person"], to)
            return f"{attestation_id} is counter-signed in {to}; read that file where it was made."

        how = (("Keep what is new in it", "keep"), ("Counter-sign it into another file", "countersign"))
        fields = (
            Field(name="file", words="File of an attestation", opens="open"),
            Field(name="how", words="What to do", choices=how),
            PERSON,
        )
        words = "Every signature in the file is verified first."
        self.form.ask(Asking(title="Read a file", explanation=words, fields=fields, send="Do it", do=do))

    def _end(self) -> None:
        exception = self._exception()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.end_exception(exception.id, said["person"], said["reason"])
            return f"{exception.id} is ended: its failures count again."

        fields = (Field(name="reason", words="Reason"), PERSON)
        title, words = f"End {exception.id}", f"{exception.control_id}: {exception.reason}"
        asking = Asking(title=title, explanation=words, fields=fields, send="End it", do=do)
        self.form.ask(asking)
