"""Going back and forward, as a browser does it."""

from console.ui.page import Target
from console.ui.visited import Visited

A, B, C = (Target(each) for each in "abc")


def been(*targets: Target) -> Visited:
    visited = Visited()
    for each in targets:
        visited.go(each)
    return visited


def test_going_somewhere_new_drops_what_lay_ahead() -> None:
    visited = been(A, B)
    assert visited.back() == A
    visited.go(C)
    assert not visited.can_go_forward
    assert visited.forward() is None
    assert (visited.back(), visited.back()) == (A, None)
    assert visited.forward() == C


def test_the_same_place_twice_is_once() -> None:
    visited = been(A, A, Target("a", {"words": "x"}))
    assert visited.back() == A
    assert not visited.can_go_back


def test_the_line_does_not_grow_without_end() -> None:
    visited = been(*(Target(str(each)) for each in range(500)))
    steps = 0
    while visited.back() is not None:
        steps += 1
    assert steps == 99
