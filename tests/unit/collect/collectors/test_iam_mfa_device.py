from unit.collect.collectors.asking import Asking


def test_every_user_is_told_with_devices_or_with_none(asking: Asking) -> None:
    for reading in asking.everywhere("iam.mfa_device"):
        users = asking.read("iam.user", reading.scope).facts
        assert reading.payloads.keys() == {user.payload["UserName"] for user in users}
    assert {len(each["MFADevices"]) for each in asking.payloads("iam.mfa_device")} == {0, 1, 2}
