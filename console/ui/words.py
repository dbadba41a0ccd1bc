"""Words on the screen: text that stays text, whoever wrote it, and the forms of numbers and times."""

import html
from datetime import datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.base.clock import parse_stamp
from console.domain.finding import Severity, Verdict
from console.views.names import count_words, when_words
from console.views.table import Cell, Kind

NOT_KNOWN = "not known"
_DAY = timedelta(days=1)
_MIDNIGHT, _DAY_CHARACTERS = "T00:00:00.000Z", 10

VERDICT_ROLES = {
    Verdict.FAIL.value: "fail",
    Verdict.UNKNOWN.value: "unknown",
    Verdict.PASS.value: "pass",
    Verdict.NOT_APPLICABLE.value: "quiet",
}
SEVERITY_ROLES = {
    Severity.CRITICAL.value: "fail",
    Severity.HIGH.value: "fail",
    Severity.MEDIUM.value: "medium",
    Severity.LOW.value: "quiet",
}

STATE_ROLES = {
    "contradicted": ("fail", "fail"),
    "fail": ("fail", "fail"),
    "signature does not match": ("fail", "fail"),
    "shared with the maker": ("fail", "fail"),
    "may be kept": ("fail", "fail"),
    "nothing arrives": ("fail", "fail"),
    "not logged": ("fail", "fail"),
    "expired": ("fail", "due"),
    "in the way": ("fail", "fail"),
    "stopped": ("fail", "fail"),
    "verification failed": ("fail", "fail"),
    "stopped here": ("fail", "fail"),
    "still there": ("fail", "fail"),
    "blocked": ("fail", "close"),
    "plan expired": ("fail", "due"),
    "refused": ("fail", "close"),
    "not seen": ("unknown", "unknown"),
    "not looked at": ("unknown", "unknown"),
    "begun, not finished": ("unknown", "unknown"),
    "not verified": ("unknown", "unknown"),
    "on hold": ("unknown", "due"),
    "requested": ("medium", "unevidenced"),
    "ready for approval": ("medium", "due"),
    "executing": ("medium", "refresh"),
    "approved": ("link", "attested"),
    "executed": ("link", "refresh"),
    "verified": ("pass", "pass"),
    "certified": ("pass", "attested"),
    "under way": ("medium", "refresh"),
    "verified scheduled": ("medium", "due"),
    "step": ("link", "forward"),
    "waiting": ("quiet", "due"),
    "done": ("link", "attested"),
    "verified absent": ("pass", "pass"),
    "stays": ("quiet", "retention"),
    "unknown": ("unknown", "unknown"),
    "awaiting counter-signature": ("unknown", "attested"),
    "review due": ("medium", "due"),
    "ends soon": ("medium", "due"),
    "unevidenced": ("medium", "unevidenced"),
    "part is missing": ("medium", "due"),
    "more than counted": ("medium", "unevidenced"),
    "not yet valid": ("quiet", "due"),
    "attested": ("link", "attested"),
    "valid": ("pass", "attested"),
    "in force": ("medium", "attested"),
    "supported": ("pass", "pass"),
    "pass": ("pass", "pass"),
    "not kept": ("pass", "pass"),
    "all there": ("pass", "pass"),
    "answered": ("pass", "pass"),
    "not served": ("quiet", "unevidenced"),
    "withdrawn": ("quiet", "close"),
    "ended": ("quiet", "close"),
    "not applicable": ("quiet", "not-applicable"),
    "not there": ("quiet", "not-applicable"),
    "no calls": ("quiet", "not-applicable"),
}
"""The colour and the icon of each state, in the order in which they ask for work."""


def verdict_icon(verdict: str) -> str:
    """Return the name of a verdict's icon."""
    return verdict.replace(" ", "-")


def label(text: str = "", words: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that shows its text as it is, markup and all; `words` is its style."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if words:
        made.setProperty("words", words)
    return made


def paragraph(text: str = "", words: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that wraps and can be selected with the mouse."""
    made = label(text, words, parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def caption(text: str) -> str:
    """Return text for a button or a menu, in which an ampersand is an ampersand."""
    return text.replace("&", "&&")


def tooltip(text: str) -> str:
    """Return text for a tooltip; Qt would take anything that looks like HTML for HTML."""
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'


def cell_words(value: Cell, kind: Kind, now: datetime) -> str:
    """Return a cell as it is read."""
    if value is None:
        return NOT_KNOWN
    if kind is Kind.NUMBER and isinstance(value, int | float | Decimal):
        return f"{value:,}"
    if kind is Kind.MONEY and isinstance(value, Decimal):
        return f"{value:,.2f}"
    if kind is Kind.TIME:
        return time_words(str(value), now)
    if kind in (Kind.VERDICT, Kind.SEVERITY, Kind.STATE):
        return str(value).capitalize()
    return str(value)


def time_words(stamp: str, now: datetime) -> str:
    """Return a stamp as a date with its age, or how far ahead it is; what is no stamp stays as it is.

    A day without a time is said without one.
    """
    whole = f"{stamp}{_MIDNIGHT}" if len(stamp) == _DAY_CHARACTERS else stamp
    try:
        ahead = parse_stamp(whole) - now
        far = f"in {count_words(ahead // _DAY, 'day', 'days')}" if ahead >= _DAY else age_words(whole, now)
        when = when_words(whole)
        return f"{when.partition(',')[0] if whole != stamp else when} ({far})"
    except (ValueError, TypeError):
        return stamp


def age_words(stamp: str, now: datetime) -> str:
    """Return how long ago a moment was."""
    age = now - parse_stamp(stamp)
    if age < timedelta(0):
        return "in the future by this machine's clock"
    for size, one, many in (
        (_DAY, "day", "days"),
        (timedelta(hours=1), "hour", "hours"),
        (timedelta(minutes=1), "minute", "minutes"),
    ):
        if age >= size:
            return f"{count_words(age // size, one, many)} ago"
    return "just now"
