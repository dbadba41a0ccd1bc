from unit.collect.collectors.asking import Asking


def test_every_trusted_service_is_told_once(asking: Asking) -> None:
    (reading,) = asking.everywhere("organizations.service_access")
    assert len(reading.facts) == 7
    assert "sso.amazonaws.com" in reading.payloads
