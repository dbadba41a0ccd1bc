from PySide6.QtWidgets import QWidget

from console.ui.showing import WhenShown


def test_what_waits_is_done_when_it_is_shown_and_once_and_of_several_the_last(qtbot) -> None:
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    when = WhenShown(widget)
    when.do(lambda: done.append("first"))
    when.do(lambda: done.append("second"))
    assert done == []
    widget.show()
    assert done == ["second"]
    widget.hide()
    widget.show()
    assert done == ["second"]


def test_what_is_seen_is_done_at_once(qtbot) -> None:
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    widget.show()
    WhenShown(widget).do(lambda: done.append("now"))
    assert done == ["now"]
