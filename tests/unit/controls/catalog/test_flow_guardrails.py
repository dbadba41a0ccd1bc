from typing import Any

import pytest

from console.controls.catalog.flow_guardrails import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.guardrails_made import NAMINGS, guardrails

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KINDS = CONTROL.reads[:-1]
GUARDED = {"guardrailConfiguration": {"guardrailIdentifier": "abc123", "guardrailVersion": "1"}}


def node(sort: Any, member: str = "", configuration: Any = None, name: Any = "N") -> Any:
    return {"name": name, "type": sort, "configuration": {member: configuration or {}}}


def prompt(extra: Any = None) -> Any:
    return node("Prompt", "prompt", {"sourceConfiguration": {}} | (extra or {}))


def base(**extra: Any) -> Any:
    return node("KnowledgeBase", "knowledgeBase", {"knowledgeBaseId": "K"} | extra)


def loop(*nodes: Any) -> Any:
    return node("Loop", "loop", {"definition": {"nodes": list(nodes)}})


def judged(*nodes: Any, kind: str = KINDS[0]) -> Any:
    flow = fact(kind, "f", {"definition": {"nodes": list(nodes)}}, sequence=7)
    return opinion(CONTROL, flow, *guardrails())


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_flows_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("identifier", "number", "verdict", "word"), NAMINGS)
def test_a_node_is_as_good_as_the_guardrail_that_it_names(
    kind: str, identifier: Any, number: Any, verdict: Any, word: str
) -> None:
    named = {"guardrailConfiguration": {"guardrailIdentifier": identifier, "guardrailVersion": number}}
    found = judged(node("Input"), prompt(named), kind=kind)
    assert (found.verdict, found.evidence[0]) == (verdict, 7)
    assert word in found.because


@pytest.mark.parametrize(
    ("nodes", "verdict", "word"),
    [
        ([prompt(GUARDED), prompt()], FAIL, "node N: it has no guardrail"),
        ([base(modelId="m", **GUARDED)], PASS, "version 1"),
        ([base(modelId="m")], FAIL, "no guardrail"),
        ([base()], PASS, "as it is"),
        ([loop(node("LoopInput"), prompt(GUARDED))], PASS, "version 1"),
        ([prompt(GUARDED), loop(loop(prompt()))], FAIL, "no guardrail"),
        ([loop(node("Dreaming"))], UNKNOWN, "Dreaming"),
        ([prompt(GUARDED), node("Dreaming")], UNKNOWN, "Dreaming"),
        ([node(None)], UNKNOWN, "not said"),
        (["x"], UNKNOWN, "without a name"),
        ([{"name": "N", "type": "Prompt"}], UNKNOWN, "what node N does"),
        ([node("Input"), node("Agent"), node("Output")], NOT, "none of its nodes"),
        ([], NOT, "none of its nodes"),
    ],
)
def test_every_node_that_asks_a_model_counts(nodes: Any, verdict: Any, word: str) -> None:
    found = judged(*nodes)
    assert found.verdict is verdict
    assert word in found.because


def test_a_flow_whose_nodes_aws_did_not_say_is_unknown() -> None:
    assert opinion(CONTROL, fact(KINDS[0], "f", {"definition": {}})).verdict is UNKNOWN
