from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.evidence import Fact, GapReason
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.views.comparison import comparison, differences, reading_words
from console.views.inventory import told
from fakes import LONDON, REFRESH, FakeSnapshot, fact, gap

EARLIER = replace(REFRESH, id=1, started_at="2026-11-01T09:00:00.000Z", content_root="aa")
LATER = replace(REFRESH, id=2, content_root="bb")
OTHER = Scope("222233334444", "us-east-1")


def before(*known: Fact, **more: Any) -> FakeSnapshot:
    return FakeSnapshot(known=known, refresh=EARLIER, **more)


def after(*known: Fact, **more: Any) -> FakeSnapshot:
    return FakeSnapshot(known=known, refresh=LATER, **more)


def thing(key: str, payload: dict[str, Any] | None = None, sequence: int = 1) -> Fact:
    return fact("bedrock.guardrail", key, payload or {}, LONDON, sequence)


def whats(earlier: FakeSnapshot, later: FakeSnapshot) -> dict[str, str]:
    return {each.key: each.what for each in differences(earlier, later)}


def test_what_appeared_went_and_changed() -> None:
    old = before(thing("same"), thing("gone"), thing("other", {"a": 1}))
    new = after(thing("same"), thing("new"), thing("other", {"a": 2}))
    assert whats(old, new) == {"gone": "went", "new": "appeared", "other": "changed"}


def test_what_a_reading_could_not_see_neither_went_nor_appeared() -> None:
    blind = [gap("bedrock.guardrail", LONDON)]
    assert whats(before(thing("a")), after(missing=blind)) == {"a": "no longer seen"}
    assert whats(before(missing=blind), after(thing("a"))) == {"a": "not seen before"}
    assert whats(before(thing("a")), after()) == {"a": "no longer seen"}
    single = [replace(gap("bedrock.guardrail", LONDON, GapReason.DENIED), key="a")]
    old, new = before(thing("a"), thing("b")), after(missing=single)
    assert whats(old, new) == {"a": "no longer seen", "b": "went"}
    assert whats(before(thing("a")), after(empty=[("bedrock.guardrail", LONDON)])) == {"a": "went"}


class Waiting(FakeSnapshot):
    def steps(self, kind: str | None = None) -> list[Step]:
        waiting = Step("bedrock.guardrail", LONDON, StepState.PENDING)
        return [waiting] if kind in (None, waiting.kind) else []


def test_a_step_that_waits_saw_nothing() -> None:
    assert whats(before(thing("a")), Waiting(refresh=LATER)) == {"a": "no longer seen"}


def test_counts_costs_and_events_are_no_settings() -> None:
    old = before(fact("ce.cost_by_model", "m", {"Amount": "1"}))
    assert whats(old, after(fact("ce.cost_by_model", "m", {"Amount": "2"}))) == {}


def test_equal_roots_are_equal_readings() -> None:
    new = after(thing("a"))
    assert whats(replace(before(), refresh=replace(EARLIER, content_root="bb")), new) == {}


def test_a_comparison_can_be_stopped() -> None:
    assert list(differences(before(thing("a")), after(), lambda: True)) == []


def test_members_that_differ_are_named_with_both_values() -> None:
    old = thing("g", {"a": {"b": 1, "c": [1]}, "d": "x", "f": 0})
    new = thing("g", {"a": {"b": 2, "c": [1, "\u202e"]}, "e": True, "f": 0}, 2)
    differences_, _ = comparison(before(old), after(new), {LONDON.account_id: "payments"})
    (row,) = differences_.table.rows
    assert (row.account, row.cells[0], row.cells[3]) == ("payments", "changed", "a.b, a.c, d, e")
    assert row.evidence == (1, 2)
    parts = {part.heading: part.words for part in told(row)}
    assert parts["a.b"] == "before: 1\nafter: 2"
    assert parts["a.c"] == 'before: [1]\nafter: [1, "\\u202e"]'
    assert (parts["d"], parts["e"]) == ("before: x\nafter: nothing", "before: nothing\nafter: yes")


