"""Work beside the window."""

from PySide6.QtCore import QObject

from console.ui.jobs import Jobs


def test_what_is_asked_for_after_the_end_is_not_done(qtbot) -> None:
    owner = QObject()
    jobs, done = Jobs(owner), []
    jobs.start(lambda _stopped: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    jobs.close()
    jobs.start(lambda _stopped: 2, done.append)
    assert jobs.pending == 0
    assert done == [1]
