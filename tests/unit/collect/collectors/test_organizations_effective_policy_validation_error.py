from unit.collect.collectors.asking import Asking

KIND = "organizations.effective_policy_validation_error"


def test_accounts_whose_bedrock_policy_names_what_is_not_there_are_told_with_all_errors(
    asking: Asking,
) -> None:
    (reading,) = asking.everywhere(KIND)
    assert len(reading.facts) == 2
    for key, payload in reading.payloads.items():
        assert key == f"{payload['AccountId']}/BEDROCK_POLICY"
        assert len(payload["EffectivePolicyValidationErrors"]) == 2
        assert {"ErrorCode", "ErrorMessage"} <= payload["EffectivePolicyValidationErrors"][0].keys()


def test_one_account_that_is_refused_does_not_hide_the_other(asking: Asking) -> None:
    (before,) = asking.everywhere(KIND)
    asking.strike("denied", "ListEffectivePolicyValidationErrors", before, times=1)
    after = asking.read(KIND, before.scope).collected
    assert {gap.key for gap in after.gaps} | {fact.key for fact in after.facts} == set(before.payloads)
    assert len(after.gaps) == 1
