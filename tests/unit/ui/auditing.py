"""A page through Qt's accessibility tree, as a screen reader and the Tab key meet it; and the document of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget

from console.ui import theme
from console.ui.theme import contrast
from console.ui.window import Window

LEAST_PIXELS = 24
"""WCAG 2.2, success criterion 2.5.8."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
_WORDS = {"EditableText": "text box", "ComboBox": "choice", "CheckBox": "check box", "PageTab": "tab"}


@dataclass(frozen=True, slots=True)
class Audit:
    """What was met on a page, and what is wrong with it."""

    page: str
    stops: tuple[str, ...]
    """What Tab reaches on the page itself, in its order: name and role."""
    nameless: tuple[str, ...]
    lost: tuple[str, ...]
    """What takes the keyboard and Tab does not reach."""
    small: tuple[str, ...]
    back: tuple[str, ...]
    """Steps of Tab that go up, and not to the right."""
    untold: tuple[str, ...]
    """Words of the first row that a screen reader is not told."""
    smallest: int
    """Pixels of the smallest button's shorter side."""


def audit(window: Window) -> Audit:
    """Walk about the page that is shown."""
    stops = list(_stops(window))
    buttons = [each for _, _, each in interfaces(window) if isinstance(each, QAbstractButton)]
    return Audit(
        page=window.frame.shown,
        stops=tuple(_told(each) for each in stops),
        nameless=tuple(nameless(window)),
        lost=tuple(lost_to_tab(window)),
        small=tuple(small(buttons)),
        back=tuple(back(stops)),
        untold=tuple(sorted(untold(window))),
        smallest=min(min(each.width(), each.height()) for each in buttons),
    )


def interfaces(of: QObject) -> Iterator[tuple[QAccessible.Role, str, QWidget]]:
    """Yield what a screen reader meets that can take the keyboard: role, name and widget."""
    for widget in (of, *of.findChildren(QWidget)):
        if not isinstance(widget, QWidget) or not widget.isVisibleTo(of.window()) or not takes_keys(widget):
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        yield found.role(), found.text(QAccessible.Text.Name), widget


def takes_keys(widget: QWidget) -> bool:
    """Tell whether Tab should come to a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def nameless(window: Window) -> Iterator[str]:
    """Yield what takes the keyboard and has no name or role."""
    for role, name, widget in interfaces(window):
        if not name.strip() or role is QAccessible.Role.NoRole:
            yield _technical(widget)


def lost_to_tab(window: Window) -> Iterator[str]:
    """Yield what Tab does not reach; of a group of choices one is reached, and the arrow keys go on from there."""
    wanted = {widget for _, _, widget in interfaces(window) if not isinstance(widget, QScrollBar)}
    reached = set(_round(window, len(wanted)))
    groups = {each.group() for each in reached if isinstance(each, QAbstractButton) and each.group()}
    for widget in wanted - reached:
        if not (isinstance(widget, QAbstractButton) and widget.group() in groups):
            yield _technical(widget)


def small(buttons: Iterable[QAbstractButton]) -> Iterator[str]:
    """Yield buttons that are hard to hit."""
    for button in buttons:
        if min(button.width(), button.height()) < LEAST_PIXELS:
            yield f"{button.objectName() or button.text()} {button.width()} by {button.height()}"


def untold(window: Window) -> set[str]:
    """Return the first cell's words if a screen reader is not told them as the model says them, with the heading."""
    grid = window.frame.page.current_grid()
    if not grid.rows.rowCount():
        return set()
    found = QAccessible.queryAccessibleInterface(grid)
    assert found.role() is QAccessible.Role.Table
    assert found.childCount() >= grid.rows.rowCount() * grid.rows.columnCount()
    words = grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    told = {found.child(at).text(QAccessible.Text.Name) for at in range(2 * grid.rows.columnCount() + 1)}
    return {words} - told


def _round(window: Window, count: int) -> Iterator[QWidget | None]:
    """Yield what has the keyboard as Tab goes round and round."""
    for _ in range(2 * count + 20):
        window.focusNextChild()
        yield window.focusWidget()


