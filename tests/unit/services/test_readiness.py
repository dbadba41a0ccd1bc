from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.collect.base import Collector
from console.services.readiness import Readiness
from console.services.refresh import discover_collectors

ANY = discover_collectors()[0]


@st.composite
def collectors(draw: st.DrawFn) -> list[Collector]:
    """Return collectors that need only those before them, and something from elsewhere, in any order."""
    count = draw(st.integers(0, 12))
    made = [
        replace(
            ANY,
            kind=f"kind-{number}",
            needs=("elsewhere", *(f"kind-{each}" for each in range(number) if draw(st.booleans()))),
        )
        for number in range(count)
    ]
    return draw(st.permutations(made))


@given(collectors(), st.randoms(use_true_random=False))
def test_each_is_given_out_once_and_only_after_what_it_needs(some: list[Collector], draw) -> None:
    readiness = Readiness(some)
    read: set[str] = set()
    waiting = readiness.next()
    given_out = [each.kind for each in waiting]
    while waiting:
        each = waiting.pop(draw.randrange(len(waiting)))
        assert read | {"elsewhere"} >= set(each.needs)
        read.add(each.kind)
        assert readiness.end(each.kind) is (len(read) == len(some))
        assert readiness.has_read(read | {"elsewhere"})
        more = readiness.next()
        given_out += [each.kind for each in more]
        waiting += more
    assert sorted(given_out) == sorted(each.kind for each in some)
    assert readiness.has_read([each.kind for each in some])


def test_a_kind_is_not_read_before_it_ended() -> None:
    readiness = Readiness([replace(ANY, kind="a", needs=()), replace(ANY, kind="b", needs=("a",))])
    assert [each.kind for each in readiness.next()] == ["a"]
    assert readiness.next() == []
    assert not readiness.has_read(["a"])
    assert not readiness.end("a")
    assert readiness.has_read(["a"])
    assert not readiness.has_read(["a", "b"])
