"""The window's frame: sidebar, header, bars, pages and drawer in their places."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.ui.bars import Notice, RefreshBar
from console.ui.drawer import Drawer
from console.ui.header import Header
from console.ui.page import Bench, Page, PageWidget
from console.ui.panes import Emptiness, Scrolling, Strip
from console.ui.sidebar import Sidebar
from console.ui.tab_order import follow_layout

_DRAWER_PIXELS = 430


class Frame(QWidget):
    """Holds the window's parts and shows one page, or why there is none.

    A page's widget is made when it is first wanted: making all of them took most of the window's start.
    """

    built = Signal(object)
    """A page's widget that was just made."""

    def __init__(self, pages: Sequence[Page], bench: Bench) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.declared: Mapping[str, Page] = {page.name: page for page in pages}
        self._bench = bench
        self._given: dict[str, Any] = {}
        self.sidebar = Sidebar(pages, bench.look)
        self.header = Header(bench.look)
        self.refresh_bar = RefreshBar()
        self.notice = Notice(bench.look)
        self.strip = Strip(bench.look, "window.strip")
        self.offline = Strip(bench.look, "window.offline", icon="offline")
        self.earlier = Strip(bench.look, "window.earlier", icon="due")
        self.pack = Strip(bench.look, "window.pack", icon="export")
        self.mistaken = Strip(bench.look, "window.mistaken", icon="fail")
        self.widgets: dict[str, PageWidget] = {}
        self._ahead: dict[str, PageWidget] = {}
        """Pages that are made and do not show yet what was read."""
        self._areas: dict[str, Scrolling] = {}
        """In which pages are scrolled where the window is too low for them."""
        self.nothing = Emptiness("window")
        self.nothing.button.setProperty("weight", "primary")
        self.drawer = Drawer(bench)
        self.drawer.hide()
        self.shown = ""
        self._is_empty = False
        self._arrange()

    @property
    def page(self) -> PageWidget:
        """The page that is shown, or would be if there were evidence."""
        return self.widget(self.shown)

    def widget(self, name: str) -> PageWidget:
        """Return a page's widget, showing what was read for it."""
        while name not in self.widgets:
            self._build(name)
        return self.widgets[name]

    def build_next(self) -> bool:
        """Take one step in the making of a page, or make one more part of one; False if all are made."""
        waiting = [name for name in self.declared if name not in self.widgets]
        if waiting:
            self._build(waiting[0])
        return bool(waiting) or any(widget.make_next() for widget in self.widgets.values())

    def _build(self, name: str) -> None:
        """Make a page, put it in its place, or show on it what was read: all at once would hold the window up."""
        if name not in self._ahead:
            self._ahead[name] = self.declared[name].widget(self._bench)
            return
        made = self._ahead[name]
        if name not in self._areas:
            self._areas[name] = Scrolling()
            self._stack.addWidget(self._areas[name])
            self._areas[name].hold(made)
            return
        self.widgets[name] = self._ahead.pop(name)
        self.built.emit(made)
        if name in self._given:
            made.show_evidence(self._given[name])
        else:
            made.load()

    def give(self, name: str, shown: object) -> None:
        """Show on a page what was read for it, now or when its widget is made."""
        self._given[name] = shown
        if name in self.widgets:
            self.widgets[name].show_evidence(shown)
            follow_layout(self.widgets[name])

    def show_page(self, name: str) -> None:
        """Show a page; the drawer was another page's and closes."""
        self.shown = name
        page = self.declared[name]
        self.header.show_page(page.group, page.title)
        self.sidebar.mark(name)
        self.drawer.hide()
        self._settle()

    def show_nothing(self, why: str, what: str, remedy: str) -> None:
        """Show on every page why there is no evidence, and the one thing to do."""
        self._is_empty = True
        self.nothing.say(why, what, remedy)
        for strip in (self.strip, self.earlier):
            strip.say("", "")
        self.drawer.hide()
        self._settle()

    def show_pages(self) -> None:
        """Show pages again, loading."""
        self._is_empty = False
        self._given.clear()
        for widget in self.widgets.values():
            widget.load()
        self._settle()

    def open_drawer(self) -> None:
        """Show the drawer beside the page, which gives way to it."""
        if self.drawer.isHidden():
            self.drawer.show()
            whole = self._split.width()
            self._split.setSizes([whole - _DRAWER_PIXELS, _DRAWER_PIXELS])

    def _settle(self) -> None:
        if not self._is_empty:
            follow_layout(self.widget(self.shown))
        self._stack.setCurrentWidget(self.nothing if self._is_empty else self._areas[self.shown])

    def _arrange(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(4)
        self._split.addWidget(self._stack)
        self._split.addWidget(self.drawer)
        self._split.setStretchFactor(0, 1)
        content = QWidget()
        content.setObjectName("content")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strips = (self.pack, self.mistaken, self.offline, self.earlier, self.strip)
        for each in (self.header, self.refresh_bar, self.notice, *strips):
            column.addWidget(each)
        column.addWidget(self._split, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(content, 1)
