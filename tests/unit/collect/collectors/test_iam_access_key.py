from unit.collect.collectors.asking import Asking

KIND = "iam.access_key"


def test_keys_are_told_with_their_last_use_and_no_secret(asking: Asking) -> None:
    keys = asking.payloads(KIND)
    assert any("LastUsedDate" in each["AccessKeyLastUsed"] for each in keys)
    assert any("LastUsedDate" not in each["AccessKeyLastUsed"] for each in keys)
    assert {name for each in keys for name in each} == {
        "AccessKeyId",
        "AccessKeyLastUsed",
        "CreateDate",
        "Status",
        "UserName",
    }


def test_one_key_whose_use_is_refused_does_not_hide_the_other(asking: Asking) -> None:
    before = asking.somewhere(KIND, lambda reading: len(reading.facts) == 2)
    asking.strike("denied", "GetAccessKeyLastUsed", before, times=1)
    after = asking.read(KIND, before.scope).collected
    assert {gap.key for gap in after.gaps} | {fact.key for fact in after.facts} == set(before.payloads)
    assert len(after.gaps) == 1


def test_a_user_whose_keys_are_refused_is_missed_by_name(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    asking.strike("denied", "ListAccessKeys", before)
    after = asking.read(KIND, before.scope).collected
    users = asking.read("iam.user", before.scope).facts
    assert {gap.key for gap in after.gaps} == {user.payload["UserName"] for user in users}
