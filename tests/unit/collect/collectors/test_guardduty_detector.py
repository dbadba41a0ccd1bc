from unit.collect.collectors.asking import Asking

KIND = "guardduty.detector"


def test_it_says_whether_the_protection_of_ai_is_on(asking: Asking) -> None:
    states = {
        feature["Status"]
        for each in asking.payloads(KIND)
        for feature in each["Features"]
        if feature["Name"] == "AI_PROTECTION"
    }
    assert states == {"ENABLED", "DISABLED"}


def test_a_region_without_a_detector_is_no_gap(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).collected.gaps == ()
