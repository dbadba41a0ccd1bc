from console.policy.becoming import Link, Route
from console.policy.context import Context
from console.policy.question import Answer, Answers, Fault, Question
from console.policy.request import Result
from console.policy.truth import Leaf
from console.views.answers import Known, answer_in_words, answers_table, question_in_words

HERE, ROLE, USER = "111122223333", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:user/u"
VPCE = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), variables=False, source="p#1")
ANSWERS = Answers(
    (
        Answer(principal=USER, account=HERE, result=Result.ALLOWED_IF, truth=VPCE),
        Answer(principal=ROLE, account=HERE, result=Result.ALLOWED, truth=True),
    ),
    (Fault(account=HERE, principal="", reason="the tree goes round"),),
)
OUTSIDE = Route(start="anybody with an AWS account", is_outsider=True, links=(Link(ROLE, True),))
INSIDE = Route(start=USER, is_outsider=False, links=(Link(ROLE, True),))
KNOWN = Known(names={HERE: "payments"}, evidence={ROLE: (4,), USER: (5,), "9": (6,)})


def test_what_is_not_known_comes_first_then_who_can_and_each_opens() -> None:
    unseen = [("*", "organizations.policy: denied"), ("9", "iam.role: denied")]
    table = answers_table(ANSWERS, (INSIDE, OUTSIDE), unseen, KNOWN)
    assert [(row.how, row.is_gap, row.evidence) for row in table.rows] == [
        ("not known", True, ()),
        ("not known", True, (6,)),
        ("not known", True, ()),
        ("can", False, (4,)),
        ("can, if", False, (5,)),
        ("by taking on a role", False, (5,)),
        ("by taking on a role", False, (4,)),
    ]
    assert table.cells()[0][1:4] == [
        "everybody there",
        "the organisation as a whole",
        "Organisation policies: denied",
    ]
    assert table.cells()[4][3] == "aws:SourceVpce is vpce-1"
    assert table.cells()[6][2] == "outside the organisation"


def test_the_answer_is_never_all_where_somebody_was_not_asked() -> None:
    assert answer_in_words(ANSWERS, (INSIDE,), 2) == (
        "1 can; 1 can if a condition holds; 1 more can become one of them. 3 could not be asked about."
    )
    assert answer_in_words(Answers(()), (), 0) == "Nobody who was asked about can. Everybody was asked about."


def test_an_authorisation_says_on_what_and_where() -> None:
    region = Context.of({"aws:RequestedRegion": "eu-west-2"})
    asked = Question(action="bedrock:InvokeModel", resource="any", context=region, within="arn:m/*")
    assert question_in_words(asked) == "bedrock:InvokeModel on arn:m/* in eu-west-2"
    assert question_in_words(Question(action="a:B", resource="any")) == "a:B on any resource"
    assert question_in_words(Question(action="a:B", resource="*")) == "a:B on no particular resource"
