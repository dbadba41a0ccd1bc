import json

from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_use_case"


def test_the_form_is_known_by_its_hash_and_not_a_word_of_it_is_kept(asking: Asking) -> None:
    forms = asking.payloads(KIND)
    assert [set(each) for each in forms] == [{"formDataSha256"}] * len(forms)
    assert len({each["formDataSha256"] for each in forms}) > 1
    assert "caseworkers" not in json.dumps(forms)


def test_an_account_that_filled_in_no_form_is_no_gap(asking: Asking) -> None:
    without = asking.somewhere(KIND, lambda reading: not reading.facts)
    assert without.operations == {"GetUseCaseForModelAccess"}
    assert without.collected.gaps == ()