def back(stops: list[QWidget]) -> Iterator[str]:
    """Yield steps of Tab that go against the way in which a page is read."""
    for first, second in pairwise(stops):
        one, other = (QRect(each.mapToGlobal(QPoint()), each.size()) for each in (first, second))
        goes_up = other.bottom() <= one.top() and other.left() <= one.left()
        goes_left = other.right() <= one.left() and other.top() <= one.top()
        if goes_up or goes_left:
            yield f"{_told(first)} to {_told(second)}"


def _stops(window: Window) -> Iterator[QWidget]:
    """Yield what Tab reaches on the page itself, each once, in order."""
    page = window.frame.page
    met = [(each, page.isAncestorOf(each)) for each in _round(window, 80) if each is not None]
    entered = next(at for at, (before, now) in enumerate(pairwise(met), 1) if now[1] and not before[1])
    yield from dict.fromkeys(each for each, is_within in met[entered:] if is_within)


def _told(widget: QWidget) -> str:
    """Return what a screen reader says of a widget; numbers, which come and go, stand as N."""
    found = QAccessible.queryAccessibleInterface(widget)
    name = re.sub(r"\d[\d,]*", "N", " ".join(found.text(QAccessible.Text.Name).split()))
    return f"{name} ({_WORDS.get(found.role().name, found.role().name.lower())})"


def _technical(widget: QWidget) -> str:
    return f"{widget.objectName()} {type(widget).__name__}"


def row(found: Audit, title: str) -> str:
    """Return a page's row of the document."""
    faults = [len(each) for each in (found.nameless, found.lost, found.back, found.small, found.untold)]
    cells = (title, len(found.stops), *faults, f"{found.smallest} px")
    return f"| {' | '.join(str(each) for each in cells)} |"


def order(found: Audit, title: str) -> str:
    """Return the order of the Tab key on a page."""
    stops = "\n".join(f"{at}. {each}" for at, each in enumerate(found.stops, 1))
    return f"### {title}\n\n{stops}\n"


def document(audits: Iterable[tuple[Audit, str]], themes: Iterable[theme.Theme]) -> str:
    """Return the document: what is held, page by page, colour by colour."""
    audited = list(audits)
    rows = "\n".join(row(*each) for each in audited)
    orders = "\n".join(order(*each) for each in audited)
    colours = "\n".join(_contrasts(each) for each in themes)
    return f"{_HEAD}\n{rows}\n\n{_COLOURS}\n{colours}\n\n{_REST}\n\n{orders}"


def _contrasts(worn: theme.Theme) -> str:
    ratios = {pair: contrast(worn.colours[pair[0]], worn.colours[pair[1]]) for pair in theme.TEXT_ON_GROUND}
    (text, ground), least = min(ratios.items(), key=lambda each: each[1])
    grounds = ("window", "panel", "selection")
    ring = min(
        max(contrast(worn.colours[edge], worn.colours[each]) for edge in ("focus", "focus_edge"))
        for each in grounds
    )
    cells = (worn.id, len(ratios), f"{least:.1f} : 1 ({text} on {ground})", f"{ring:.1f} : 1")
    return f"| {' | '.join(str(each) for each in cells)} |"


_HEAD = """\
# Accessibility

What the tests hold of every page, against WCAG 2.2 at level AA, and what they found. Written from the tests: each
page is walked through with the Tab key, and Qt's accessibility tree is asked what a screen reader would be told.

| page | stops of Tab | without name or role | not reached | against the way of reading | smaller than 24 px | \
cells not told | smallest button |
| --- | --- | --- | --- | --- | --- | --- | --- |"""
_COLOURS = """\
## Colours

The least contrast of all texts on the grounds they stand on (4.5 : 1 is asked), and of the focus ring (3 : 1 is
asked). No colour says anything alone: a verdict has an icon and a word as well.

| theme | pairs measured | least contrast of a text | focus ring |
| --- | --- | --- | --- |"""
_REST = """\
## What else is held

- Everything can be done with the keyboard; `?` lists the keys, and no key is needed at the same time as a mouse.
- A table's cell is told with its column's heading, and a value that is missing as what could not be read, and why.
- Charts have the same numbers in a table.
- In a low window, as at 250 %, pages scroll.
- Nothing flashes.

## What was not tried

The tree that Qt offers was asked, on Linux. No person has worked through the window with NVDA, JAWS, Narrator or
Orca. If you do, tell us where it fails.

## The way of the Tab key

After the sidebar and the header, on each page:"""
