from typing import Any

import pytest

from console.controls.catalog.endpoint_surfaces import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import QUIET, USED

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
AGENT = fact("bedrock-agent.agent", "a", {}, sequence=5)
RUNTIME = fact("bedrock-agentcore-control.agent_runtime", "r", {}, sequence=6)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def endpoint(service: Any, state: Any = "available") -> Any:
    payload = {"ServiceName": f"com.amazonaws.eu-west-2.{service}", "State": state}
    return fact("ec2.vpc_endpoint", f"vpce-{service}", payload, sequence=1)


def judged(*known: Any) -> dict[str, Any]:
    found = ask(CONTROL, known, empty=CONTROL.reads)
    return {each.subject.rpartition("/")[2]: (each.verdict, each.because) for each in found}


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        (
            [endpoint("bedrock-runtime")],
            PASS,
            "an endpoint leads to bedrock-runtime, by which a model is used",
        ),
        ([endpoint("bedrock-runtime-fips")], PASS, "an endpoint leads"),
        ([endpoint("bedrock-runtime", "Available")], PASS, "an endpoint leads"),
        ([endpoint("bedrock-runtime", "failed")], FAIL, "is failed"),
        ([endpoint("bedrock-runtime", None)], UNKNOWN, "state"),
        ([endpoint("bedrock")], FAIL, "no endpoint in this account"),
        ([endpoint("bedrock-agent-runtime")], FAIL, "no endpoint in this account"),
        ([], FAIL, "no endpoint in this account"),
    ],
)
def test_models_need_an_endpoint_of_their_own(known: Any, verdict: Any, said: str) -> None:
    found = judged(USED, *known)
    assert found["bedrock-runtime"][0] is verdict
    assert said in found["bedrock-runtime"][1]


def test_each_surface_is_judged_by_what_is_there() -> None:
    base = fact("bedrock-agent.knowledge_base", "b", {}, sequence=7)
    found = judged(QUIET, AGENT, base, RUNTIME, endpoint("bedrock-agent-runtime"))
    assert {name: each[0] for name, each in found.items()} == {
        "bedrock-agent-runtime": PASS,
        "bedrock-agentcore": FAIL,
    }
    assert "an agent and a knowledge base" in found["bedrock-agent-runtime"][1]


def test_where_nothing_is_used_no_endpoint_is_needed() -> None:
    ((verdict, _),) = judged(QUIET).values()
    assert verdict is NOT
