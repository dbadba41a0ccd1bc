import pytest

from console.policy.context import Context
from console.policy.document import PolicyError
from console.policy.evaluate import Result
from console.policy.organisation import Organisation, Question, relevant
from unit.policy.organisations import organisation

MODEL = "arn:aws:bedrock:eu-west-2::foundation-model/m1"
CONTEXT = {"aws:RequestedRegion": "eu-west-2", "aws:SecureTransport": "true"}
QUESTIONS = [
    Question(action="bedrock:InvokeModel", resource=MODEL, context=Context.of(CONTEXT)),
    Question(action="Bedrock:invokemodel", resource=MODEL, context=Context.of({}, rest_unknown=True)),
    Question(
        action="bedrock:GetGuardrail",
        resource="arn:aws:bedrock:eu-west-2:000000000001:guardrail/g",
        context=Context.of(CONTEXT),
    ),
    Question(
        action="s3:GetObject",
        resource="arn:aws:s3:::000000000001/x",
        context=Context.of({}, unknown=["aws:SourceVpce"]),
    ),
    Question(action="s3:GetObject", resource="arn:aws:s3:::b/red/x"),
]
CAN = (Result.ALLOWED, Result.ALLOWED_IF)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.action)
def test_shortcuts_answer_as_the_full_scan_does(question: Question) -> None:
    answered = 0
    for seed in range(150):
        asked = Organisation(organisation(seed))
        short = {each.principal: (each.result, each.truth) for each in asked.who_can(question)}
        whole = {arn: asked.why(arn, question) for arn in asked.principals}
        assert short == {
            arn: (said.result, said.truth) for arn, said in whole.items() if said.result in CAN
        }, seed
        answered += len(short)
    assert answered > 5


def test_a_question_asked_again_is_answered_from_memory() -> None:
    asked = Organisation(organisation(1))
    assert asked.who_can(QUESTIONS[0]) is asked.who_can(QUESTIONS[0])
    other = Question(
        action="bedrock:InvokeModel", resource=MODEL, context=Context.of({"aws:RequestedRegion": "us-east-1"})
    )
    assert asked.who_can(other) is not asked.who_can(QUESTIONS[0])


def test_only_the_last_few_answers_are_kept() -> None:
    asked = Organisation(organisation(1))
    first = asked.who_can(QUESTIONS[0])
    for number in range(16):
        asked.who_can(Question(action=f"bedrock:Get{number}", resource="*"))
    assert asked.who_can(QUESTIONS[0]) is not first


def test_a_trace_names_the_statement_by_its_position() -> None:
    raw = {"Statement": [{"Effect": "Allow", "Action": "s3:*"}, {"Effect": "Allow", "Action": "bedrock:*"}]}
    kept = relevant(raw, "bedrock:invokemodel")
    assert isinstance(kept, dict)
    assert [each["Sid"] for each in kept["Statement"]] == ["2"]
    assert relevant(raw, "iam:passrole") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw.update(format="other"), "not in the format"),
        (lambda raw: raw.pop("organisation"), "lacks 'organisation'"),
    ],
)
def test_another_document_is_refused(change, said: str) -> None:
    raw = organisation(1)
    change(raw)
    with pytest.raises(PolicyError, match=said):
        Organisation(raw)


def test_what_is_attached_and_not_there_is_an_error_and_never_nothing() -> None:
    raw = organisation(1)
    account = next(iter(raw["accounts"]))
    role = next(iter(raw["accounts"][account]["roles"].values()))
    role["managed"] = ["arn:aws:iam::1:policy/gone"]
    with pytest.raises(PolicyError, match="gone is attached"):
        Organisation(raw).who_can(QUESTIONS[0])
    role["managed"] = []
    user = next(iter(raw["accounts"][account]["users"].values()))
    user["groups"] = ["arn:aws:iam::1:group/gone"]
    with pytest.raises(PolicyError, match="gone has members"):
        Organisation(raw).who_can(QUESTIONS[0])


def test_a_stranger_is_no_principal_of_the_organisation() -> None:
    for arn in ("arn:aws:iam::999999999999:role/x", "nobody"):
        with pytest.raises(PolicyError, match="is not a principal"):
            Organisation(organisation(1)).why(arn, QUESTIONS[0])
