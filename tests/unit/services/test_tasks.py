import threading

import pytest

from console.collect.retries import StoppedError
from console.services.tasks import Tasks, threads_for


def test_tasks_may_add_tasks_and_all_are_waited_for() -> None:
    done: list[int] = []
    with Tasks(4, threading.Event()) as tasks:

        def task(depth: int) -> None:
            done.append(depth)
            for _ in range(3 if depth else 0):
                tasks.submit(lambda: task(depth - 1))

        tasks.submit(lambda: task(3))
        tasks.drain()
    assert len(done) == 1 + 3 + 9 + 27


def test_those_of_a_lower_rank_go_first_and_in_their_order() -> None:
    done: list[str] = []
    held = threading.Event()
    with Tasks(1, threading.Event()) as tasks:
        tasks.submit(lambda: held.wait(10))
        for name, rank in (("c", 2), ("a", 0), ("b", 1), ("A", 0)):
            tasks.submit(lambda name=name: done.append(name), rank)
        held.set()
        tasks.drain()
    assert done == ["a", "A", "b", "c"]


def test_the_first_error_stops_the_others_and_is_raised() -> None:
    done: list[int] = []

    def broken() -> None:
        raise ZeroDivisionError

    with Tasks(1, threading.Event()) as tasks:
        tasks.submit(broken)
        tasks.submit(lambda: done.append(1))
        with pytest.raises(ZeroDivisionError):
            tasks.drain()
        tasks.stop(KeyError())
        with pytest.raises(ZeroDivisionError):
            tasks.drain()
    assert done == []


def test_a_task_that_hangs_is_left_behind_when_the_refresh_is_cancelled() -> None:
    cancelled, hung, done = threading.Event(), threading.Event(), []
    with Tasks(1, cancelled) as tasks:
        tasks.submit(lambda: hung.wait(30))
        tasks.submit(lambda: done.append(1))
        cancelled.set()
        tasks.drain()
    assert tasks.stopped
    hung.set()
    assert done == []


def test_a_call_that_was_stopped_is_no_error() -> None:
    def stopped() -> None:
        raise StoppedError

    with Tasks(1, threading.Event()) as tasks:
        tasks.submit(stopped)
        tasks.drain()
    assert not tasks.stopped


def test_a_task_of_a_lane_is_done_by_its_threads_and_any_other_by_whichever_is_free() -> None:
    done: list[tuple[int, int | None]] = []
    both = threading.Barrier(2)
    with Tasks(4, threading.Event()) as tasks:
        tasks.share_out(2)
        for number in range(200):
            lane = (0, 1, None)[number % 3]
            tasks.submit(lambda lane=lane: done.append((tasks.lane, lane)), lane=lane)
        tasks.drain()
        assert len(done) == 200
        assert all(wanted in (at, None) for at, wanted in done)
        for lane in range(2):  # each lane has a thread although the other's is held
            tasks.submit(lambda: both.wait(10), lane=lane)
        tasks.drain()
    assert tasks.lane == 0


def test_there_are_no_more_lanes_than_threads() -> None:
    lanes: list[int] = []
    with Tasks(1, threading.Event()) as tasks:
        tasks.share_out(3)
        tasks.submit(lambda: lanes.append(tasks.lane))
        tasks.drain()
    assert lanes == [0]


def test_there_are_threads_to_spare_for_each_call_that_is_granted() -> None:
    assert threads_for(1) > 1
    assert threads_for(16) >= 24
