"""Asking AWS to count over a log, from the page of hits: what and where, then the estimate, then somebody's consent."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.domain.counting import Engine, Question
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench
from console.views.aws_counts import ENGINES, QUESTIONS, LogChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

_DAYS = 30
_NO_LOG = "No invocation log is known yet. Refresh, so that it is known where the logs are."
_ABOUT = (
    "For logs too large, or too private, to be read here: AWS counts, and only names and counts come back. "
    "First you are told how much would be read and what it would cost; nothing is counted before you agree."
)


class HitCounting(QObject):
    """The button, and the two forms that follow."""

    done = Signal(str)
    """An answer was kept: what to say of it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._logs: Sequence[LogChoice] = ()
        self._estimated: dict[str, str] | None = None
        self.form = Form(bench, "hits.count-form")
        self.form.done.connect(self._go_on)
        made = actions("hits", [("count", "Ask AWS to count …", self._ask)], barred=bench.read_only)
        self.button: QPushButton = made["count"]

    def take(self, logs: Sequence[LogChoice]) -> None:
        """Offer these logs."""
        self._logs = logs
        self.button.setEnabled(bool(logs))
        self.button.setToolTip("" if logs else _NO_LOG)

    def _ask(self) -> None:
        self._estimated = None
        today = self._bench.clock().date()
        fields = (
            Field(
                name="question",
                words="What to count",
                choices=tuple((words, each.value) for each, words in QUESTIONS.items()),
            ),
            Field(
                name="log",
                words="Which log",
                choices=tuple((each.words, str(at)) for at, each in enumerate(self._logs)),
            ),
            Field(
                name="days",
                words="First and last day",
                hint="YYYY-MM-DD to YYYY-MM-DD",
                value=f"{today - timedelta(days=_DAYS)} to {today - timedelta(days=1)}",
            ),
        )
        self.form.ask(
            Asking(
                title="Ask AWS to count",
                explanation=_ABOUT,
                fields=fields,
                send="Estimate",
                do=self._estimate,
            ),
            self.button,
        )

    def _estimate(self, said: Said) -> str:
        """Run in a job: have a child ask AWS how much would be read."""
        log = self._logs[int(said["log"])]
        first, _, last = said["days"].partition(" to ")
        asked = {
            "question": said["question"],
            "engine": log.engine.value,
            "account_id": log.account_id,
            "region": log.region,
            "first_day": first.strip(),
            "last_day": last.strip(),
        }
        return self._bench.deed("count_estimate", asked, _unheard)

    def _go_on(self, words: str) -> None:
        if self._estimated is not None:
            self._estimated = None
            self.done.emit(words)
            return
        estimate: dict[str, Any] = json.loads(words)
        question, engine = Question(estimate["question"]), Engine(estimate["engine"])
        self._estimated = {
            **{
                name: str(estimate[name])
                for name in ("question", "engine", "account_id", "region", "first_day", "last_day")
            },
            "agreed_bytes": str(estimate["bytes"]),
        }
        asked = self._estimated
        self.form.ask(
            Asking(
                title=f"{QUESTIONS[question]}: {ENGINES[engine]}, {asked['first_day']} to {asked['last_day']}",
                explanation=str(estimate["words"]),
                fields=(PERSON,),
                send="Agree, and have it counted",
                do=lambda said: self._bench.deed("count", {**asked, "person": said["person"]}, _unheard),
            ),
            self.button,
        )


def _unheard(_event: object) -> None:
    """Let pass what is said of steps: counting has none."""
