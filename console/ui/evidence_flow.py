"""From the store to the frame: loading, refreshing and exporting, and what the officer is told of each."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.domain.selection import EVERYTHING, Selection
from console.ui.desk import Desk
from console.ui.frame import Frame
from console.ui.jobs import Jobs
from console.ui.loader import Found, Loader, State
from console.ui.reading_choice import NEWEST
from console.ui.refresh_run import RefreshRun
from console.ui.words import age_words
from console.views.names import count_words
from console.views.text import inert

_AGE_MILLISECONDS = 60_000


class EvidenceFlow(QObject):
    """Keeps the frame showing the newest evidence, and says so when it cannot."""

    offered = Signal()
    """What can be done now has changed."""

    def __init__(self, desk: Desk, frame: Frame, loader: Loader, jobs: Jobs, clock: Clock) -> None:
        super().__init__(frame)
        self.found = Found(None, is_unfinished=False)
        self.state: State | None = None
        self.refresh_run = RefreshRun(desk.read_event, self)
        self.log_run = RefreshRun(desk.read_event, self, what="The reading of invocation logs")
        self._desk = desk
        self._frame = frame
        self._loader = loader
        self._jobs = jobs
        self._clock = clock
        self._is_off = False
        loader.found.connect(self._show_found)
        loader.described.connect(self._describe)
        loader.page_read.connect(frame.give)
        loader.refused.connect(self._show_unreadable)
        jobs.refused.connect(self._refuse)
        jobs.crashed.connect(self._crash)
        run = self.refresh_run
        run.began.connect(frame.refresh_bar.begin)
        run.began.connect(self._offer)
        run.progressed.connect(frame.refresh_bar.heed)
        run.ended.connect(self._end_refresh)
        run.refused.connect(self._refuse_refresh)
        frame.refresh_bar.cancelled.connect(run.cancel)
        logs = self.log_run
        logs.began.connect(frame.refresh_bar.begin_logs)
        logs.began.connect(self._offer)
        logs.progressed.connect(frame.refresh_bar.heed)
        logs.ended.connect(self._end_logs)
        logs.refused.connect(self._refuse_refresh)
        frame.refresh_bar.cancelled.connect(logs.cancel)
        frame.header.reading.chosen.connect(self.show_reading)
        frame.earlier.asked.connect(lambda: self.show_reading(NEWEST))
        frame.header.refreshing.connect(lambda resume: self.refresh(resume=resume))
        frame.nothing.asked.connect(lambda: self.refresh(resume=self.found.is_unfinished))
        aged = QTimer(self)
        aged.setInterval(_AGE_MILLISECONDS)
        aged.timeout.connect(self._say_state)
        aged.start()

    @property
    def names(self) -> dict[str, str]:
        """The accounts' names, as far as they are known."""
        return self.state.names if self.state else {}

    def load(self) -> None:
        """Read the evidence anew and show it."""
        self._frame.header.state.setText("Reading the evidence store …")
        self._frame.show_pages()
        self._loader.load(self._frame.shown)

    def refresh(self, *, resume: bool = False, selection: Selection = EVERYTHING) -> None:
        """Start reading AWS, or a part of it, in a child process, unless one is."""
        if not self.is_reading:
            self._frame.notice.hide()
            self.refresh_run.start(self._desk.refresh_call(resume=resume, selection=selection))

    def reread(self, selection: Selection) -> None:
        """Read a part anew, unless that would put an end to a refresh that broke off."""
        if self.found.is_unfinished:
            self._frame.notice.say(
                "The last refresh was not finished.",
                "Resume it first: reading a part would end it, and what it had not read would stay unread.",
                is_refusal=True,
            )
            return
        self.refresh(selection=selection)

    @property
    def is_reading(self) -> bool:
        """Tell whether a child process writes to the store."""
        return self.refresh_run.is_running or self.log_run.is_running

    def read_logs(self) -> None:
        """Start reading what is new of invocation logs, unless something else is being read."""
        if not self.is_reading:
            self.log_run.start(self._desk.log_call())

    def abandon(self) -> None:
        """Leave what is under way to be resumed another time."""
        self.refresh_run.abandon()
        self.log_run.abandon()

    def show_reading(self, refresh_id: int) -> None:
        """Show another reading, or the newest again."""
        self._loader.reading = refresh_id
        self.load()

    def tell_of_network(self, is_off: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Say while the computer is off the network that nothing new can be read."""
        self._is_off = is_off
        self._say_offline()

    def export_to(self, file: Path) -> None:
        """Write a signed pack of what is shown."""
        shown = self._loader.reading or None
        self._frame.notice.say("Writing the pack …", "", is_refusal=False)
        self._jobs.start(
            lambda _stopped: self._desk.export_pack(file, refresh_id=shown),
            lambda _made: self._frame.notice.say(
                f"The pack was written to {inert(file)}.",
                "It is signed; anyone who has the public key can verify it.",
                is_refusal=False,
            ),
        )

    def tell_of_change(self, words: str) -> None:
        """Say what was put into the ledger, and read everything anew: it bears on claims."""
        self._frame.notice.say(
            words, "It is in the ledger, and the next checkpoint will be signed over it.", is_refusal=False
        )
        self._loader.load(self._frame.shown)

    def _show_found(self, found: Found) -> None:
        self.found = found
        self._offer()
        if found.latest is not None:
            return
        self.state = None
        self._frame.header.state.setText("No evidence yet")
        if found.is_unfinished:
            self._frame.show_nothing(
                "The first refresh was not finished.",
                "What it read is kept. Resume it to read the rest; nothing is judged before it ends.",
                "Resume refresh",
            )
            return
        self._frame.show_nothing(
            "Nothing has been read yet.",
            "A refresh reads the organisation, account by account and Region by Region, and judges what it "
            "read. It only reads: nothing in AWS is changed. What cannot be read is shown as unknown.",
            "Refresh",
        )

    def _describe(self, state: State) -> None:
        self.state = state
        self._say_state()
        counted = ((state.gaps, "scope", "scopes"), (state.missed, "single thing", "single things"))
        words = " and ".join(count_words(*each) for each in counted if each[0])
        self._frame.header.reading.offer(state.readings, self._loader.reading, self._clock())
        self._say_offline()
        self._say_earlier()
        self._frame.strip.say(
            f"{words} could not be read. Controls that need them answer “unknown”." if words else "",
            "Show what could not be read",
        )

    def _say_state(self) -> None:
        if self.state is not None:
            age = age_words(self.state.finished_at, self._clock())
            self._frame.header.state.setText(f"{self.state.sentence}. Read {age}.")

    def _say_earlier(self) -> None:
        """Say that what is shown is not the newest reading."""
        is_earlier = self._loader.reading != NEWEST
        self._frame.earlier.say(
            "This is an earlier reading. What people did and what is due are as of today."
            if is_earlier
            else "",
            "Show the newest",
        )

    def _say_offline(self) -> None:
        """Say why nothing new can be read, or that AWS could not be reached when this was."""
        unreached = self.state.unreached if self.state else 0
        words = "This computer is off the network. You can work with what was read; a refresh would not reach AWS."
        missed = (
            f"AWS could not be reached for {count_words(unreached, 'question', 'questions')} of this reading."
        )
        said = words if self._is_off else missed if unreached else ""
        self._frame.offline.say(said, "Show what could not be read" if unreached else "")

    def _offer(self) -> None:
        running, found = self.is_reading, self.found
        self._frame.header.offer(
            has_evidence=found.latest is not None, is_running=running, is_unfinished=found.is_unfinished
        )
        self._frame.nothing.button.setEnabled(not running)
        self.offered.emit()

    def _end_refresh(self, state: str) -> None:
        self._frame.refresh_bar.end()
        if state == "cancelled":
            self._frame.notice.say(
                "The refresh was cancelled.",
                "What it read is kept; what it had not read is marked “not attempted”.",
                is_refusal=False,
            )
        self._loader.reading = NEWEST
        self.load()
        if state == "complete":
            self.read_logs()

    def _end_logs(self, _state: str) -> None:
        self._frame.refresh_bar.end()
        self._offer()
        self.load()

    def _refuse_refresh(self, message: str, remedy: str, _code: str) -> None:
        self._frame.refresh_bar.end()
        self._frame.notice.say(message, remedy, is_refusal=True)
        self.load()

    def _refuse(self, error: ConsoleError) -> None:
        self._frame.notice.say(f"{inert(error)} ({error.code})", inert(error.remedy), is_refusal=True)

    def _crash(self, error: Exception) -> None:
        self._frame.notice.say(
            f"This program made a mistake: {type(error).__name__}: {inert(error)}",
            "The evidence is unharmed. Start the program again, and report the line above if it returns.",
            is_refusal=True,
        )

    def _show_unreadable(self, error: ConsoleError) -> None:
        self._frame.header.state.setText("The evidence store could not be read")
        self._frame.show_nothing(f"{inert(error)} ({error.code})", inert(error.remedy), "")
