from dataclasses import replace
from datetime import date

import pytest

from console.controls.attestation import Ending
from console.controls.exceptions import Exempting
from console.domain.finding import Verdict
from unit.controls.deeds_made import ONE, TODAY, TWO, exception, finding

FAIL = finding(Verdict.FAIL)


@pytest.mark.parametrize(
    ("changes", "covers"),
    [
        ({}, True),
        ({"account_id": ONE, "region": "eu-west-2", "subject": "arn:*"}, True),
        ({"account_id": TWO}, False),
        ({"region": "us-east-1"}, False),
        ({"subject": "arn:other"}, False),
        ({"control_id": "BR-BBB-001"}, False),
    ],
)
def test_it_covers_the_failures_in_its_scope(changes: dict[str, str], *, covers: bool) -> None:
    assert exception(**changes).covers(FAIL) is covers


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE])
def test_only_a_failure_can_be_excepted_never_what_is_unknown(verdict: Verdict) -> None:
    assert not exception().covers(finding(verdict))


def test_it_holds_to_its_last_day_unless_it_is_ended() -> None:
    made = exception(valid_until="2026-11-23")
    assert made.counts(TODAY)
    assert not made.counts(date(2026, 11, 24))
    ended = replace(made, ending=Ending(by="Jo", at="t", reason="r", sequence=10))
    assert not ended.counts(TODAY)
    assert (made.evidence, ended.evidence) == ((9,), (9, 10))


def test_of_several_the_longest_is_named() -> None:
    long, short = exception(valid_until="2027-01-01"), exception(valid_until="2026-12-01")
    assert Exempting([long, short, exception(valid_until="2026-01-01")], TODAY).of(FAIL) == long
    assert Exempting([exception(account_id=TWO)], TODAY).of(FAIL) is None
    assert Exempting([], TODAY).of(FAIL) is None
    assert exception().words == "excepted until 2026-12-31 by Sam"
