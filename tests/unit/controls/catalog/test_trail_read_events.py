from typing import Any

import pytest

from console.controls.catalog.trail_read_events import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact, gap
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


ARN = "arn:aws:cloudtrail:eu-west-2:111122223333:trail/t"
MANAGEMENT = Scope("999900001111", "eu-west-2")
ORGANISATION = fact(
    "organizations.organization", "o-1", {"MasterAccountId": "999900001111"}, Scope("999900001111"), 50
)
GOOD = {"IsMultiRegionTrail": True, "LogFileValidationEnabled": True}
LOGGING = {"IsLogging": True}


def trail(selectors: Any, payload: Any = GOOD, scope: Any = LONDON) -> Any:
    found = [
        fact("cloudtrail.trail", ARN, payload, scope, 1),
        fact("cloudtrail.trail_status", ARN, LOGGING, scope, 2),
    ]
    return (
        found if selectors is None else [*found, fact("cloudtrail.event_selectors", ARN, selectors, scope, 3)]
    )


def basic(kind: Any = "All", *, management: Any = True) -> Any:
    return {"EventSelectors": [{"ReadWriteType": kind, "IncludeManagementEvents": management}]}


def advanced(*fields: Any) -> Any:
    category = {"Field": "eventCategory", "Equals": ["Management"]}
    return {"AdvancedEventSelectors": [{"FieldSelectors": [category, *fields]}]}


def source(**condition: Any) -> Any:
    return advanced({"Field": "eventSource", **condition})


KMS, BEDROCK = "kms.amazonaws.com", "bedrock.amazonaws.com"


@pytest.mark.parametrize(
    ("selectors", "verdict"),
    [
        (basic(), PASS),
        (basic("ReadOnly"), PASS),
        (basic("WriteOnly"), FAIL),
        (basic("Other"), UNKNOWN),
        (basic(None), UNKNOWN),
        (basic(management=False), FAIL),
        (basic(management=None), UNKNOWN),
        (
            {"EventSelectors": [*basic("WriteOnly")["EventSelectors"], *basic("ReadOnly")["EventSelectors"]]},
            PASS,
        ),
        ({"EventSelectors": []}, UNKNOWN),
        (None, UNKNOWN),
        (advanced(), PASS),
        (advanced({"Field": "readOnly", "Equals": ["true"]}), PASS),
        (advanced({"Field": "readOnly", "Equals": ["false"]}), FAIL),
        (
            {
                "AdvancedEventSelectors": [
                    {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}
                ]
            },
            FAIL,
        ),
        (source(NotEquals=[KMS]), PASS),
        (source(NotEquals=[BEDROCK]), FAIL),
        (source(Equals=[KMS]), FAIL),
        (source(Equals=[BEDROCK]), PASS),
        (source(StartsWith=["bed"]), PASS),
        (source(EndsWith=["x"]), FAIL),
        (source(NotStartsWith=["bed"]), FAIL),
        (source(NotEndsWith=["x"]), PASS),
        (advanced({"Field": "eventName", "Equals": ["X"]}), UNKNOWN),
    ],
)
def test_only_selectors_that_let_invoke_model_in_pass(selectors: Any, verdict: Any) -> None:
    empty = ["cloudtrail.event_selectors"] if selectors is None else ()
    (found,) = ask(CONTROL, trail(selectors), empty=empty)
    assert found.verdict is verdict
    assert found.evidence[:2] == (1, 2)


def test_a_trail_of_one_region_does_not_count() -> None:
    (found,) = ask(CONTROL, trail(basic(), {"IsMultiRegionTrail": False}))
    assert found.verdict is FAIL


def test_no_trail_at_all_fails() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (FAIL, (901,))


@pytest.mark.parametrize("own", [[], trail(basic("WriteOnly"))])
def test_an_unread_management_account_leaves_it_open(own: Any) -> None:
    hidden = gap("cloudtrail.trail", MANAGEMENT, sequence=8)
    (found,) = ask(CONTROL, [ORGANISATION, *own], [hidden], empty=() if own else CONTROL.reads)
    assert found.verdict is UNKNOWN
    assert found.evidence[-1] == 8
