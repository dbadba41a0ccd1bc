from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import read_knowing

KIND = "kms.key_rotation"


def test_some_keys_rotate_and_some_do_not(asking: Asking) -> None:
    assert {each["KeyRotationEnabled"] for each in asking.payloads(KIND)} == {True, False}


def test_a_key_that_cannot_rotate_is_not_asked_about(asking: Asking) -> None:
    reading = asking.somewhere("kms.key")
    keys = [{**each, "KeySpec": "RSA_4096"} for each in reading.payloads.values()]
    collected = read_knowing(asking, KIND, reading.scope, kms__key=keys)
    assert (collected.facts, collected.gaps) == ((), ())


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetKeyRotationStatus")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
