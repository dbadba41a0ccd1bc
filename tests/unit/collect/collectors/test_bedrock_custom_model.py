from unit.collect.collectors.asking import Asking

KIND = "bedrock.custom_model"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetCustomModel")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_model_that_another_account_shares_is_known_and_not_asked_about(asking: Asking) -> None:
    reading = asking.somewhere(
        KIND, lambda reading: any(not each["isOwned"] for each in reading.payloads.values())
    )
    shared = [each for each in reading.payloads.values() if not each["isOwned"]]
    owned = [each for each in reading.payloads.values() if each["isOwned"]]
    assert {each["ownerAccountId"] for each in owned} == {reading.scope.account_id}
    assert reading.scope.account_id not in {each["ownerAccountId"] for each in shared}
    assert sum(each.operation == "GetCustomModel" for each in reading.heard) == len(owned)


def test_a_model_says_which_data_made_it_and_which_key_guards_it(asking: Asking) -> None:
    owned = [each for each in asking.payloads(KIND) if each["isOwned"]]
    assert {"modelKmsKeyArn" in each for each in owned} == {True, False}
    assert all(each["trainingDataConfig"]["s3Uri"] for each in owned)
