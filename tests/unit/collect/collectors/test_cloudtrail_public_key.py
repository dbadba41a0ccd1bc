import base64

from unit.collect.collectors.asking import Asking

KIND = "cloudtrail.public_key"


def test_the_keys_of_a_year_are_read_in_each_region(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        assert len(reading.facts) == 2
        assert '"EndTime"' in reading.facts[0].provenance.parameters
        for each in reading.payloads.values():
            assert len(base64.b64decode(each["Value"])) == 270
