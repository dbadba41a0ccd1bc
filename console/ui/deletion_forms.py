"""What an officer does about deletions: ask, plan, accept, sign, refuse, hold, carry elsewhere, execute, verify."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console.base.errors import ConsoleError
from console.deletion.case import Case, State
from console.deletion.progress import StepProgress, progress_of_record
from console.deletion.request import GROUNDS
from console.deletion.target import DETAILS, TARGET_WORDS, TargetKind
from console.services.job import Event
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench
from console.views.deletion import IN_THE_WAY, PlanRow, signing_words

_REASON = Field(name="reason", words="Reason")
_HINTS = {
    "source": "Data source id",
    "document": "s3://… or its own id",
    "alias": "Alias id",
    "memory": "Memory id",
    "actor": "The person's id in the memory",
    "days": "7 to 30, while AWS waits",
    "from": "2026-01-01",
    "until": "2026-01-31",
    "value": "The tag's value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to be done about the chosen request."""

    title: str
    words: str
    fields: tuple[Field, ...]
    send: str
    more: Mapping[str, str]
    """What is said besides what is typed."""


class DeletionForms(QObject):
    """The buttons and the form; what is chosen on the page is what they are about."""

    stepped = Signal(str, object)
    """A request's id, and the `StepProgress` of a step as it stands now; comes from the thread that waits."""
    broken = Signal(str)
    """Something was done before the deed was refused: what, in words. The evidence is read anew."""

    def __init__(
        self, bench: Bench, case: Callable[[], Case | None], line: Callable[[], PlanRow | None]
    ) -> None:
        super().__init__()
        self._bench = bench
        self._case = case
        self._line = line
        self.today = ""
        self.form = Form(bench, "deletion.form")
        self.buttons = actions(
            "deletion",
            (
                ("request", "Request deletion …", self.request),
                ("plan", "Make the plan …", self._plan),
                ("accept", "Accept that it stays …", self._accept),
                ("sign", "Approve …", self._sign),
                ("refuse", "Refuse …", self._refuse),
                ("hold", "Hold …", self._hold),
                ("clock", "Clock …", self._clock),
                ("withdraw", "Withdraw …", self._withdraw),
                ("export", "Write to a file …", self._export),
                ("import", "Read a file …", self._import),
                ("runbook", "Runbook …", self._runbook),
                ("execute", "Execute …", self._execute),
                ("verify", "Verify …", self._verify),
                ("certify", "Certificate …", self._certify),
            ),
            barred=bench.read_only,
        )
        self.buttons["request"].setProperty("weight", "primary")

    def enable(self) -> None:
        """Offer what comes next for the chosen request."""
        case, line = self._case(), self._line()
        state = case.state if case else None
        held = state is not None and not (case and case.is_ended)
        done = state in (State.EXECUTED, State.VERIFIED, State.UNVERIFIED, State.CERTIFIED)
        allowed = {
            "plan": held and not done and state is not State.HELD,
            "accept": line is not None and line.sort == IN_THE_WAY and line.remedy.startswith("Accept"),
            "sign": state in (State.READY, State.REFUSED),
            "refuse": state in (State.READY, State.APPROVED, State.BLOCKED),
            "hold": held and not done,
            "clock": held and case is not None and case.ground.is_statutory,
            "withdraw": held and not done and state not in (State.EXECUTING, State.STOPPED),
            "export": case is not None,
            "runbook": state in (State.READY, State.APPROVED),
            "execute": state in (State.APPROVED, State.EXECUTING, State.STOPPED),
            "verify": done,
            "certify": state in (State.VERIFIED, State.CERTIFIED),
        }
        for name, is_allowed in allowed.items():
            self.buttons[name].setEnabled(bool(is_allowed))

    def request(self, begun: Mapping[str, str] | None = None) -> None:
        """Ask for a deletion, of a thing if a row named one."""
        said = begun or {}
        kind = said.get("kind", TargetKind.CUSTOM_MODEL.value)
        names = (
            DETAILS.get(TargetKind(kind), ()) if begun else sorted({n for d in DETAILS.values() for n in d})
        )
        details = tuple(
            Field(
                name=f"detail_{each}",
                words=each.capitalize(),
                hint=_HINTS[each],
                value=said.get(f"detail_{each}", ""),
            )
            for each in names
        )
        fields = (
            Field(
                name="kind",
                words="What it is",
                value=kind,
                choices=tuple((words, each.value) for each, words in TARGET_WORDS.items()),
            ),
            Field(name="name", words="Its ARN or id", value=said.get("name", "")),
            Field(name="account_id", words="Account", hint="Twelve digits", value=said.get("account_id", "")),
            Field(name="region", words="Region", hint="eu-west-2", value=said.get("region", "eu-west-2")),
            *details,
            Field(
                name="ground",
                words="Ground",
                choices=tuple((each.words, each.code) for each in GROUNDS.values()),
            ),
            Field(name="why", words="Reason", hint="One sentence, without names"),
            Field(name="whom", words="Whose data", hint="Kept as a pseudonym; empty if nobody asked"),
            Field(name="received_on", words="Received on", value=self.today),
            Field(name="due_on", words="Due on", hint="Only where no statute sets it"),
            PERSON,
        )
        words = (
            "Asking deletes nothing. A plan is made next, another person signs it, and a third carries it out. The "
            "name of the person concerned becomes a pseudonym and is kept nowhere."
        )
        self._ask(
            "request",
            Deed(title="Request deletion", words=words, fields=fields, send="Sign the request", more={}),
        )

    def _plan(self) -> None:
        words = (
            "AWS is asked now what must go, what is in the way and what stays. Making the plan anew voids what was "
            "signed under the last one."
        )
        self._about("plan", "Make the plan", words, (PERSON,), "Make and sign it")

    def _accept(self) -> None:
        line = self._line()
        if line is not None:
            words = f"{line.words}. It becomes something that stays, with your reason, when the plan is made anew."
            fields = (_REASON, PERSON)
            self._about("accept", "Accept that it stays", words, fields, "Accept", blocker=line.id)

    def _sign(self) -> None:
        case = self._case()
        if case is not None and case.plan is not None:
            words = (
                f"You sign the plan {case.plan.sha256}. You must be somebody else than who asked, with another key; "
                f"AWS is asked who you are. {signing_words(case.plan)}"
            ).strip()
            self._about("sign", "Approve the plan", words, (PERSON,), "Sign")

    def _refuse(self) -> None:
        words = "The plan cannot be carried out then. Your reason is kept and travels with the request."
        self._about("refuse", "Refuse the plan", words, (_REASON, PERSON), "Refuse")

    def _hold(self) -> None:
        how = Field(
            name="how", words="What to do", choices=(("Place a hold", "hold"), ("Lift it", "release"))
        )
        words = "While a hold is on it nothing is approved and nothing is carried out."
        self._about("hold", "Hold", words, (how, _REASON, PERSON), "Do it")

    def _clock(self) -> None:
        choices = (
            ("Stop it: the person was asked something", "stop"),
            ("Let it go on: the answer came", "start"),
            ("Extend by two months", "extend"),
        )
        fields = (
            Field(name="how", words="What to do", choices=choices),
            Field(name="on", words="On", hint="2026-11-24", value=self.today),
            _REASON,
            PERSON,
        )
        words = "UK GDPR Article 12(3): one month; two more for a complex one, if the person is told within the first."
        self._about("clock", "The statutory clock", words, fields, "Set it")

    def _withdraw(self) -> None:
        words = "Nothing more happens to the request. It stays in the ledger."
        self._about("withdraw", "Withdraw", words, (_REASON, PERSON), "Withdraw")

    def _export(self) -> None:
        case = self._case()
        if case is not None:
            fields = (Field(name="file", words="File", value=f"{case.id}.json", opens="save"), PERSON)
            words = "Another console reads it, shows it, signs or refuses it, and sends it back the same way."
            self._about("export", "Write to a file", words, fields, "Write")

    def _import(self) -> None:
        fields = (Field(name="file", words="File of a request", opens="open"),)
        words = "Every signature in it is verified first; what does not count is refused as a whole."
        self._ask("import", Deed(title="Read a file", words=words, fields=fields, send="Keep it", more={}))

    def _runbook(self) -> None:
        fields = (Field(name="folder", words="Folder", value="runbook"),)
        words = "Ordered commands and SSM documents for whoever may delete. The console deletes nothing."
        self._about("runbook", "Write the runbook", words, fields, "Write")

    def _execute(self) -> None:
        case = self._case()
        if case is not None and case.plan is not None:
            typed = f"delete {sum(each.size for each in case.plan.steps)} items for {case.id}"
            fields = (Field(name="confirmed", words="To confirm, type the words", hint=typed), PERSON)
            done = len(case.done)
            again = (
                f"{done:,} of {len(case.plan.steps):,} steps are done and are not repeated; it goes on with the next. "
                if case.state is not State.APPROVED
                else "Everything is looked at once more first. "
            )
            words = f"This cannot be undone. {again}It stops at the first surprise. Type: {typed}"
            self._about("execute", "Carry the plan out", words, fields, "Delete")

    def _verify(self) -> None:
        words = "Each thing is looked for by another operation than the one that deleted it."
        self._about("verify", "Verify", words, (PERSON,), "Verify")

    def _certify(self) -> None:
        fields = (Field(name="folder", words="Folder", value="certificates"), PERSON)
        words = "It says what was verified absent, by which operation and when, and what stays and why."
        self._about("certify", "Issue the certificate", words, fields, "Sign and write")

    def _about(
        self, name: str, title: str, words: str, fields: tuple[Field, ...], send: str, **more: str
    ) -> None:
        case = self._case()
        if case is not None:
            said = {"id": case.id, **more}
            deed = Deed(title=f"{title}: {case.id}", words=words, fields=fields, send=send, more=said)
            self._ask(name, deed)

    def _ask(self, name: str, deed: Deed) -> None:
        do = self._bench.deed

        def send(said: Said) -> str:
            heard: list[StepProgress] = []

            def hear(event: Event) -> None:
                if event["event"] == "step":
                    heard.append(progress_of_record(event))
                    self.stepped.emit(deed.more.get("id", ""), heard[-1])

            try:
                return do(name, {**deed.more, **said}, hear)
            except ConsoleError as error:
                if heard:
                    self.broken.emit(f"{deed.title}. It stopped: {error}")
                raise

        self.form.ask(
            Asking(title=deed.title, explanation=deed.words, fields=deed.fields, send=deed.send, do=send)
        )
