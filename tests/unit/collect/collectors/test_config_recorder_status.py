from unit.collect.collectors.asking import Asking

KIND = "config.recorder_status"


def test_some_stand_still_and_without_a_recorder_nothing_is_asked(asking: Asking) -> None:
    assert {each["recording"] for each in asking.payloads(KIND)} == {True, False}
    assert asking.somewhere(KIND, lambda each: not each.facts).heard == ()