def test_a_long_difference_is_cut_and_says_so() -> None:
    old, new = thing("g", {str(at): 1 for at in range(70)}), thing("g", {str(at): 2 for at in range(70)})
    (row,) = comparison(before(old), after(new), {})[0].table.rows
    assert list(told(row))[-1].words == "10 more members differ; the evidence has them"


def event(name: str, at: str, *, key: str, sequence: int, read_only: bool = False) -> Fact:
    inner = {
        "eventName": name,
        "eventTime": at,
        "awsRegion": "eu-west-2",
        "readOnly": read_only,
        "userIdentity": {"arn": "arn:someone"},
        "resources": [{"ARN": key}],
    }
    return fact("cloudtrail.bedrock_event", str(sequence), {"CloudTrailEvent": inner}, LONDON, sequence)


def test_who_changed_it_is_the_newest_call_since_the_earlier_reading_that_names_it() -> None:
    events = [
        event("CreateGuardrail", "2026-10-01T10:00:00Z", key="guardrail-1", sequence=11),
        event("UpdateGuardrail", "2026-11-02T10:00:00Z", key="guardrail-1", sequence=12),
        event("UpdateGuardrail", "2026-11-03T10:00:00Z", key="guardrail-1", sequence=13),
        event("GetGuardrail", "2026-11-04T10:00:00Z", key="guardrail-1", sequence=14, read_only=True),
        event("UpdateGuardrail", "2026-11-05T10:00:00Z", key="guardrail-2", sequence=15),
    ]
    old, new = thing("guardrail-1", {"a": 1}), thing("guardrail-1", {"a": 2}, 2)
    (row,) = comparison(before(old), after(new, *events), {})[0].table.rows
    assert row.cells[4] == "arn:someone, UpdateGuardrail, 3 November 2026, 10:00 UTC"
    assert row.evidence == (1, 2, 12, 13)
    assert list(told(row))[-1].heading == "Calls that name it"
    (unknown,) = comparison(before(old), after(new), {})[0].table.rows
    assert unknown.cells[4] == "CloudTrail does not say"


def test_what_is_not_known_comes_first_and_is_marked() -> None:
    old = before(thing("a"), fact("iam.role", "r", {}, OTHER, 5))
    new = after(thing("b"), missing=[gap("iam.role", OTHER)])
    listing, sums = comparison(old, new, {})
    assert [(row.cells[0], row.is_gap) for row in listing.table.rows] == [
        ("no longer seen", True),
        ("went", False),
        ("appeared", False),
    ]
    assert listing.coverage == (
        "1 no longer seen, 1 went, 1 appeared. 1 gap in the later reading: what lies there is not compared."
    )
    assert [row.cells for row in sums.table.rows] == [
        ("Guardrails (every version)", 1, 1, 0, 0, 0),
        ("IAM roles", 0, 0, 0, 1, 0),
    ]


def test_two_whole_readings_without_a_difference_say_so() -> None:
    listing, _ = comparison(before(thing("a")), after(thing("a")), {})
    assert listing.coverage == "No setting differs. Both were read whole."


def test_a_reading_says_when_it_was() -> None:
    assert (
        reading_words("2026-11-23T09:14:00.000Z", 4, is_whole=True)
        == "Refresh 4, 23 November 2026, 09:14 UTC"
    )


PAYLOADS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2) | st.lists(st.booleans(), max_size=2))
ESTATES = st.dictionaries(st.sampled_from(("g1", "g2", "g3")), PAYLOADS)


@given(ESTATES, ESTATES)
def test_every_thing_is_the_same_or_one_difference(old: dict[str, Any], new: dict[str, Any]) -> None:
    empty = [("bedrock.guardrail", LONDON)]
    found = whats(
        before(*(thing(*each) for each in old.items()), empty=empty),
        after(*(thing(*each) for each in new.items()), empty=empty),
    )
    same = {key for key in old.keys() & new.keys() if (old[key] or {}) == (new[key] or {})}
    assert found.keys() == (old.keys() | new.keys()) - same
    back = whats(
        replace(before(*(thing(*each) for each in new.items()), empty=empty), refresh=EARLIER),
        after(*(thing(*each) for each in old.items()), empty=empty),
    )
    turned = {"went": "appeared", "appeared": "went", "changed": "changed"}
    assert back == {key: turned[what] for key, what in found.items()}
