from unit.collect.collectors.asking import Asking


def test_whether_the_root_user_has_mfa_and_keys_is_told(asking: Asking) -> None:
    summaries = asking.payloads("iam.account_summary")
    assert {each["AccountMFAEnabled"] for each in summaries} == {0, 1}
    assert {each["AccountAccessKeysPresent"] for each in summaries} == {0, 1}
