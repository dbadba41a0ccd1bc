import pytest

from console.domain.counting import Question
from console.usage.counted import BadCountError, held_rows

ARN = "arn:aws:sts::111122223333:assumed-role/app/"
HITS = ("day", "policy", "type", "action", "account", "caller", "hits")


def test_rows_are_held_to_names_and_alike_ones_are_added_up() -> None:
    rows = held_rows(
        Question.HITS,
        HITS,
        [
            ("2026-11-20 00:00:00.000", "topic", None, None, None, None, "3"),
            ("2026-11-20", "topic", None, None, None, None, "2.0"),
            (None, None, None, None, "111122223333", f"{ARN}1732888888123456789", "1"),
            (None, None, None, None, "111122223333", f"{ARN}1732888888123456790", "1"),
            (None, "words of a prompt", "<b>x</b>\n", "LET PASS", None, None, "1"),
            (None, "", "", "INTERVENED", None, None, "1"),
        ],
    )
    assert rows == [
        (("2026-11-20", "topic", None, None, None, None), 5),
        ((None, None, None, None, "111122223333", f"{ARN}*"), 2),
        ((None, "", "", "INTERVENED", None, None), 1),
        ((None, "(not a name)", "(not a name)", "(not a name)", None, None), 1),
    ]


def test_a_column_that_an_engine_does_not_return_is_not_asked_by() -> None:
    rows = held_rows(
        Question.HITS, ("hits", "caller", "day", "account"), [("4", f"{ARN}jo", "2026-11-20", "")]
    )
    assert rows == [(("2026-11-20", None, None, None, "", f"{ARN}jo"), 4)]
    rows = held_rows(Question.COVERAGE, ("day", "account", "region", "calls"), [("soon", "1", "", "4")])
    assert rows == [((None, "(not a name)", "(not a name)", ""), 4)]
    rows = held_rows(Question.COVERAGE, ("day", "calls"), [("", "4")])
    assert rows == [((None, "", None, None), 4)]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (("day", "account"), ("2026-11-20", "1")),
        (("day", "calls"), ("2026-11-20",)),
        (("day", "calls"), ("2026-11-20", "many")),
        (("day", "calls"), ("2026-11-20", None)),
        (("day", "calls"), ("2026-11-20", "-1")),
        (("day", "calls"), ("2026-11-20", "inf")),
    ],
)
def test_an_answer_that_is_no_count_is_refused(columns: tuple[str, ...], row: tuple[str | None, ...]) -> None:
    with pytest.raises(BadCountError):
        held_rows(Question.COVERAGE, columns, [row])
