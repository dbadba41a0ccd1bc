from datetime import UTC, datetime

import pytest
from botocore.parsers import ResponseParserError
from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from console.base.clock import stamp
from console.collect.errors import reason_of
from console.collect.timestamps import read_timestamp
from console.domain.evidence import GapReason

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(MOMENTS)
def test_every_usual_form_means_what_botocore_takes_it_for(moment: datetime) -> None:
    for said in (
        moment.isoformat(),
        moment.isoformat().replace("+00:00", "Z"),
        moment.isoformat(timespec="seconds").replace("+00:00", "+02:00"),
        moment.timestamp(),
        int(moment.timestamp()),
        moment.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        str(int(moment.timestamp())),
    ):
        assert stamp(read_timestamp(said)) == stamp(parse_timestamp(said))


@pytest.mark.parametrize(
    "said", ["2026-13-40T00:00:00Z", "2026-02-30T00:00:00Z", "soon", "", "2026-01-01T00:00:00z!"]
)
def test_what_means_no_time_is_refused_as_botocore_does(said: str) -> None:
    with pytest.raises(ResponseParserError, match="Invalid timestamp"):
        read_timestamp(said)


@pytest.mark.parametrize("said", [10**20, None, [1]])
def test_what_botocore_stumbles_over_is_a_malformed_answer_too(said: object) -> None:
    with pytest.raises(ResponseParserError) as refused:
        read_timestamp(said)
    assert reason_of(refused.value) is GapReason.MALFORMED
