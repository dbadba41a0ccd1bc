from unit.collect.collectors.asking import Asking

KIND = "config.recorder"


def test_a_region_without_a_recorder_is_no_gap(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).collected.gaps == ()
    assert asking.somewhere(KIND).payloads["default"]["recordingGroup"]["allSupported"] is True
