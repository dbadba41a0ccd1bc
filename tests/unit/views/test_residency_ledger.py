from console.views.residency_ledger import away_rows, away_table
from unit.views.usages import MODEL, NAMES, PERSON, sums


def test_only_what_ran_elsewhere_is_in_it_by_who_called_and_which_model() -> None:
    rows = away_rows(sums(), ("eu-west-2",), NAMES)
    assert away_table(rows).cells() == [
        [
            "payments-production",
            "100000000002",
            PERSON,
            MODEL,
            "eu-west-2",
            "eu-west-1",
            5,
            "2026-11-19",
            f"eu.{MODEL}",
        ]
    ]


def test_an_approved_region_is_not_elsewhere() -> None:
    assert away_rows(sums(), ("eu-west-2", "eu-west-1"), NAMES) == ()
    assert len(away_rows(sums(), (), {})) == 3
