from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.clock import parse_stamp, stamp, system_clock

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1), timezones=ZONES))
def test_a_stamp_names_the_same_moment_to_the_millisecond(moment: datetime) -> None:
    assert abs(parse_stamp(stamp(moment)) - moment) < timedelta(milliseconds=1)


def test_stamps_sort_as_moments_do() -> None:
    early = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    late = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert stamp(early) < stamp(late)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 11, 23))


def test_the_machines_time_has_a_zone() -> None:
    assert system_clock().tzinfo is UTC
