from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.agent_guardrails import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.guardrails_made import NAMINGS, guardrails

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ALIAS, VERSION, AGENT, _ = CONTROL.reads
GUARDED = {"guardrailConfiguration": {"guardrailIdentifier": "abc123", "guardrailVersion": "1"}}


def alias(*versions: Any, id_: Any = "LIVE", agent: Any = "A") -> Any:
    routes = [{"agentVersion": each} for each in versions]
    payload = {"agentId": agent, "agentAliasId": id_, "routingConfiguration": routes}
    return fact(ALIAS, f"{agent}/{id_}", payload, sequence=7)


def version(payload: Any) -> Any:
    return fact(VERSION, "A:2", payload, sequence=8)


def draft(payload: Any) -> Any:
    return fact(AGENT, "A", payload, sequence=9)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_agents_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(("identifier", "number", "verdict", "word"), NAMINGS)
def test_an_alias_is_as_good_as_the_guardrail_of_its_version(
    identifier: Any, number: Any, verdict: Any, word: str
) -> None:
    named = {"guardrailIdentifier": identifier, "guardrailVersion": number}
    made = version({"guardrailConfiguration": named})
    found = opinion(CONTROL, alias("2"), made, draft(GUARDED), *guardrails())
    assert (found.verdict, found.evidence[:2]) == (verdict, (7, 8))
    assert "version 2" in found.because
    assert word in found.because


def test_a_guardrail_on_the_draft_guards_no_version() -> None:
    found = opinion(CONTROL, alias("2"), version({}), draft(GUARDED), *guardrails())
    assert (found.verdict, found.because) == (FAIL, "it leads to version 2: it has no guardrail")


def test_an_alias_of_the_departments_must_not_lead_to_the_draft() -> None:
    found = opinion(CONTROL, alias("DRAFT"), draft(GUARDED), *guardrails())
    assert (found.verdict, found.evidence) == (FAIL, (7,))


@pytest.mark.parametrize(("payload", "verdict"), [(GUARDED, PASS), ({}, FAIL)])
def test_awss_alias_for_trials_is_judged_by_the_draft(payload: Any, verdict: Any) -> None:
    found = opinion(CONTROL, alias("DRAFT", id_="TSTALIASID"), draft(payload), *guardrails())
    assert (found.verdict, found.evidence[:2]) == (verdict, (7, 9))


def test_every_way_that_an_alias_leads_must_be_guarded() -> None:
    bare = fact(VERSION, "A:3", {}, sequence=10)
    found = opinion(CONTROL, alias("2", "3"), version(GUARDED), bare, *guardrails())
    assert (found.verdict, found.evidence) == (FAIL, (7, 10))


@pytest.mark.parametrize(
    "made",
    [alias(), alias(None), alias(3), alias("2", agent=None), alias("4"), alias("DRAFT", id_="TSTALIASID")],
)
def test_what_aws_did_not_say_is_unknown(made: Any) -> None:
    assert opinion(CONTROL, made, version(GUARDED), *guardrails()).verdict is UNKNOWN


def test_a_version_that_could_not_be_read_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(VERSION, sequence=11), key="A:2")
    found = opinion(CONTROL, alias("2"), *guardrails(), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 11))
