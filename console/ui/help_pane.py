"""The help, over the window: its pages at the left, the chosen one at the right. It asks nothing of any network."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImageReader, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from console.services.help import WINDOW, help_pages, leads_to, picture
from console.ui.overlays import Overlay
from console.ui.panes import GAP
from console.ui.words import label

_MARGIN = 12
_PICTURE_PIXELS = 680
_POINTS = {1: 16.0, 2: 13.0, 3: 11.0}
"""Sizes of headings."""


class HelpDocument(QTextDocument):
    """A page of the help; its pictures come from the help alone, as wide as the page."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - Qt's own
        """Return a picture, read once; nothing for whatever the help does not have."""
        link = name.toString() if isinstance(name, QUrl) else name
        file = picture(link) if kind == QTextDocument.ResourceType.ImageResource.value else None
        if file is None:
            return None
        reader = QImageReader(str(file))
        reader.setScaledSize(
            reader.size().scaled(_PICTURE_PIXELS, _PICTURE_PIXELS, Qt.AspectRatioMode.KeepAspectRatio)
        )
        image = reader.read()
        self.addResource(kind, name, image)
        return image


class HelpPane(Overlay):
    """Shows the help; F1 opens it where the page that is shown is told of."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "help", (1080, 720))
        self.list = QListWidget()
        self.list.setObjectName("help.pages")
        self.list.setAccessibleName("Pages of the help")
        self.list.setFixedWidth(270)
        self.text = QTextBrowser()
        self.text.setObjectName("help.text")
        self.text.setProperty("place", "detail")
        self.text.setAccessibleName("Help")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.words = QLineEdit()
        self.words.setObjectName("help.find")
        self.words.setAccessibleName("Find words on this page")
        self.words.setPlaceholderText("Find on this page; Enter goes on")
        self.words.textChanged.connect(lambda: self._find(anew=True))
        self.words.returnPressed.connect(lambda: self._find(anew=False))
        self.found = label("", "small")
        self.found.setObjectName("help.found")
        self._name = ""
        self._documents: dict[str, QTextDocument] = {}
        self.list.currentRowChanged.connect(self._choose)
        self._arrange()

    def ask(self, heading: str = "") -> None:
        """Show what is said of a page of the window, or the help as it was left."""
        if not self.list.count():
            self.list.addItems([page.title for page in help_pages()])
        if heading or not self._name:
            self._show(WINDOW)
        self.pop_up(self.text)
        if heading:
            self._go_to(heading)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self._show(help_pages()[row].name)

    def _show(self, name: str) -> None:
        if name == self._name:
            return
        self._name = name
        pages = help_pages()
        at = [page.name for page in pages].index(name)
        if name not in self._documents:
            self._documents[name] = self._document(pages[at].text)
        self.text.setDocument(self._documents[name])
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.list.setCurrentRow(at)
        self.found.clear()

    def _follow(self, link: QUrl) -> None:
        """Go to another page of the help; where a link leads out of it, show its address to be copied."""
        name = leads_to(self._name, link.toString())
        if name is None:
            self.found.setText(f"This leads out of the console: {link.toString()}")
        else:
            self._show(name)

    def _go_to(self, heading: str) -> None:
        """Bring a heading to the top, as far as the page is long, and mark it."""
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                cursor = QTextCursor(block)
                self.text.setTextCursor(cursor)
                bar = self.text.verticalScrollBar()
                bar.setValue(bar.value() + self.text.cursorRect().top() - GAP)
                cursor.select(QTextCursor.SelectionType.LineUnderCursor)
                self.text.setTextCursor(cursor)
                return
            block = block.next()

    def _find(self, *, anew: bool) -> None:
        words = self.words.text()
        if anew:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if not words or self.text.find(words):
            self.found.clear()
            return
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if self.text.find(words):
            self.found.setText("Gone on from the top.")
        else:
            self.found.setText(f"“{words}” is not on this page.")

    def _document(self, text: str) -> QTextDocument:
        """Return a page laid out once, with headings no larger than the window's own.

        Made apart from the browser, which would lay it out again with every step.
        """
        document = HelpDocument(self)
        document.setDefaultFont(self.text.font())
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(text)
        cursor, block = QTextCursor(document), document.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor.setPosition(block.position())
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                sized = QTextCharFormat()
                sized.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                sized.setFontPointSize(_POINTS.get(level, _POINTS[3]))
                cursor.mergeCharFormat(sized)
            block = block.next()
        return document

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.words)
        right.addWidget(self.text, 1)
        right.addWidget(self.found)
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(label("Help", "heading"))
        column.addLayout(row, 1)
        column.addWidget(label("Up and Down choose a page, Tab goes to its text, Esc closes", "small"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
