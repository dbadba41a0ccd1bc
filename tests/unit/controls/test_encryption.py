from typing import Any

import pytest

from console.controls.catalog.guardrail_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import opinion
from unit.controls.keys_made import ARN, ID, key


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        (ARN, Verdict.PASS),
        (ID, Verdict.PASS),
        (f"{ID[:-1]}d", Verdict.UNKNOWN),
        ("alias/models", Verdict.UNKNOWN),
        (ARN.replace(f"key/{ID}", "alias/models"), Verdict.UNKNOWN),
    ],
)
def test_a_key_is_known_by_its_arn_or_id_and_an_alias_could_be_any(name: Any, verdict: Any) -> None:
    found = opinion(CONTROL, fact(CONTROL.reads[0], "g", {"kmsKeyArn": name}), key())
    assert found.verdict is verdict
    assert name in found.because
