from console.policy.exposure import Capability, Exposure, Holder
from console.policy.question import Fault
from console.policy.request import Result
from console.policy.truth import Leaf, Truth
from console.views.effects import About, changes, changes_table, effect_in_words, effect_table

HERE = "111122223333"
VPCE = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), variables=False, source="p#1")
ABOUT = About(names={HERE: "payments"}, evidence={"a": (1,), "9": (2,)}, policy=(7,))


def exposure(**held: Truth) -> Exposure:
    holders = tuple(
        Holder(
            principal=name,
            account=HERE,
            result=Result.ALLOWED if truth is True else Result.ALLOWED_IF,
            truth=truth,
            by=(),
        )
        for name, truth in held.items()
    )
    faults = (Fault(account=HERE, principal="x", reason="not understood"),)
    return Exposure(
        capability=Capability("use", "Use a model", ()), holders=holders, routes=(), faults=faults
    )


BEFORE, AFTER = exposure(a=True, b=True, c=VPCE, d=True), exposure(b=VPCE, c=True, d=True, e=True)


def test_each_change_is_named_and_what_stays_is_none() -> None:
    assert {each.principal: each.words for each in changes((BEFORE,), (AFTER,))} == {
        "a": "stopped",
        "b": "narrowed",
        "c": "widened",
        "e": "opened",
    }
    assert list(changes((BEFORE,), (BEFORE,))) == []


def test_capabilities_are_counted_before_and_after_with_those_not_known() -> None:
    table = effect_table((BEFORE,), (AFTER,), ABOUT)
    assert table.cells() == [["Use a model", "3 can, 1 if", "3 can, 1 if", 1, 1, 2, 1]]
    assert table.evidence(table.rows[0]) == (7,)


def test_principals_open_to_themselves_after_who_was_not_asked() -> None:
    unseen = [("*", "organizations.policy: denied"), ("9", "iam.role: denied")]
    table = changes_table((BEFORE,), (AFTER,), unseen, ABOUT)
    assert [line.is_gap for line in table.rows] == [True, True, False, False, False, False]
    assert table.cells()[0][3] == "the organisation as a whole"
    assert table.cells()[1][5] == "IAM roles: denied"
    assert table.evidence(table.rows[1]) == (2,)
    assert table.cells()[2][4:] == ["can", "cannot"]
    assert table.cells()[3][4:] == ["can", "can, if aws:SourceVpce is vpce-1"]
    assert table.rows[2].leads == "a"


def test_an_effect_is_one_sentence_that_says_what_was_left_out() -> None:
    assert effect_in_words((BEFORE,), (AFTER,), 2) == (
        "It stops something for 1 principal, leaves something under a condition for 1 principal, "
        "opens something to 1 principal, takes a condition away for 1 principal. 2 accounts were not asked about."
    )
    assert effect_in_words((BEFORE,), (BEFORE,), 0) == (
        "It changes nothing that is asked about for anybody. Everybody was asked about."
    )
    assert effect_in_words((exposure(a=True, b=True),), (exposure(),), 1) == (
        "It stops something for 2 principals. 1 account was not asked about."
    )
