import dataclasses
from decimal import Decimal

import pytest

from console.base.settings import SettingsError
from console.collect.counting import Outcome, Workgroup
from console.domain.counting import Asking, Engine, Question
from console.services import counting
from console.services.count_estimate import Estimate, estimate_record, price_of, size_words
from console.services.counting import CountingSetUpError, engine_for
from console.services.log_places import LogPlace

GOOD = Workgroup(name="w", is_enabled=True, is_enforced=True, output="s3://answers/", cutoff=None)
ASKING = Asking(
    question=Question.COVERAGE,
    engine=Engine.ATHENA,
    account_id="111122223333",
    region="eu-west-2",
    first_day="2026-11-01",
    last_day="2026-11-02",
)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_enabled": False}, "switched off"),
        ({"is_enforced": False}, "does not enforce"),
        ({"output": ""}, "names no place"),
    ],
)
def test_a_workgroup_that_leaves_it_to_the_client_is_refused(change: dict[str, object], why: str) -> None:
    counting._check_workgroup(GOOD)
    with pytest.raises(CountingSetUpError, match=why):
        counting._check_workgroup(dataclasses.replace(GOOD, **change))  # type: ignore[arg-type]


def test_a_price_is_exact_or_not_known_and_anything_else_is_refused() -> None:
    assert price_of("k", "5.00", 2**40, 2**40) == Decimal("5.0000")
    assert price_of("k", "5.00", 10 * 2**20, 2**40) == Decimal("0.0000")
    assert price_of("k", "", 2**40, 2**40) is None
    for said in ("five", "NaN", "-1", "Infinity"):
        with pytest.raises(SettingsError, match=r"counting\.k"):
            price_of("k", said, 1, 1)


def test_an_answer_that_is_cut_off_or_malformed_says_so() -> None:
    outcome = Outcome(query_id="q", columns=("day", "calls"), rows=[("2026-11-01", "2")] * 50_000)
    rows, problem = counting._held(ASKING, outcome, ())
    assert rows == [((None, "2026-11-01", None, None), 100_000)]
    assert problem == "cut off after 50,000 rows, those with the most first"
    bad = dataclasses.replace(outcome, rows=[("2026-11-01", "many")])
    assert counting._held(ASKING, bad, ())[1].startswith("malformed answer: ")
    assert counting._held(ASKING, dataclasses.replace(outcome, problem="denied: no"), ()) == (
        [],
        "denied: no",
    )
    assert counting._held(ASKING, dataclasses.replace(outcome, rows=[]), ()) == ([], "")


def test_an_estimate_says_what_is_not_known_and_what_has_no_limit() -> None:
    made = Estimate(
        asking=ASKING, size=3 * 2**40, price=None, cutoff=None, writes_to="s3://answers/", is_small=False
    )
    assert made.words == (
        "3.0 TB would be read at AWS, what that costs is not known. The workgroup has no limit. "
        "The answer is written to: s3://answers/."
    )
    small = dataclasses.replace(made, size=1_024, price=Decimal("0.01"), is_small=True)
    assert small.words.startswith("1.0 KB would be read at AWS, about 0.01 USD.")
    assert small.words.endswith("`usage read`.")
    assert estimate_record(small)["price_usd"] == "0.01"
    assert size_words(1) == "1 bytes"


def test_who_counts_where_nobody_chose() -> None:
    place = LogPlace(account_id="1", region="r", bucket="b", prefix="p")
    assert engine_for([place], "1", "r") is Engine.ATHENA
    assert engine_for([place], "2", "r") is Engine.INSIGHTS
