from typing import Any

import pytest

from console.controls.catalog.residency_global_calls import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import HERE, is_unknown_when_unread
from unit.controls.organised import deny, verdict


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def only_in(*regions: str, operator: str = "StringNotEquals", action: str = "bedrock:*") -> Any:
    return deny(action, Condition={operator: {"aws:RequestedRegion": list(regions)}})


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (only_in("eu-west-2"), Verdict.PASS),
        (only_in("eu-west-2", "unspecified"), Verdict.FAIL),
        (only_in("*", operator="StringNotLike"), Verdict.FAIL),
        (only_in("unspecified", operator="StringEquals"), Verdict.PASS),
        (only_in("us-east-1", "eu-west-1", operator="StringEquals"), Verdict.FAIL),
        (only_in("eu-west-2", action="bedrock:ListFoundationModels"), Verdict.FAIL),
    ],
)
def test_a_list_of_regions_stops_global_calls_only_if_it_leaves_unspecified_out(
    statement: Any, expected: Verdict
) -> None:
    assert verdict(CONTROL, statement)[0] is expected
