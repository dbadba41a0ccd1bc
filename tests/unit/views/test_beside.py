from dataclasses import replace

import pytest

from console.domain.refresh import Step, StepState
from console.views.beside import Beside, Seen, as_cell, at
from fakes import LONDON, FakeSnapshot, fact, gap


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        ("", None),
        (False, "no"),
        (3, 3),
        (2.5, 2.5),
        ([], "none"),
        (["a", None], "a, None"),
        ({"b": "\u202e"}, '{"b": "\\u202e"}'),
        ("\x1b", "\\u001b"),
    ],
)
def test_any_value_is_fit_for_a_cell(value: object, cell: object) -> None:
    assert as_cell(value) == cell


def test_a_path_through_what_is_no_object_ends_in_nothing() -> None:
    assert at({"a": 1}, "a.b") is None


def seen(*, missing: bool = False) -> Seen:
    known = [
        fact("a.thing", "k", {}, LONDON, 1),
        fact("a.part", "p", {"of": "k"}, LONDON, 2),
        fact("a.part", "q", {"of": "l"}, LONDON, 3),
    ]
    gaps = [replace(gap("a.part", LONDON, sequence=4), key="r")] if missing else []
    return Seen(known[0], Beside(FakeSnapshot(known=known, missing=gaps), ("a.thing", "a.part")))


def test_parts_are_counted_and_counted_as_evidence() -> None:
    whole = seen()
    assert whole.count("a.part", "of", "k") == 1
    assert whole.count("a.part") == 2
    assert whole.evidence == (1, 2, 3)


def test_a_count_with_a_gap_is_no_number() -> None:
    assert seen(missing=True).count("a.part", "of", "k") == "1; others could not be read: denied"
    assert seen(missing=True).count("a.part", "of", "nobody") == "could not be read: denied"


def test_a_gap_of_another_thing_hides_nothing_of_this_one() -> None:
    assert seen(missing=True).other("a.part", "p") == "yes"
    assert seen(missing=True).other("a.part", "s") == "none"
    assert seen(missing=True).other("a.part", "r") == "could not be read: denied"


class Waiting(FakeSnapshot):
    def steps(self, kind: str | None = None) -> list[Step]:
        return [Step("a.part", LONDON, StepState.PENDING)] if kind in (None, "a.part") else []


def test_a_step_that_waits_says_so() -> None:
    waiting = Seen(fact("a.thing", "k", {}), Beside(Waiting(), ("a.thing", "a.part")))
    assert waiting.other("a.part", "p") == "not read yet"
