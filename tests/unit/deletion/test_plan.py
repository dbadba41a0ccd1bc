"""Plans: equal ones have equal bytes, and their steps come in an order that respects what they wait for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical
from console.deletion.blockers import BLOCKERS, blocker
from console.deletion.plan import Plan, Residual, Step, Unread, differences, ordered, plan_of
from unit.deletion.made import plan, step


@st.composite
def graphs(draw: st.DrawFn) -> list[Step]:
    """Steps of which each may wait for any that were made before it."""
    made: list[Step] = []
    for number in range(draw(st.integers(0, 9))):
        before = draw(st.sets(st.sampled_from(made), max_size=3)) if made else set()
        made.append(step(f"thing {number}", sorted(each.id for each in before)))
    return made


# Steps hold dictionaries, so sets of them are drawn by place.
Step.__hash__ = lambda self: hash(self.id)  # type: ignore[method-assign]


@given(graphs(), st.randoms())
def test_each_step_comes_after_those_it_waits_for_whatever_the_order_of_finding(
    steps: list[Step], random: object
) -> None:
    shuffled = list(steps)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = ordered(shuffled)
    places = {each.id: place for place, each in enumerate(found)}
    assert all(places[before] < places[each.id] for each in found for before in each.after)
    assert found == ordered(steps)
    assert plan(*shuffled).sha256 == plan(*steps).sha256


@given(graphs())
def test_a_plan_says_the_same_when_it_is_read_again(steps: list[Step]) -> None:
    made = plan(*steps)
    assert plan_of(made.record()) == made
    assert canonical(plan_of(made.record()).record()) == canonical(made.record())


def test_steps_that_wait_for_each_other_or_for_nothing_are_no_plan() -> None:
    one, two = step("one"), step("two")
    with pytest.raises(ValueError, match="circle"):
        ordered([replace(one, after=(two.id,)), replace(two, after=(one.id,))])
    with pytest.raises(ValueError, match="no step"):
        ordered([replace(one, after=("ST-nothing",))])


def test_any_change_is_another_plan() -> None:
    made = plan()
    changed = [
        replace(made, request_id="DR-1"),
        replace(made, expires_at="2026-11-28T10:00:00.000Z"),
        plan(step("two")),
        replace(made, steps=(replace(made.steps[0], state_sha256="0"),)),
        replace(made, residuals=(Residual(subject="a", words="b", reason="c", expires="d"),)),
    ]
    assert len({each.sha256 for each in (made, *changed)}) == 6
    assert replace(made, made_at="x").found_sha256 == made.found_sha256


@pytest.mark.parametrize("spoil", ["format", "more", "order"])
def test_what_is_no_plan_is_refused(spoil: str) -> None:
    first = step("one")
    record = plan(first, step("two", [first.id])).record()
    if spoil == "format":
        record["format"] = "other"
    if spoil == "more":
        record["note"] = "hidden"
    if spoil == "order":
        record["steps"] = record["steps"][::-1]
    with pytest.raises(ValueError, match=r"format|more|order"):
        plan_of(record)


def test_differences_name_what_is_otherwise() -> None:
    seen = Unread(subject="copies", operation="o", reason="denied", detail="d")
    held = blocker("retain", "source", "keeps")
    before = plan(step("one"), step("two"), step("three"))
    after = replace(
        plan(step("one"), step("three", state_sha256="0"), step("four")), blockers=(held,), unread=(seen,)
    )
    said = "; ".join(differences(before, after))
    for words in (
        "two is no longer there",
        "four is new",
        "three has changed",
        "source is in the way",
        "copies could not be read",
    ):
        assert words in said
    assert "source no longer is in the way" in differences(after, before)
    assert differences(before, before) == ()


def test_every_kind_of_blocker_is_in_plain_words() -> None:
    assert all(each.words[0].isupper() and not each.words.endswith(".") for each in BLOCKERS.values())
    assert plan(blockers=(blocker("commitment", "a", "b"),)).is_blocked


def test_what_was_not_seen_blocks_as_much_as_what_is_in_the_way() -> None:
    seen = Unread(subject="copies", operation="o", reason="denied", detail="d")
    assert plan(unread=(seen,)).is_blocked
    assert isinstance(plan(), Plan)
    assert not plan().is_blocked
