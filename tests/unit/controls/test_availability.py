from typing import Any

import pytest

from console.controls.availability import AVAILABILITY, may_call
from fakes import fact


@pytest.mark.parametrize(
    ("entitlement", "authorisation", "expected"),
    [
        ("AVAILABLE", "AUTHORIZED", True),
        ("NOT_AVAILABLE", "AUTHORIZED", False),
        ("AVAILABLE", "NOT_AUTHORIZED", False),
        ("NOT_AVAILABLE", None, False),
        ("AVAILABLE", None, None),
        ("PERHAPS", "AUTHORIZED", None),
        (None, None, None),
    ],
)
def test_a_model_may_be_called_if_both_say_so(entitlement: Any, authorisation: Any, expected: Any) -> None:
    payload = {"entitlementAvailability": entitlement, "authorizationStatus": authorisation}
    assert may_call(fact(AVAILABILITY, "m", payload)) is expected
