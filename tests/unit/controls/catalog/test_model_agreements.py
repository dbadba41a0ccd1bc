from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.model_agreements import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
AVAILABILITY, TERMS = CONTROL.reads
URL = "https://terms.example/eula.pdf"


def model(status: Any, *, open_: Any = "AVAILABLE", error: Any = None) -> Any:
    payload = {
        "agreementAvailability": {"status": status, "errorMessage": error},
        "entitlementAvailability": open_,
        "authorizationStatus": "AUTHORIZED",
    }
    return fact(AVAILABILITY, "m", payload, sequence=7)


def terms(*urls: Any) -> Any:
    offers = [{"termDetails": {"legalTerm": {"url": each}}} for each in urls]
    return fact(TERMS, "m", {"offers": offers}, sequence=8)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


@pytest.mark.parametrize(
    ("made", "verdict", "word"),
    [
        (model("AVAILABLE"), PASS, "in force"),
        (model("NOT_AVAILABLE"), FAIL, "no agreement was accepted"),
        (model("PENDING"), FAIL, "not concluded"),
        (model("ERROR", error="payment refused"), FAIL, "failed (payment refused)"),
        (model("PENDING", open_="NOT_AVAILABLE"), UNKNOWN, "not call it yet"),
        (model("ERROR", open_="NOT_AVAILABLE"), UNKNOWN, "not call it yet"),
        (model("ERROR", open_=None), UNKNOWN, "whether it may be called"),
        (model("DREAMT"), UNKNOWN, "DREAMT"),
        (model(None), UNKNOWN, "not said"),
    ],
)
def test_a_model_with_terms_needs_an_agreement(made: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, made, terms(URL))
    assert (found.verdict, found.evidence) == (verdict, (7, 8))
    assert word in found.because


def test_the_terms_are_named_where_aws_says_where_they_are() -> None:
    assert f"terms: {URL}" in opinion(CONTROL, model("AVAILABLE"), terms(URL, URL, None)).because
    assert "terms" not in opinion(CONTROL, model("AVAILABLE"), terms()).because


def test_a_model_that_may_be_called_without_terms_or_agreement_is_no_pass() -> None:
    assert opinion(CONTROL, model("NOT_AVAILABLE")).verdict is FAIL


@pytest.mark.parametrize("made", [model("AVAILABLE"), model("NOT_AVAILABLE", open_="NOT_AVAILABLE")])
def test_a_model_without_terms_or_use_needs_none(made: Any) -> None:
    (found,) = ask(CONTROL, [made], empty=[TERMS])
    assert found.verdict is NOT


def test_terms_that_could_not_be_read_are_unknown_and_open_to_the_gap() -> None:
    lost = replace(gap(TERMS, sequence=9), key="m")
    found = [each for each in ask(CONTROL, [model("AVAILABLE")], missing=[lost]) if 7 in each.evidence]
    assert [(each.verdict, each.evidence) for each in found] == [(UNKNOWN, (7, 9))]
