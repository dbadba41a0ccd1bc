from typing import Any

import pytest

from console.controls.catalog.residency_configured_models import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
THINGS = CONTROL.reads[:-3]
HERE, DUBLIN = (f"arn:aws:bedrock:{each}::foundation-model/m" for each in ("eu-west-2", "eu-west-1"))


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_nothing_names_a_model_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT
    known = [fact(kind, "k", {"name": "m"}) for kind in THINGS]
    (found,) = ask(CONTROL, known, empty=CONTROL.reads[-3:])
    assert found.verdict is NOT


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize(
    ("names", "verdict", "word"),
    [
        ([HERE], PASS, "runs in eu-west-2"),
        ([HERE, HERE], PASS, "runs in eu-west-2"),
        ([HERE, DUBLIN], FAIL, "runs in eu-west-1"),
        ([HERE, "unheard"], UNKNOWN, "unheard"),
        (["unheard", DUBLIN], FAIL, "runs in eu-west-1"),
    ],
)
def test_every_model_that_a_thing_names_counts(kind: str, names: Any, verdict: Any, word: str) -> None:
    payload = {"nodes": [{"modelId": each} for each in names]}
    found = opinion(CONTROL, fact(kind, "k", payload, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_a_model_named_twice_is_judged_alike() -> None:
    known = [fact(kind, kind, {"modelArn": DUBLIN}) for kind in THINGS]
    found = ask(CONTROL, known, empty=CONTROL.reads[-3:])
    assert [each.verdict for each in found] == [FAIL] * len(THINGS)


def test_a_model_of_a_region_that_is_not_approved_runs_there() -> None:
    virginia = Scope(LONDON.account_id, "us-east-1")
    thing = fact(THINGS[0], "a", {"foundationModel": "m"}, virginia)
    model = fact("bedrock.foundation_model", "m", {"modelId": "m"}, virginia)
    assert opinion(CONTROL, thing, scope=virginia).verdict is UNKNOWN
    empty = [kind for kind in CONTROL.reads if kind not in (THINGS[0], "bedrock.foundation_model")]
    (found,) = [
        each for each in ask(CONTROL, [thing, model], empty=empty, scope=virginia) if each.subject == "a"
    ]
    assert found.verdict is FAIL
