from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.flow_aliases import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ALIAS, VERSION = CONTROL.reads


def alias(*versions: Any, id_: Any = "LIVE", flow: Any = "F") -> Any:
    routes = [{"flowVersion": each} for each in versions]
    return fact(ALIAS, "arn", {"flowId": flow, "id": id_, "routingConfiguration": routes}, sequence=7)


def version(status: Any) -> Any:
    return fact(VERSION, "F:2", {"status": status}, sequence=8)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_flows_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("status", "verdict"),
    [("Prepared", PASS), ("Failed", FAIL), ("NotPrepared", FAIL), ("Preparing", UNKNOWN), (None, UNKNOWN)],
)
def test_an_alias_is_as_good_as_its_version(status: Any, verdict: Any) -> None:
    found = opinion(CONTROL, alias("2"), version(status))
    assert (found.verdict, found.evidence) == (verdict, (7, 8))


def test_the_draft_is_no_version_but_for_awss_own_alias() -> None:
    assert opinion(CONTROL, alias("DRAFT")).verdict is FAIL
    assert opinion(CONTROL, alias("DRAFT", id_="TSTALIASID")).verdict is NOT


@pytest.mark.parametrize("made", [alias(), alias(None), alias("2", flow=None), alias("3")])
def test_what_aws_did_not_say_is_unknown(made: Any) -> None:
    found = opinion(CONTROL, made, version("Prepared"))
    assert (found.verdict, found.evidence) == (UNKNOWN, (7,))


def test_a_version_that_could_not_be_read_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(VERSION, sequence=9), key="F:2")
    found = opinion(CONTROL, alias("2"), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))
