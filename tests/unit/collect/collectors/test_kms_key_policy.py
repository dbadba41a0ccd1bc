import json

from unit.collect.collectors.asking import Asking

KIND = "kms.key_policy"


def test_each_key_has_its_policy(asking: Asking) -> None:
    assert {each["KeyArn"] for each in asking.payloads(KIND)} == {
        each["Arn"] for each in asking.payloads("kms.key")
    }
    principals = {
        json.dumps(json.loads(each["Policy"])["Statement"][-1]["Principal"]) for each in asking.payloads(KIND)
    }
    assert '{"AWS": "*"}' in principals


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetKeyPolicy")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
