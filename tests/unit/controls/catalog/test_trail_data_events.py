from typing import Any

import pytest

from console.controls.catalog.trail_data_events import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact, gap
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
MANAGEMENT = Scope("999900001111", "eu-west-2")
ORGANISATION = fact(
    "organizations.organization", "o-1", {"MasterAccountId": "999900001111"}, Scope("999900001111"), 50
)
ARN = "arn:aws:cloudtrail:eu-west-2:111122223333:trail/t"
TYPES = [
    f"AWS::Bedrock::{each}"
    for each in ("AgentAlias", "AsyncInvoke", "FlowAlias", "Guardrail", "KnowledgeBase", "Model")
]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def selector(category: Any = "Data", types: Any = TYPES, test: Any = "Equals", **more: Any) -> Any:
    fields = [{"Field": "eventCategory", "Equals": [category]}, {"Field": "resources.type", test: types}]
    return {"FieldSelectors": [*fields, *({"Field": name, "Equals": value} for name, value in more.items())]}


def trail(*selectors: Any, logging: Any = True, scope: Any = LONDON, seen: Any = True, **more: Any) -> Any:
    payload = {"IsMultiRegionTrail": True, **more}
    found = [
        fact("cloudtrail.trail", ARN, payload, scope, 1),
        fact("cloudtrail.trail_status", ARN, {"IsLogging": logging}, scope, 2),
    ]
    chosen = {"AdvancedEventSelectors": list(selectors)}
    return [*found, fact("cloudtrail.event_selectors", ARN, chosen, scope, 3)] if seen else found


def store(*selectors: Any, scope: Any = LONDON, **more: Any) -> Any:
    payload = {
        "Name": "s",
        "Status": "ENABLED",
        "MultiRegionEnabled": True,
        "AdvancedEventSelectors": selectors,
    }
    return [fact("cloudtrail.event_data_store", "store", payload | more, scope, 4)]


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        (trail(selector()), PASS, "recorded by trail"),
        (trail(selector(types=["AWS::Bedrock::"], test="StartsWith")), PASS, "recorded by"),
        (trail(selector(types=TYPES[:3]), selector(types=TYPES[3:])), PASS, "recorded by"),
        (trail(selector(types=TYPES[:3])), FAIL, "data events of Guardrail, KnowledgeBase, Model"),
        (trail(selector(types=TYPES[:3])) + store(selector(types=TYPES[3:])), PASS, "event data store s"),
        (trail(selector(readOnly=["false"])), UNKNOWN, "whether AgentAlias"),
        (trail(selector("Management")), FAIL, "AgentAlias"),
        (trail(selector(types=["AWS::S3::Object"])), FAIL, "AgentAlias"),
        (trail(selector(), logging=False), FAIL, "AgentAlias"),
        (trail(selector(), logging=None), UNKNOWN, "whether"),
        (trail(seen=False), UNKNOWN, "whether"),
        (trail(), FAIL, "AgentAlias"),
        (store(selector()), PASS, "event data store s"),
        (store(selector(), Status="STOPPED_INGESTION"), FAIL, "AgentAlias"),
        (store(selector(), MultiRegionEnabled=False), FAIL, "AgentAlias"),
        (store(selector(), MultiRegionEnabled=None), UNKNOWN, "whether"),
        (store(selector(), Status=None), UNKNOWN, "whether"),
        (store(selector(), scope=MANAGEMENT, OrganizationEnabled=True), PASS, "event data store s"),
        (trail(selector(), scope=MANAGEMENT, IsOrganizationTrail=True), PASS, "trail"),
    ],
)
def test_every_type_must_be_recorded_by_somebody(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, [ORGANISATION, *known], empty=CONTROL.reads, scope=HERE)
    assert found.verdict is verdict
    assert said in found.because


def test_another_accounts_own_store_records_nobody_else() -> None:
    (found,) = ask(CONTROL, store(selector(), scope=MANAGEMENT), empty=CONTROL.reads, scope=HERE)
    assert (found.verdict, found.evidence) == (FAIL, (901,))


def test_an_unread_management_account_leaves_it_open() -> None:
    hidden = gap("cloudtrail.event_data_store", MANAGEMENT, sequence=8)
    (found,) = ask(CONTROL, [ORGANISATION], [hidden], empty=CONTROL.reads, scope=HERE)
    assert (found.verdict, found.evidence) == (UNKNOWN, (8,))
