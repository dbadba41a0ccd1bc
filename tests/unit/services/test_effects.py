"""What a policy does is told apart from what holds anyway, and said of nobody who was not asked about."""

import json

import pytest

from console.policy.bedrock import Circumstances
from console.policy.context import Context
from console.policy.drafting import Draft
from console.policy.residency import Passage
from console.services.ask import organisation_of
from console.services.effects import effect_of_draft, effect_of_policy, residency
from console.services.enquiry import UNHURRIED, StoppedError
from unit.services.test_enquiry import Paced
from unit.ui.access_estate import ABROAD, ADMIN, CALLER, LONDON_ONLY, PAYMENTS, UNREAD, USER, access_snapshot
from unit.ui.estate import UNIT

HOW = Circumstances(context=Context(rest_unknown=True))


def test_without_the_policy_more_can() -> None:
    pace = Paced()
    effect = effect_of_policy(organisation_of(access_snapshot()), LONDON_ONLY, pace)
    held = [
        {each.capability.id: {one.principal for one in each.holders} for each in exposures}
        for exposures in (effect.before, effect.after)
    ]
    assert held[0]["invoke-abroad"] == {ADMIN, CALLER, USER}
    assert held[1]["invoke-abroad"] == set()
    assert held[0]["retention"] == held[1]["retention"] == {ADMIN}
    assert pace.told[-1][1:] == (21, 22)


def test_a_draft_like_the_policy_that_it_replaces_does_nothing() -> None:
    asked = organisation_of(access_snapshot())
    draft = Draft(sort="scp", text=json.dumps(ABROAD), target=UNIT, replaces=LONDON_ONLY)
    effect = effect_of_draft(asked, draft, UNHURRIED)
    assert [each.holders for each in effect.before] == [each.holders for each in effect.after]


@pytest.mark.parametrize("account", ["", PAYMENTS, UNREAD])
def test_residency_is_asked_of_one_account_or_all_and_of_the_unread_only_what_stops_everybody(
    account: str,
) -> None:
    answer = residency(organisation_of(access_snapshot()), ("eu-west-2",), HOW, UNHURRIED, account)
    assert (PAYMENTS in {each.account for each in answer.crossings}) is (account in ("", PAYMENTS))
    ceilings = {each.destinations: each.passage for each in answer.ceilings}
    unread = {("us-east-1",): Passage.STOPPED, ("eu-west-2",): Passage.NOT_KNOWN}
    assert ceilings == (unread if account in ("", UNREAD) else {})
    assert not answer.could_leave


def test_data_could_leave_where_another_region_is_all_that_is_approved() -> None:
    answer = residency(organisation_of(access_snapshot()), ("us-east-1",), HOW, UNHURRIED)
    assert answer.could_leave


@pytest.mark.parametrize("after", [0, 1, 3])
def test_residency_can_be_stopped(after: int) -> None:
    with pytest.raises(StoppedError):
        residency(organisation_of(access_snapshot()), ("eu-west-2",), HOW, Paced(after))
