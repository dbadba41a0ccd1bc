from unit.collect.collectors.asking import Asking

KIND = "marketplace-agreement.agreement"


def test_purchases_that_hold_and_that_ran_out_are_told_of_the_account_that_bought(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        for each in reading.payloads.values():
            assert each["acceptor"]["accountId"] == reading.scope.account_id
            assert each["proposalSummary"]["offerId"]
    assert {each["status"] for each in asking.payloads(KIND)} == {"ACTIVE", "SUPERSEDED"}


def test_an_account_that_bought_nothing_has_no_fact_and_no_gap(asking: Asking) -> None:
    none = asking.somewhere(KIND, lambda reading: not reading.facts)
    assert none.collected.gaps == ()
