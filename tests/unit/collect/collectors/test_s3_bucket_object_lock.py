from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_object_lock"


def test_archives_of_logs_and_what_models_train_on_can_be_locked_and_the_others_are_no_gap(
    asking: Asking,
) -> None:
    locked = [each["Bucket"] for each in asking.payloads(KIND)]
    assert locked
    assert {each.partition("-")[0] for each in locked if "-training-" not in each} == {"trail", "large"}
    assert any("-training-" in each for each in locked)
    assert [gap for reading in asking.everywhere(KIND) for gap in reading.collected.gaps] == []


def test_it_says_for_how_long_and_how_firmly(asking: Asking) -> None:
    for each in asking.payloads(KIND):
        lock = each["ObjectLockConfiguration"]
        if "-training-" in each["Bucket"]:
            assert lock == {"ObjectLockEnabled": "Enabled"}
        else:
            assert lock["Rule"]["DefaultRetention"]["Days"] == 365
