from typing import Any

import pytest

from console.controls.catalog.trail_integrity import CONTROL
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


def trail(payload: Any, status: Any, scope: Any = LONDON) -> Any:
    found = [fact("cloudtrail.trail", ARN, payload, scope, 1)]
    return found if status is None else [*found, fact("cloudtrail.trail_status", ARN, status, scope, 2)]


@pytest.mark.parametrize(
    ("payload", "status", "verdict", "said"),
    [
        (GOOD, LOGGING, PASS, "multi-Region"),
        (GOOD | {"IsMultiRegionTrail": False}, LOGGING, FAIL, "not multi-Region"),
        (GOOD | {"LogFileValidationEnabled": False}, LOGGING, FAIL, "validation"),
        (GOOD, {"IsLogging": False}, FAIL, "not logging"),
        (GOOD, {}, UNKNOWN, "does not say"),
        (GOOD, {"IsLogging": True, "LatestDeliveryError": "NoSuchBucket"}, FAIL, "NoSuchBucket"),
        (GOOD, None, UNKNOWN, "no status"),
    ],
)
def test_only_a_whole_trail_passes(payload: Any, status: Any, verdict: Any, said: Any) -> None:
    (found,) = ask(
        CONTROL, trail(payload, status), empty=["cloudtrail.trail_status"] if status is None else ()
    )
    assert found.verdict is verdict
    assert said in found.because
    assert found.evidence[0] == 1


def test_no_trail_at_all_fails() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (FAIL, (901,))


def test_an_organisations_trail_covers_its_members() -> None:
    theirs = trail(GOOD | {"IsOrganizationTrail": True}, LOGGING, MANAGEMENT)
    (found,) = ask(CONTROL, [ORGANISATION, *theirs], empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (PASS, (1, 2))


def test_another_accounts_own_trail_covers_nobody_else() -> None:
    (found,) = ask(CONTROL, trail(GOOD, LOGGING, MANAGEMENT), empty=CONTROL.reads)
    assert found.verdict is FAIL


def test_an_unread_management_account_leaves_it_open() -> None:
    hidden = gap("cloudtrail.trail", MANAGEMENT, sequence=8)
    (found,) = ask(CONTROL, [ORGANISATION], [hidden], empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (UNKNOWN, (8,))


def test_the_management_account_needs_its_own_trail() -> None:
    own = Scope("999900001111", "eu-west-2")
    (found,) = ask(CONTROL, [ORGANISATION], empty=CONTROL.reads, scope=own)
    assert found.verdict is FAIL
