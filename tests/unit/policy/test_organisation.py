import pytest

from console.policy.context import Context
from console.policy.document import PolicyError
from console.policy.organisation import Organisation
from console.policy.question import Question
from console.policy.request import CAN
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


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.action)
def test_shortcuts_answer_as_the_full_scan_does(question: Question) -> None:
    answered = 0
    for seed in range(150):
        asked = Organisation(organisation(seed))
        short = {each.principal: (each.result, each.truth) for each in asked.who_can(question).found}
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
    for number in range(64):
        asked.who_can(Question(action=f"bedrock:Get{number}", resource="*"))
    assert asked.who_can(QUESTIONS[0]) is not first


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


def test_what_is_attached_and_not_there_is_not_known_and_never_nothing() -> None:
    raw = organisation(1)
    account = next(iter(raw["accounts"]))
    role, held = next(iter(raw["accounts"][account]["roles"].items()))
    held["managed"] = ["arn:aws:iam::1:policy/gone"]
    user, other = next(iter(raw["accounts"][account]["users"].items()))
    other["groups"] = ["arn:aws:iam::1:group/gone"]
    asked = Organisation(raw)
    faults = {each.principal: each.reason for each in asked.who_can(QUESTIONS[0]).faults}
    assert "gone is attached" in faults[role]
    assert "gone has members" in faults[user]
    with pytest.raises(PolicyError, match="gone is attached"):
        asked.why(role, QUESTIONS[0])


def test_a_bad_policy_keeps_only_its_holders_from_an_answer() -> None:
    raw = organisation(1)
    account = next(iter(raw["accounts"]))
    role, held = next(iter(raw["accounts"][account]["roles"].items()))
    statement = {
        "Effect": "Allow",
        "Action": "bedrock:*",
        "Resource": "*",
        "Condition": {"StringIs": {"a": "b"}},
    }
    held["inline"] = {"mine": {"Version": "2012-10-17", "Statement": [statement]}}
    (fault,) = Organisation(raw).who_can(QUESTIONS[0]).faults
    assert fault.principal == role
    assert "policy mine: Statement[1].Condition.StringIs" in fault.reason


def test_a_bad_policy_of_the_organisation_keeps_all_below_it_from_an_answer() -> None:
    raw = organisation(1)
    raw["organisation"]["policies"]["p-full"]["document"] = {"Version": "2012-10-17", "Statement": [1]}
    answers = Organisation(raw).who_can(QUESTIONS[0])
    assert answers.found == ()
    assert {each.principal for each in answers.faults} == {""}


@pytest.mark.parametrize("place", ["ou-gone", "ou-1"])
def test_units_that_do_not_hang_together_keep_an_account_from_an_answer(place: str) -> None:
    raw = organisation(1)
    for account in raw["organisation"]["accounts"].values():
        account["ou"] = place
    raw["organisation"]["ous"]["ou-1"]["parent"] = "ou-1"
    answers = Organisation(raw).who_can(QUESTIONS[0])
    assert answers.found == ()
    assert answers.faults


def test_a_stranger_is_no_principal_of_the_organisation() -> None:
    for arn in ("arn:aws:iam::999999999999:role/x", "nobody"):
        with pytest.raises(PolicyError, match="is not a principal"):
            Organisation(organisation(1)).why(arn, QUESTIONS[0])
