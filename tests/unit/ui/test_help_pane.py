"""The help over the window, by keyboard."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from console.ui.page import Target
from console.ui.pictures import settle
from unit.ui.estate import FakeDesk


def test_f1_opens_what_is_said_of_the_page_and_escape_returns(opened, qtbot) -> None:
    window = opened()
    window.activateWindow()
    window.go(Target("costs"))
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    pane = window.help
    assert pane.isVisible()
    assert pane.text.textCursor().selectedText() == "Costs"
    assert pane.text.hasFocus()
    window.back()
    assert not pane.isVisible()


def test_pages_are_chosen_words_found_and_links_followed(opened, qtbot) -> None:
    window = opened()
    window.help.ask()
    pane = window.help
    pane.list.setFocus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.text.toPlainText().startswith("What the answers mean")
    qtbot.keyClicks(pane.words, "attested")
    assert pane.text.textCursor().selectedText().lower() == "attested"
    before = pane.text.textCursor().position()
    qtbot.keyClick(pane.words, Qt.Key.Key_Return)
    assert pane.text.textCursor().position() != before or "from the top" in pane.found.text()
    pane.words.setText("no such words")
    assert "not on this page" in pane.found.text()
    pane.text.anchorClicked.emit(QUrl("access.md"))
    assert pane.text.toPlainText().startswith("Access")
    assert pane.list.currentItem().text() == "Access"
    pane.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert pane.found.text() == "This leads out of the console: https://example.org/"
    assert pane.text.toPlainText().startswith("Access")


def test_help_is_there_without_any_evidence(opened) -> None:
    window = opened(FakeDesk(shown=None))
    window.ask_help()
    assert window.help.isVisible()


def test_a_page_shows_its_pictures_no_wider_than_itself_and_none_from_elsewhere(opened) -> None:
    window = opened()
    window.help.ask()
    document = window.help.text.document()
    kind = QTextDocument.ResourceType.ImageResource
    shown = document.resource(kind, QUrl("pictures/overview-light.png"))
    assert 0 < shown.width() <= window.help.text.viewport().width()
    assert document.resource(kind, QUrl("../../README.md")) is None
    assert document.resource(kind, QUrl("https://example.org/a.png")) is None
