"""What pack is wanted: its scope, for whom it is, and a few words; and how far making it is."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.reports.redaction_rules import MEANINGS, Profile
from console.reports.scope import PackScope
from console.reports.wish import Wanted
from console.ui.form import ActionButton
from console.ui.panes import GAP
from console.ui.words import label, paragraph

_COLUMNS = 4
Choice = tuple[str, str]
"""Words and value."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from."""

    places: tuple[Choice, ...] = ()
    """Units as `unit:ID`, accounts as `account:ID`."""
    controls: tuple[Choice, ...] = ()
    claims: tuple[Choice, ...] = ()


class PackForm(QFrame):
    """Fields over two buttons; while a pack is made, how far that is and a way to stop it."""

    previewing = Signal()
    making = Signal()
    stopping = Signal()

    def __init__(self, remembered: dict[str, str], read_only: str = "") -> None:
        super().__init__()
        self._remembered = remembered
        self.setObjectName("packs.form")
        self.setProperty("place", "form")
        self.place = _choice("packs.place", "Accounts the pack is about")
        self.controls = _choice("packs.controls", "Questions the pack is about")
        self.claims = _choice("packs.claims", "Claims the pack is about")
        self.profile = _choice("packs.profile", "For whom the pack is")
        for each in Profile:
            self.profile.addItem(each.value.capitalize(), each.value)
        self.since = _line("packs.since", "First day of the period", "YYYY-MM-DD, or empty")
        self.until = _line("packs.until", "Last day of the period", "YYYY-MM-DD, or empty")
        self.purpose = _line("packs.purpose", "Purpose", "One sentence for page one")
        self.person = _line("packs.person", "Your name", "Kept in the register of packs")
        self.person.setText(remembered.get("person", ""))
        self.with_pdf = QCheckBox("With a PDF for print and archives")
        self.with_pdf.setObjectName("packs.pdf")
        self.with_pdf.setChecked(True)
        self.meaning = paragraph("", "quiet")
        self.meaning.setObjectName("packs.meaning")
        self.preview = ActionButton("Preview")
        self.preview.setObjectName("packs.preview")
        self.preview.clicked.connect(self.previewing)
        self.make = ActionButton("Make pack …")
        self.make.setObjectName("packs.make")
        self.make.setProperty("weight", "primary")
        self.make.clicked.connect(self.making)
        self.stop = _button("Stop", "packs.stop")
        self.stop.clicked.connect(self.stopping)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the pack is")
        self.doing = paragraph("", "quiet")
        self.doing.setObjectName("packs.doing")
        self.profile.currentIndexChanged.connect(self._say_meaning)
        self._say_meaning()
        self._arrange()
        if read_only:
            self.preview.bar(read_only)
            self.make.bar(read_only)
        self.offer(Choices())
        self.rest(read_only)

    def offer(self, choices: Choices) -> None:
        """Show what there is to choose from; what was chosen stays chosen if it is still there."""
        for box, first, found in (
            (self.place, "Whole organisation", choices.places),
            (self.controls, "All questions", choices.controls),
            (self.claims, "All claims", choices.claims),
        ):
            chosen = box.currentData()
            box.clear()
            for words, value in ((first, ""), *found):
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def wanted(self) -> Wanted:
        """Return what is wanted, as it is in the fields now."""
        sort, _, place = str(self.place.currentData() or "").partition(":")
        self._remembered["person"] = self.person.text()
        return Wanted(
            scope=PackScope(
                units=(place,) if sort == "unit" else (),
                accounts=(place,) if sort == "account" else (),
                controls=_some(self.controls),
                claims=_some(self.claims),
                since=self.since.text().strip(),
                until=self.until.text().strip(),
            ),
            profile=Profile(self.profile.currentData()),
            purpose=self.purpose.text().strip(),
            with_pdf=self.with_pdf.isChecked(),
        )

    def work(self, words: str) -> None:
        """Show that something is under way."""
        self.doing.setText(words)
        self.progress.setRange(0, 0)
        for each in (self.progress, self.stop):
            each.show()
        for each in (self.preview, self.make):
            each.setEnabled(False)

    def tell(self, words: str, done: int, of: int) -> None:
        """Show how far it is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.doing.setText(f"{words} …")

    def rest(self, words: str = "", *, is_refusal: bool = False) -> None:
        """Show that nothing is under way, and what came of the last."""
        self.doing.setText(words)
        self.doing.setProperty("tone", "fail" if is_refusal else "")
        self.doing.style().unpolish(self.doing)
        self.doing.style().polish(self.doing)
        for each in (self.progress, self.stop):
            each.hide()
        for each in (self.preview, self.make):
            each.setEnabled(True)

    def _say_meaning(self) -> None:
        self.meaning.setText(MEANINGS[Profile(self.profile.currentData())])

    def _arrange(self) -> None:
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Accounts", self.place),
            ("Questions", self.controls),
            ("Claims", self.claims),
            ("For whom", self.profile),
            ("From", self.since),
            ("Until", self.until),
            ("Purpose", self.purpose),
            ("Your name", self.person),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(4)
        for at, (words, widget) in enumerate(fields):
            row, column = divmod(at, _COLUMNS)
            grid.addWidget(label(words, "quiet"), row * 2, column)
            grid.addWidget(widget, row * 2 + 1, column)
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for each in (self.make, self.preview, self.stop, self.progress):
            buttons.addWidget(each)
        buttons.addWidget(self.with_pdf)
        buttons.addWidget(self.doing, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 12, 20, 12)
        column_.setSpacing(GAP)
        column_.addLayout(grid)
        column_.addWidget(self.meaning)
        column_.addLayout(buttons)


def _choice(name: str, words: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _line(name: str, words: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(f"{words}. {hint}")
    made.setPlaceholderText(hint)
    return made


def _button(words: str, name: str) -> QPushButton:
    made = QPushButton(words)
    made.setObjectName(name)
    return made


def _some(box: QComboBox) -> tuple[str, ...]:
    return (str(box.currentData()),) if box.currentData() else ()
