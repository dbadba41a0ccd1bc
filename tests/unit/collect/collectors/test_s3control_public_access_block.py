from unit.collect.collectors.asking import Asking

KIND = "s3control.public_access_block"


def test_each_account_is_asked_about_itself(asking: Asking) -> None:
    readings = [each for each in asking.everywhere(KIND) if each.facts]
    assert len(readings) > 3
    for each in readings:
        assert f'"AccountId":"{each.scope.account_id}"' in each.facts[0].provenance.parameters


def test_an_account_without_one_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda each: not each.facts)
    assert reading.collected.gaps == ()
