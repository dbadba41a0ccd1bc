"""Work beside the window."""

import threading

from PySide6.QtCore import QObject

from console.ui.jobs import Jobs, Rank


def test_what_is_asked_for_after_the_end_is_not_done(qtbot) -> None:
    owner = QObject()
    jobs, done = Jobs(owner), []
    jobs.start(lambda _stopped: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    jobs.close()
    jobs.start(lambda _stopped: 2, done.append)
    assert jobs.pending == 0
    assert done == [1]


def held_up(jobs: Jobs) -> threading.Event:
    """Keep the thread busy, so that what is asked for meanwhile waits."""
    go_on = threading.Event()
    jobs.start(lambda _stopped: go_on.wait(10), lambda _: None)
    return go_on


def test_what_is_awaited_is_done_before_what_may_be_and_the_first_asked_for_first(qtbot) -> None:
    owner = QObject()
    jobs, done = Jobs(owner), []
    go_on = held_up(jobs)
    for name, rank in (("c", Rank.AHEAD), ("a", Rank.AWAITED), ("d", Rank.AHEAD), ("b", Rank.AWAITED)):
        jobs.start(lambda _stopped, name=name: name, done.append, rank=rank)
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 4)
    assert "".join(done) == "abcd"
    jobs.close()


def test_a_job_that_somebody_comes_to_await_overtakes_the_others(qtbot) -> None:
    owner = QObject()
    jobs, done = Jobs(owner), []
    go_on = held_up(jobs)
    made = [jobs.start(lambda _stopped, name=name: name, done.append, rank=Rank.AHEAD) for name in "abc"]
    jobs.hurry(made[2])
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert "".join(done) == "cab"
    jobs.hurry(made[0])  # it has ended: nothing happens
    jobs.close()


def test_what_has_not_begun_is_dropped_at_the_end(qtbot) -> None:
    owner = QObject()
    jobs, done = Jobs(owner), []
    go_on = held_up(jobs)
    jobs.start(lambda _stopped: 1, done.append)
    go_on.set()
    jobs.close()
    qtbot.wait(20)
    assert done == []
