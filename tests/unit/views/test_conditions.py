import pytest

from console.policy.truth import Leaf, Not, Truth, conjoin, disjoin
from console.views.conditions import condition_in_words


def leaf(operator: str, key: str, *values: str) -> Leaf:
    return Leaf(operator, key, values, variables=True, source="p#1")


VPCE = leaf("StringEquals", "aws:SourceVpce", "vpce-1")
REGION = leaf("StringEquals", "aws:RequestedRegion", "eu-west-2")


@pytest.mark.parametrize(
    ("truth", "words"),
    [
        (True, ""),
        (False, "never"),
        (VPCE, "aws:SourceVpce is vpce-1"),
        (Not(REGION), "aws:RequestedRegion is not eu-west-2"),
        (conjoin([VPCE, Not(REGION)]), "aws:RequestedRegion is not eu-west-2 and aws:SourceVpce is vpce-1"),
        (leaf("StringLike", "k", "a*", "b*"), "k is like a* or b*"),
        (leaf("Null", "k", "true"), "k is not given"),
        (Not(leaf("Null", "k", "true")), "k is given"),
        (leaf("ForAnyValue:StringEquals", "k", "a"), "some value of k is a"),
        (leaf("NumericLessThan", "k", "5"), "k is less than 5"),
        (Not(leaf("DateGreaterThanEquals", "k", "5")), "k is before 5"),
    ],
)
def test_a_condition_reads_as_a_sentence(truth: Truth, words: str) -> None:
    assert condition_in_words(truth) == words


def test_parts_within_parts_are_in_brackets() -> None:
    inner = disjoin([VPCE, REGION])
    said = condition_in_words(conjoin([inner, leaf("Bool", "aws:SecureTransport", "true")]))
    assert (
        said
        == "(aws:RequestedRegion is eu-west-2 or aws:SourceVpce is vpce-1) and aws:SecureTransport is true"
    )


def test_a_question_of_many_values_is_denied_as_a_whole() -> None:
    some = Leaf("ForAnyValue:StringEquals", "aws:TagKeys", ("team",), variables=False, source="p#1")
    none = Leaf("ForAnyValue:Not:StringEquals", "aws:TagKeys", ("team",), variables=False, source="p#1")
    assert condition_in_words(some) == "some value of aws:TagKeys is team"
    assert condition_in_words(Not(some)) == "not: some value of aws:TagKeys is team"
    assert condition_in_words(none) == "some value of aws:TagKeys is not team"
    assert condition_in_words(Not(none)) == "not: some value of aws:TagKeys is not team"
