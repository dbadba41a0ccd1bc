from dataclasses import replace
from datetime import date

import pytest

from console.controls.attestation import Countersignature, Ending, Standing, counting, due_on, standing
from unit.controls.deeds_made import RULES, attestation

GOOD = Countersignature(person="Sam", at="t", fingerprint="SHA256:b", problem="", sequence=8)
ENDED = Ending(by="Jo", at="t", reason="r", sequence=9)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Standing.VALID),
        ({"valid_until": "2026-12-01"}, Standing.DUE),
        ({"review_on": "2026-11-23"}, Standing.DUE),
        ({"review_on": "2026-11-24", "valid_until": "2026-11-30"}, Standing.VALID),
        ({"valid_until": "2026-11-23"}, Standing.DUE),
        ({"valid_until": "2026-11-22"}, Standing.EXPIRED),
        ({"valid_until": "2026-11-22", "review_on": "2026-12-24"}, Standing.EXPIRED),
        ({"valid_from": "2026-11-24"}, Standing.EARLY),
        ({"withdrawal": ENDED, "valid_until": "2026-11-01"}, Standing.WITHDRAWN),
        ({"problem": "no", "withdrawal": ENDED}, Standing.UNSOUND),
        ({"problem": "no", "countersignatures": (GOOD,)}, Standing.UNSOUND),
    ],
)
def test_an_attestation_stands_for_one_reason(changes: dict[str, object], expected: Standing) -> None:
    made = attestation(**changes)
    assert standing(made, RULES) is expected
    assert bool(counting([made], RULES)) is (expected in (Standing.VALID, Standing.DUE))


def test_expiry_flips_it_by_itself() -> None:
    made = attestation(valid_until="2026-11-23")
    assert counting([made], RULES)
    assert not counting([made], replace(RULES, today=date(2026, 11, 24)))


def test_where_two_must_sign_one_does_not_count() -> None:
    strict = replace(RULES, needs_countersignature=True)
    assert standing(attestation(), strict) is Standing.AWAITING
    assert (
        standing(attestation(countersignatures=(replace(GOOD, problem="no"),)), strict) is Standing.AWAITING
    )
    assert standing(attestation(countersignatures=(GOOD,)), strict) is Standing.VALID


def test_a_review_is_asked_for_some_days_before_the_end() -> None:
    assert due_on(attestation(valid_until="2027-03-31"), RULES) == "2027-03-01"
    assert due_on(attestation(review_on="2027-01-01"), RULES) == "2027-01-01"


def test_it_opens_to_all_that_was_done_to_it() -> None:
    made = attestation(countersignatures=(GOOD,), withdrawal=ENDED)
    assert made.evidence == (7, 8, 9)
    assert attestation().evidence == (7,)


def test_it_says_what_was_checked_and_what_it_is_about() -> None:
    assert attestation().what == "paper.pdf"
    assert attestation(artifact_report="report-1").what == "AWS Artifact report-1"
    assert attestation(document="").what == "no document"
    assert attestation().is_about("1")
    assert not attestation(accounts=("2",)).is_about("1")
