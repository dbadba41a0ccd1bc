from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_customization_job"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetModelCustomizationJob")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_job_that_failed_is_read_too_and_says_which_data_it_had(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    assert {each["status"] for each in jobs} == {"Completed", "Failed"}
    assert all(each["trainingDataConfig"]["s3Uri"].startswith("s3://") for each in jobs)
