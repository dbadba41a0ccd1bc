from dataclasses import replace

from console.domain.evidence import GapReason
from console.views.evidence import MEANINGS, evidence_view
from fakes import LONDON, fact, gap


def test_a_fact_opens_to_the_question_and_the_answer() -> None:
    view = evidence_view(
        fact("bedrock.guardrail", "g:1", {"name": "a\u202eb"}, sequence=1234), {LONDON.account_id: "payments"}
    )
    said = dict(view.particulars)
    assert view.title == "Guardrails (every version): g:1"
    assert view.answer == '{\n  "name": "a\\u202eb"\n}'
    assert said["Account"] == "payments (111122223333)"
    assert said["Observation"] == "1,234"
    assert (view.is_gap, view.reason, view.words) == (False, "", "")


def test_a_gap_opens_to_its_reason_and_awss_words() -> None:
    view = evidence_view(gap("bedrock.guardrail", detail="no\x1b"))
    assert (view.is_gap, view.reason, view.words, view.answer) == (True, "denied", "no\\u001b", "")
    assert view.title.endswith("could not be read")


def test_what_was_never_asked_says_so() -> None:
    hidden = gap("bedrock.guardrail")
    silent = replace(
        hidden, provenance=replace(hidden.provenance, operation="", request_id="", caller="", parameters="?")
    )
    view = evidence_view(silent)
    said = dict(view.particulars)
    assert (said["Operation"], said["Asked by"], said["Request id"]) == (
        "no call was made",
        "not known",
        "none came back",
    )
    assert view.parameters == "?"


def test_every_reason_has_a_meaning() -> None:
    assert set(MEANINGS) == set(GapReason)


def test_what_a_person_wrote_says_who_and_when_and_of_no_call() -> None:
    view = evidence_view(fact("console.note", "BR-RET-001", {"words": "raised"}, sequence=7))
    said = dict(view.particulars)
    assert view.title == "Note: BR-RET-001"
    assert said["Operation"] == "none: a person wrote this"
    assert said["Written by"].startswith("arn:")
    assert "Request id" not in said
    assert view.headings == ("What was asked", "What was written")
    assert evidence_view(fact("iam.user", "u", {})).headings[1] == "What AWS answered"
    assert evidence_view(gap("iam.user")).headings[1] == "What AWS said instead"


def test_what_aws_was_asked_to_count_opens_to_its_call_its_account_and_who_agreed() -> None:
    body = {"account_id": LONDON.account_id, "region": "eu-west-2", "rows": []}
    view = evidence_view(fact("console.count", "CT-1", body), {LONDON.account_id: "payments"})
    said = dict(view.particulars)
    assert view.title == "Count by AWS: CT-1"
    assert (said["Account"], said["Region"]) == ("payments (111122223333)", "eu-west-2")
    assert "Request id" in said
    assert view.headings == ("What was asked", "What AWS answered")
    assert dict(evidence_view(gap("console.count")).particulars)["Operation"]
