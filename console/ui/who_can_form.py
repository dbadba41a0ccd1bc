"""What an officer says of a call: the action, the resource, and key by key what the request brings along."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from console.policy.catalogue import action as published
from console.policy.request import ANY_RESOURCE
from console.services.enquiry import CallSaid, Given, KeySaid
from console.ui.panes import GAP
from console.ui.words import label

_TOKENS = (
    ("signed as usual", ""),
    ("with a short-term API key", "SHORT_TERM"),
    ("with a long-term API key", "LONG_TERM"),
)
_FIRST_KEYS = (("aws:RequestedRegion", Given.IS, "eu-west-2"), ("aws:SourceVpce", Given.OPEN, ""))
_SHARED_KEYS = (
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalTag/",
    "aws:RequestedRegion",
    "aws:ResourceTag/",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
)
_ANY = "any resource"


class KeyRow:
    """The widgets of one key."""

    def __init__(self, name: str, number: int) -> None:
        self.key = _editable(f"{name}.key.{number}", f"Key {number} of the request")
        self.given = QComboBox()
        self.given.setObjectName(f"{name}.given.{number}")
        self.given.setAccessibleName(f"What is said of key {number}")
        for each in Given:
            self.given.addItem(each.value, each)
        self.value = QLineEdit()
        self.value.setObjectName(f"{name}.value.{number}")
        self.value.setAccessibleName(f"Value of key {number}")
        self.given.currentIndexChanged.connect(self._settle)
        self._settle()

    def set(self, key: str, given: Given, value: str) -> None:
        """Say something of a key."""
        self.key.setEditText(key)
        self.given.setCurrentIndex(self.given.findData(given))
        self.value.setText(value)

    def said(self) -> KeySaid | None:
        """Return what is said of the key; None while none is named."""
        name = self.key.currentText().strip()
        return KeySaid(name, Given(self.given.currentData()), self.value.text().strip()) if name else None

    def _settle(self) -> None:
        self.value.setEnabled(self.given.currentData() == Given.IS)


class WhoCanForm(QFrame):
    """Asks for a call; the answer is somebody else's."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("whocan.form")
        self.setProperty("place", "form")
        self.action = _editable("whocan.action", "The action, such as bedrock:InvokeModel")
        self.action.currentTextChanged.connect(self._offer_keys)
        self.resource = _editable("whocan.resource", "The resource: an ARN, or any resource")
        self.guardrail = QLineEdit()
        self.guardrail.setObjectName("whocan.guardrail")
        self.guardrail.setAccessibleName("ARN of the guardrail that the call names")
        self.guardrail.setPlaceholderText("none")
        self.token = QComboBox()
        self.token.setObjectName("whocan.token")
        self.token.setAccessibleName("How the call is signed")
        for words, value in _TOKENS:
            self.token.addItem(words, value)
        self.rest = QComboBox()
        self.rest.setObjectName("whocan.rest")
        self.rest.setAccessibleName("What is said of every other key")
        for given in (Given.OPEN, Given.ABSENT):
            self.rest.addItem(f"Every other key {given.value}", given)
        self.rest.setToolTip("A key that is left open makes an answer “can, if”, with what must hold.")
        self.through = QCheckBox("Also who can become one of them")
        self.through.setObjectName("whocan.through")
        self.through.setToolTip("By taking on roles, whose trust policies let them in.")
        self.add = QPushButton("Add a key")
        self.add.setObjectName("whocan.add")
        self.add.clicked.connect(self._add_and_go)
        self.send = QPushButton("Ask who can")
        self.send.setObjectName("whocan.send")
        self.send.setProperty("weight", "primary")
        self.send.clicked.connect(self.asked)
        self.rows: list[KeyRow] = []
        self._keys = QGridLayout()
        self._keys.setHorizontalSpacing(GAP)
        self._keys.setVerticalSpacing(4)
        self._arrange()
        for key, given, value in _FIRST_KEYS:
            self._add_row().set(key, given, value)

    def offer(self, actions: Sequence[str], resources: Sequence[str]) -> None:
        """Offer actions and resources to choose from; anything else may be typed."""
        for box, first, choices in (
            (self.action, "bedrock:InvokeModel", actions),
            (self.resource, _ANY, (_ANY, *resources)),
        ):
            said = box.currentText() or first
            box.clear()
            box.addItems(list(choices))
            box.setEditText(said)

    def said(self) -> CallSaid:
        """Return the call as it is described now."""
        resource = self.resource.currentText().strip()
        return CallSaid(
            action=self.action.currentText().strip(),
            resource=ANY_RESOURCE if resource in ("", _ANY) else resource,
            keys=tuple(said for said in (row.said() for row in self.rows) if said is not None),
            rest=Given(self.rest.currentData()),
            guardrail=self.guardrail.text().strip(),
            bearer_token=str(self.token.currentData()),
        )

    def _add_row(self) -> KeyRow:
        row = KeyRow("whocan", len(self.rows) + 1)
        at = len(self.rows)
        self._keys.addWidget(row.key, at, 0)
        self._keys.addWidget(row.given, at, 1)
        self._keys.addWidget(row.value, at, 2)
        self.rows.append(row)
        self._offer_keys()
        return row

    def _add_and_go(self) -> None:
        self._add_row().key.setFocus()

    def _offer_keys(self) -> None:
        known = published(self.action.currentText().strip())
        keys = sorted({*_SHARED_KEYS, *(known.keys if known is not None else ())}, key=str.casefold)
        for row in self.rows:
            said = row.key.currentText()
            row.key.clear()
            row.key.addItems(keys)
            row.key.setEditText(said)

    def _arrange(self) -> None:
        call = QGridLayout()
        call.setHorizontalSpacing(GAP * 2)
        call.setVerticalSpacing(4)
        for column, (words, widget) in enumerate(
            (
                ("Who can do", self.action),
                ("on", self.resource),
                ("with the guardrail", self.guardrail),
                ("signed", self.token),
            )
        ):
            call.addWidget(label(words, "quiet"), 0, column)
            call.addWidget(widget, 1, column)
            call.setColumnStretch(column, 1 if column else 2)
        gloss = label("Circumstances of the call, which AWS calls context keys", "quiet")
        gloss.setToolTip("The caller's own name, account and tags are filled in.")
        for column, share in enumerate((2, 1, 3)):
            self._keys.setColumnStretch(column, share)
        last = QHBoxLayout()
        last.setSpacing(GAP)
        last.addWidget(self.add)
        last.addWidget(self.rest)
        last.addWidget(self.through)
        last.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 12, 20, 12)
        column_.setSpacing(GAP)
        column_.addLayout(call)
        column_.addWidget(gloss)
        column_.addLayout(self._keys)
        column_.addLayout(last)
        column_.addStretch(1)


def _editable(name: str, words: str) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    line = box.lineEdit()
    if line is not None:
        line.setAccessibleName(words)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return box
