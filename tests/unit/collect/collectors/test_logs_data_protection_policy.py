import json

from unit.collect.collectors.asking import Asking

KIND = "logs.data_protection_policy"


def test_a_masked_group_says_what_it_masks_and_the_others_are_not_asked_about(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        groups = asking.read("logs.log_group", reading.scope).payloads
        masked = {arn for arn, each in groups.items() if "dataProtectionStatus" in each}
        assert reading.payloads.keys() == masked
        assert len(reading.heard) == len(masked)
    (audit, mask) = json.loads(asking.payloads(KIND)[0]["policyDocument"])["Statement"]
    assert audit["DataIdentifier"] == mask["DataIdentifier"]
