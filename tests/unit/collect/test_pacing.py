from hypothesis import example, given
from hypothesis import strategies as st

from console.collect.pacing import Bucket, ClientPace, Pacing, Rate

RATES = st.builds(Rate, st.floats(0.5, 50), st.floats(1, 100))
WAITS = st.lists(st.floats(0, 3), min_size=1, max_size=80)


def turns(bucket: Bucket, waits: list[float], *, slowed: frozenset[int] = frozenset()) -> list[float]:
    """Take a place after each wait; return when each turn came."""
    now, found = 0.0, []
    for number, wait in enumerate(waits):
        now += wait
        found.append(now + bucket.take(now))
        if number in slowed:
            bucket.slow_down(now)
    return found


@given(RATES, WAITS)
def test_no_span_of_time_grants_more_than_its_burst_and_its_rate(rate: Rate, waits: list[float]) -> None:
    granted = turns(Bucket(rate, 0.0), waits)
    for first, start in enumerate(granted):
        for last in range(first, len(granted)):
            span = granted[last] - start
            assert last - first + 1 <= rate.burst + span * rate.per_second + 1e-6


@given(RATES, WAITS, st.frozensets(st.integers(0, 79)))
@example(Rate(0.625, 3.0), [0.0, 0.0, 0.0, 3.0], frozenset({0}))
def test_being_slowed_never_grants_more_and_turns_stay_in_order(
    rate: Rate, waits: list[float], slowed: frozenset[int]
) -> None:
    usual, slow = (turns(Bucket(rate, 0.0), waits, slowed=each) for each in (frozenset[int](), slowed))
    assert slow == sorted(slow)
    assert all(later >= sooner - 1e-6 for sooner, later in zip(usual, slow, strict=True))


@given(WAITS)
def test_without_a_published_rate_nothing_waits_until_aws_throttles(waits: list[float]) -> None:
    bucket = Bucket(None, 0.0)
    assert all(bucket.take(float(number)) == 0 for number, _ in enumerate(waits))
    bucket.slow_down(1000.0)
    bucket.take(1000.0)
    assert bucket.take(1000.0) > 0


def test_time_brings_the_pace_back() -> None:
    bucket = Bucket(None, 0.0)
    for number in range(20):
        bucket.take(number / 10)
    bucket.slow_down(2.0)
    waits = [bucket.take(2.0) for _ in range(5)]
    assert waits == sorted(waits)
    assert waits[-1] > 0
    assert bucket.take(100.0) == 0
    assert bucket.take(100.0) == 0


def test_an_echo_of_a_throttling_answer_does_not_slow_again() -> None:
    once, twice = Bucket(Rate(8, 1), 0.0), Bucket(Rate(8, 1), 0.0)
    for bucket in (once, twice):
        bucket.take(0.0)
        bucket.slow_down(1.0)
    twice.slow_down(1.1)
    assert [once.take(2.0) for _ in range(3)] == [twice.take(2.0) for _ in range(3)]


def test_another_account_region_or_service_is_not_slowed() -> None:
    now = [0.0]
    pacing = Pacing(lambda: now[0], {"a": Rate(1, 1), "a:Look": Rate(2, 1)})
    pace = ClientPace(pacing, lambda: "1", "r", "a")
    assert [pace.take("Get") for _ in range(3)] == [0, 1, 2]
    assert [pace.take("Look") for _ in range(3)] == [0, 0.5, 1]
    pace.slow_down("Get")
    for place in (("2", "r", "a"), ("1", "q", "a"), ("1", "r", "b")):
        assert pacing.take(*place, "Get") == 0
    assert [pace.take("Get") for _ in range(2)] == [3, 5]
